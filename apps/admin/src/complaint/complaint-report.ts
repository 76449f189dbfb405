import type { Pool } from 'pg';
import {
  attainmentPercent,
  CLOCK_KINDS,
  complaintRatePercent,
  HAO_PER_FEN,
  shanghaiDate,
  type ComplaintCategory,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { RelatedCell, RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import * as queries from './complaint-report.queries.js';
import { type ComplaintText, say, spanWords } from './complaint-words.js';

type Query = Readonly<Record<string, string>>;

/** The month that is asked for, this one where none is. */
export const monthOf = (asked: string | undefined): string =>
  asked !== undefined && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked)
    ? asked
    : shanghaiDate(Date.now()).slice(0, 7);

/** Its first instant, and the first of the next. */
export function spanOf(month: string): queries.Month {
  const [year = 0, no = 0] = month.split('-').map(Number);
  const next = no === 12 ? `${year + 1}-01` : `${year}-${String(no + 1).padStart(2, '0')}`;
  const begin = (text: string): Date => parseShanghaiTime(`${text}-01`) ?? new Date(0);
  return { from: begin(month), to: begin(next) };
}

/** How promises to complainants were kept in a month, what complaints were about, and what they cost. */
export async function complaintReportPage(
  pool: Pool,
  { language }: PanelStaff,
  query: Query,
): Promise<SectionsView> {
  const month = monthOf(query['month']);
  const span = spanOf(month);
  const now = new Date();
  const [attainment, openLate, daily, figures, delivered, causes, pauses] = await Promise.all([
    queries.readAttainment(pool, span),
    queries.readOpenLate(pool, now),
    queries.readDaily(pool, span),
    queries.readFigures(pool, span),
    queries.readDelivered(pool, span),
    queries.readCauses(pool, span),
    queries.readPauseAudit(pool, span, now),
  ]);
  const shares = (by: Parameters<typeof queries.readShares>[1]) =>
    queries.readShares(pool, by, span);
  const download = (name: 'downloadCsv' | 'downloadExcel', type: string) =>
    ({
      name,
      path: `complaint-report.${type}?month=${month}`,
      kind: 'download',
      tone: 'plain',
    }) as const;
  return {
    lead: say(language, 'reportsLead'),
    form: {
      submit: say(language, 'show'),
      fields: [{ name: 'month', label: say(language, 'month'), value: month }],
    },
    verbs: [download('downloadCsv', 'csv'), download('downloadExcel', 'xlsx')],
    sections: [
      figuresSection(language, figures, delivered),
      attainmentSection(language, attainment, openLate),
      dailySection(language, daily),
      shareSection(language, 'byCategory2', await shares('category'), (name) =>
        translate(language, `enum.complaintCategory.${name as ComplaintCategory}`),
      ),
      shareSection(language, 'byProduct', await shares('product')),
      shareSection(language, 'bySupplier', await shares('supplier')),
      shareSection(language, 'byAgent', await shares('agent')),
      causeSection(language, causes),
      pauseSection(language, pauses),
    ],
  };
}

const percentText = (text: string | null): string => (text === null ? '–' : `${text}%`);
const shareText = (part: number, all: number): string =>
  all === 0 ? '–' : `${((part / all) * 100).toFixed(1)}%`;
const number = (text: string | number): RelatedCell => ({
  text: typeof text === 'number' ? shownCount(text) : text,
  isNumber: true,
});

function figuresSection(
  language: Language,
  row: queries.FiguresRow,
  delivered: number,
): RelatedSection {
  const fact = (name: ComplaintText, text: string) => ({
    label: say(language, name),
    value: { text },
  });
  return {
    title: say(language, 'figures'),
    facts: [
      fact('received', shownCount(row.received)),
      fact('questions', shownCount(row.questions)),
      fact('deliveredLines', shownCount(delivered)),
      fact('rate', percentText(complaintRatePercent(row.received, delivered))),
      fact('reopened', shareText(row.reopened, row.ended)),
      fact('firstContact', shareText(row.first_contact, row.ended)),
      fact('pausedShare', shareText(row.paused_seconds, row.all_seconds)),
      fact('cost', shownAmount(row.cost_hao)),
      fact(
        'costEach',
        row.received === 0
          ? '–'
          : shownAmount(Math.round(row.cost_hao / row.received / HAO_PER_FEN) * HAO_PER_FEN),
      ),
    ],
  };
}

function attainmentSection(
  language: Language,
  rows: readonly queries.AttainmentRow[],
  openLate: readonly { readonly kind: string; readonly count: number }[],
): RelatedSection {
  const heads = [
    'metric',
    'met',
    'late',
    'raw',
    'excused',
    'adjusted',
    'p50',
    'p90',
    'p95',
    'openLate',
  ] as const;
  const span = (seconds: number | null | undefined): RelatedCell =>
    number(seconds === null || seconds === undefined ? '–' : spanWords(language, seconds));
  return {
    title: say(language, 'attainment'),
    heads: heads.map((head) => say(language, head)),
    rows: CLOCK_KINDS.map((kind) => {
      const row = rows.find((one) => one.kind === kind);
      const { met, breached, excused } = row ?? { met: 0, breached: 0, excused: 0 };
      return [
        { text: translate(language, `enum.clockKind.${kind}`) },
        number(met),
        number(breached),
        number(percentText(attainmentPercent(met, breached))),
        number(excused),
        number(percentText(attainmentPercent(met, breached - excused))),
        span(row?.p50),
        span(row?.p90),
        span(row?.p95),
        number(openLate.find((one) => one.kind === kind)?.count ?? 0),
      ];
    }),
  };
}

function dailySection(
  language: Language,
  rows: readonly { readonly day: string; readonly met: number; readonly breached: number }[],
): RelatedSection {
  const title = say(language, 'daily');
  if (rows.length === 0) return { title, hint: say(language, 'noneInMonth') };
  return {
    title,
    chart: {
      unit: say(language, 'unit'),
      series: [say(language, 'met'), say(language, 'late')],
      bars: rows.map(({ day, met, breached }) => ({ label: day, values: [met, breached] })),
    },
  };
}

function shareSection(
  language: Language,
  title: 'byCategory2' | 'byProduct' | 'bySupplier' | 'byAgent',
  rows: readonly queries.ShareRow[],
  nameOf: (name: string) => string = (name) => name,
): RelatedSection {
  const missing = {
    byCategory2: 'name',
    byProduct: 'noProduct',
    bySupplier: 'noSupplier',
    byAgent: 'nobody',
  } as const;
  const highest = Math.max(1, ...rows.map(({ count }) => count));
  const heads = ['name', 'complaints', 'lateOnes', 'compensated'] as const;
  return {
    title: say(language, title),
    heads: [...heads.map((head) => say(language, head)), ''],
    rows: rows.map((row) => [
      { text: row.name === null ? say(language, missing[title]) : nameOf(row.name) },
      number(row.count),
      number(row.breached),
      number(shownAmount(row.cost_hao)),
      // The longest bar is merely the longest: it is no limit, so it is not red.
      { text: '', bar: Math.min(0.999, row.count / highest) },
    ]),
    empty: say(language, 'noneInMonth'),
  };
}

function causeSection(
  language: Language,
  rows: Awaited<ReturnType<typeof queries.readCauses>>,
): RelatedSection {
  return {
    title: say(language, 'byCause'),
    heads: [say(language, 'name'), say(language, 'late'), say(language, 'excused')],
    rows: rows.map((row) => [
      {
        text:
          row.cause === null
            ? say(language, 'causeMissing')
            : translate(language, `enum.breachCause.${row.cause}`),
      },
      number(row.count),
      number(row.excused),
    ]),
    empty: say(language, 'noBreach'),
  };
}

function pauseSection(language: Language, rows: readonly queries.PauseAuditRow[]): RelatedSection {
  const heads = ['name', 'pauses', 'pausedMinutes', 'wrongMinutes'] as const;
  return {
    title: say(language, 'pauseAudit'),
    hint: say(language, 'pauseAuditHint'),
    heads: heads.map((head) => say(language, head)),
    rows: rows.map((row) => [
      { text: row.agent ?? '–' },
      number(row.count),
      number(Math.round(row.minutes)),
      number(Math.round(row.wrong_minutes)),
    ]),
    empty: say(language, 'noPause'),
  };
}
