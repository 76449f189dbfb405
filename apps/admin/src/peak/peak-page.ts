import type { Pool } from 'pg';
import {
  availableForPeak,
  daysUntil,
  expectedPerDay,
  mayStaff,
  peakCourse,
  shanghaiDate,
  type CapacityStatus,
} from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';
import {
  readPeakPlan,
  readPlatformDemand,
  type PeakNeed,
  type PeakPlanView,
  type PlatformDemand,
} from '#domain/stores';
import { newRecordPage, recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import { partsOf, periodOf, securedText } from './peak-sheet.js';

const CHARTS_MAX = 6;
const PLATFORMS_MAX = 50;

type Word = keyof Messages['page']['stock'];

/** Countdown, needs and gaps, the course of each product, what suppliers promised, and sheets for platforms. */
export async function peakPlanRelated(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const nowMs = Date.now();
  const plan = await readPeakPlan(pool, { planId: id, nowMs });
  if (!plan) return [];
  const { language } = staff;
  const productIds = plan.lines.map(({ productId }) => productId);
  const demand = await readPlatformDemand(pool, { productIds, nowMs });
  return [
    countdownSection(language, plan, shanghaiDate(nowMs)),
    needsSection(staff, plan),
    ...plan.lines.slice(0, CHARTS_MAX).map((line) => courseSection(language, line)),
    await capacitySection(pool, staff, plan),
    await platformsSection(pool, language, plan, demand),
  ];
}

const word = (language: Language, name: Word): string => translate(language, `page.stock.${name}`);

/** How far away it is, in words. */
export function countdownOf(
  language: Language,
  { startsOn, endsOn }: { readonly startsOn: string; readonly endsOn: string },
  today: string,
): string {
  if (daysUntil(endsOn, today) < 0) return translate(language, 'page.stock.over');
  const days = daysUntil(startsOn, today);
  return days > 0
    ? translate(language, 'page.stock.daysLeft', { days })
    : translate(language, 'page.stock.going', { days: daysUntil(endsOn, today) + 1 });
}

function countdownSection(language: Language, plan: PeakPlanView, today: string): RelatedSection {
  const sum = (of: (line: PeakNeed) => number): number =>
    plan.lines.reduce((total, line) => total + of(line), 0);
  const missing = sum((line) => line.missing);
  return {
    title: word(language, 'countdown'),
    facts: [
      { label: word(language, 'countdown'), value: { text: countdownOf(language, plan, today) } },
      { label: word(language, 'period'), value: { text: periodOf(plan) } },
      {
        label: word(language, 'expected'),
        value: { text: shownCount(sum((line) => line.expected)) },
      },
      {
        label: word(language, 'missing'),
        value:
          missing === 0
            ? { text: word(language, 'enough'), tag: 'plenty' }
            : { text: shownCount(missing), tag: 'none' },
      },
    ],
  };
}

function needsSection({ language, role }: PanelStaff, plan: PeakPlanView): RelatedSection {
  const number = (count: number) => ({ text: shownCount(count), isNumber: true });
  return {
    title: word(language, 'needs'),
    heads: [
      translate(language, 'entity.Product'),
      word(language, 'factor'),
      word(language, 'expected'),
      word(language, 'perDay'),
      word(language, 'inStock'),
      word(language, 'reserved'),
      word(language, 'onOrder'),
      word(language, 'confirmed'),
      word(language, 'missing'),
    ],
    rows: plan.lines.map((line) => [
      { text: line.productName, to: recordPage('Product', line.productId), note: line.productCode },
      {
        text: line.factor === null ? '—' : `× ${line.factor}`,
        to: recordPage('PeakLine', line.lineId),
      },
      number(line.expected),
      number(Math.ceil(expectedPerDay(line))),
      number(line.inStock),
      number(line.reserved),
      number(line.onOrder),
      number(line.confirmed),
      line.missing === 0
        ? { text: word(language, 'enough'), tag: 'plenty' }
        : {
            text: translate(language, 'page.stock.missingNow', { count: shownCount(line.missing) }),
            tag: 'none',
          },
    ]),
    empty: word(language, 'noLine'),
    links: mayStaff(role, 'supply.write')
      ? [
          {
            label: word(language, 'addLine'),
            to: newRecordPage('PeakLine', { planId: plan.planId }),
          },
        ]
      : [],
  };
}

function courseSection(language: Language, line: PeakNeed): RelatedSection {
  return {
    title: translate(language, 'page.stock.course', { product: line.productName }),
    chart: {
      unit: translate(language, 'page.common.cards'),
      series: [word(language, 'ofDay'), word(language, 'stillThere')],
      bars: peakCourse(line, availableForPeak(line)).map(({ day, expected, available }) => ({
        label: day.slice(5),
        values: [expected, available],
      })),
    },
  };
}

const CAPACITY = `
  SELECT c.id, c.line_id, p.name AS product, s.name AS supplier, c.quantity, c.status, c.confirmed_quantity,
    c.confirmed_price_hao, c.contact, c.note, c.answered_by
  FROM capacity_requests c JOIN peak_lines l ON l.id = c.line_id JOIN products p ON p.id = l.product_id
  JOIN suppliers s ON s.id = c.supplier_id WHERE l.plan_id = $1 ORDER BY p.code, c.created_at`;

interface CapacityRow {
  readonly id: string;
  readonly product: string;
  readonly supplier: string;
  readonly quantity: number;
  readonly status: CapacityStatus;
  readonly confirmed_quantity: number | null;
  readonly confirmed_price_hao: string | null;
  readonly contact: string | null;
  readonly note: string | null;
  readonly answered_by: string | null;
}

async function capacitySection(
  pool: Pool,
  { language, role }: PanelStaff,
  plan: PeakPlanView,
): Promise<RelatedSection> {
  const { rows } = await pool.query<CapacityRow>(CAPACITY, [plan.planId]);
  const field = (
    name: 'quantity' | 'status' | 'confirmedQuantity' | 'confirmedPriceHao' | 'contact' | 'note',
  ): string => translate(language, `field.CapacityRequest.${name}`);
  const shown = (text: string | null): string => text ?? '—';
  return {
    title: word(language, 'capacity'),
    heads: [
      translate(language, 'entity.Product'),
      translate(language, 'entity.Supplier'),
      field('quantity'),
      field('status'),
      field('confirmedQuantity'),
      field('confirmedPriceHao'),
      field('contact'),
      field('note'),
    ],
    rows: rows.map((row) => [
      { text: row.product, to: recordPage('CapacityRequest', row.id) },
      { text: row.supplier },
      { text: shownCount(row.quantity), isNumber: true },
      {
        text: translate(language, `enum.capacityStatus.${row.status}`),
        tag: row.status,
        tagOf: 'CapacityRequest.status',
      },
      {
        text: row.confirmed_quantity === null ? '—' : shownCount(row.confirmed_quantity),
        isNumber: true,
      },
      {
        text: row.confirmed_price_hao === null ? '—' : shownAmount(Number(row.confirmed_price_hao)),
        isNumber: true,
      },
      { text: shown(row.contact) },
      { text: shown(row.note) },
    ]),
    empty: word(language, 'noCapacity'),
    links: mayStaff(role, 'supply.write')
      ? plan.lines.slice(0, CHARTS_MAX).map((line) => ({
          label: `${word(language, 'askCapacity')} · ${line.productCode}`,
          to: newRecordPage('CapacityRequest', { lineId: line.lineId }),
        }))
      : [],
  };
}

async function platformsSection(
  pool: Pool,
  language: Language,
  plan: PeakPlanView,
  demand: readonly PlatformDemand[],
): Promise<RelatedSection> {
  const ids = [...new Set(demand.map(({ platformId }) => platformId))];
  const { rows } = await pool.query<{ id: string; name: string }>(
    `SELECT id, name FROM platforms WHERE id = ANY($1::uuid[]) ORDER BY code LIMIT ${PLATFORMS_MAX}`,
    [ids],
  );
  const sheet = (platformId: string, ending: 'xlsx' | 'csv') => ({
    text: ending === 'xlsx' ? 'Excel' : 'CSV',
    download: `peak-plans/${plan.planId}/platforms/${platformId}/sheet.${ending}`,
  });
  return {
    title: word(language, 'platforms'),
    hint: word(language, 'platformsHint'),
    heads: [
      word(language, 'platform'),
      word(language, 'planned'),
      word(language, 'secured'),
      'Excel',
      'CSV',
    ],
    rows: rows.map(({ id, name }) => {
      const parts = partsOf(plan, demand, id);
      const planned = parts.reduce((sum, one) => sum + one.planned, 0);
      const secured = Math.min(100, ...parts.map(({ securedPercent }) => securedPercent));
      return [
        { text: name, to: recordPage('Platform', id) },
        { text: shownCount(planned), isNumber: true },
        { text: securedText(language, secured) },
        sheet(id, 'xlsx'),
        sheet(id, 'csv'),
      ];
    }),
    empty: word(language, 'noPlatform'),
  };
}
