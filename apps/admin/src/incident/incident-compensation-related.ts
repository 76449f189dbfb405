import type { Pool } from 'pg';
import type {
  AffectedFilter,
  IncidentCompensationStatus,
  IncidentSkipReason,
  IncidentTerms,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import { progressCell } from './incident-related.js';
import { say, termsWords } from './incident-words.js';

interface Row extends IncidentTerms {
  readonly incident_id: string;
  readonly incident_no: string;
  readonly status: IncidentCompensationStatus;
  readonly filter: AffectedFilter;
  readonly order_count: number;
  readonly given_count: number;
  readonly skipped_count: number;
  readonly planned_hao: number;
  readonly given_hao: number;
}

const READ = `
  SELECT c.incident_id, i.incident_no, c.status, c.filter, c.order_count, c.given_count, c.skipped_count, c.remedy, c.days, c.percent,
    c.day_cost_hao::float8 AS "dayCostHao", c.fixed_hao::float8 AS "fixedHao", c.planned_hao::float8 AS planned_hao,
    c.given_hao::float8 AS given_hao
  FROM incident_compensations c JOIN incidents i ON i.id = c.incident_id WHERE c.id = $1`;

const BY_PLATFORM = `
  SELECT f.code, p.code AS product, count(*) FILTER (WHERE l.status = 'given')::int AS given, sum(l.amount_hao)::float8 AS hao
  FROM incident_compensation_lines l JOIN orders o ON o.id = l.order_id JOIN platforms f ON f.id = o.platform_id
    JOIN products p ON p.id = o.product_id
  WHERE l.compensation_id = $1 GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2 LIMIT 200`;

const SKIPPED = `
  SELECT skip_reason, count(*)::int AS count FROM incident_compensation_lines
  WHERE compensation_id = $1 AND status = 'skipped' GROUP BY 1 ORDER BY 2 DESC`;

/** How far it has come, and what it has cost. */
export async function incidentCompensationRelated(
  pool: Pool,
  { language }: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<Row>(READ, [id]);
  const row = rows[0];
  if (!row) return [];
  const sums = await pool.query<{ code: string; product: string; given: number; hao: number }>(
    BY_PLATFORM,
    [id],
  );
  const skipped = await pool.query<{ skip_reason: IncidentSkipReason; count: number }>(SKIPPED, [
    id,
  ]);
  return [
    progressSection(language, row),
    {
      title: say(language, 'statement'),
      heads: [
        translate(language, 'entity.Platform'),
        translate(language, 'entity.Product'),
        say(language, 'count'),
        say(language, 'cost'),
      ],
      rows: sums.rows.map((sum) => [
        { text: sum.code },
        { text: sum.product },
        { text: shownCount(sum.given), isNumber: true },
        { text: shownAmount(sum.hao), isNumber: true },
      ]),
      empty: say(language, 'noneAffected'),
      links: [
        {
          label: say(language, 'toLines'),
          to: `/admin/resources/IncidentCompensationLine?filters.compensationId=${id}`,
        },
      ],
    },
    {
      title: say(language, 'skipped'),
      heads: [
        translate(language, 'field.IncidentCompensationLine.skipReason'),
        say(language, 'count'),
      ],
      rows: skipped.rows.map((one) => [
        { text: translate(language, `enum.incidentSkipReason.${one.skip_reason}`) },
        { text: shownCount(one.count), isNumber: true },
      ]),
      empty: say(language, 'noneSkipped'),
    },
  ];
}

function progressSection(language: Language, row: Row): RelatedSection {
  const { filter } = row;
  return {
    title: say(language, 'progress'),
    facts: [
      {
        label: say(language, 'progress'),
        value: progressCell(language, row.given_count + row.skipped_count, row.order_count),
      },
      {
        label: say(language, 'incident'),
        value: { text: row.incident_no, to: recordPage('Incident', row.incident_id) },
      },
      { label: say(language, 'terms'), value: { text: termsWords(language, row) } },
      {
        label: say(language, 'period'),
        value: {
          text: `${shanghaiTime(new Date(filter.fromMs))} – ${shanghaiTime(new Date(filter.toMs))}`,
        },
      },
      {
        label: say(language, 'cost'),
        value: { text: `${shownAmount(row.given_hao)} / ${shownAmount(row.planned_hao)}` },
      },
    ],
  };
}

const OF_ORDER = `
  SELECT l.compensation_id, c.run_no, c.remedy, c.days, i.incident_no, l.status, l.amount_hao::float8 AS amount_hao, l.done_at
  FROM incident_compensation_lines l JOIN incident_compensations c ON c.id = l.compensation_id JOIN incidents i ON i.id = c.incident_id
  WHERE l.order_id = $1 ORDER BY l.id`;

/** On the page of an order: what it got for incidents; nothing where there was none. */
export async function orderIncidents(
  pool: Pool,
  { language }: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    compensation_id: string;
    run_no: number;
    remedy: IncidentTerms['remedy'];
    days: number;
    incident_no: string;
    status: 'pending' | 'given' | 'skipped';
    amount_hao: number;
    done_at: Date | null;
  }>(OF_ORDER, [orderId]);
  if (rows.length === 0) return [];
  return [
    {
      title: say(language, 'orderSection'),
      heads: [
        say(language, 'incident'),
        say(language, 'remedy'),
        say(language, 'status'),
        say(language, 'cost'),
        say(language, 'when'),
      ],
      rows: rows.map((row) => [
        {
          text: `${row.incident_no} · ${say(language, 'run', { no: row.run_no })}`,
          to: recordPage('IncidentCompensation', row.compensation_id),
        },
        {
          text: translate(language, `enum.incidentRemedy.${row.remedy}`),
          ...(row.days > 0 ? { note: say(language, 'days', { count: row.days }) } : {}),
        },
        { text: translate(language, `enum.incidentLineStatus.${row.status}`), tag: row.status },
        { text: shownAmount(row.amount_hao), isNumber: true },
        { text: row.done_at === null ? '–' : shanghaiTime(row.done_at) },
      ]),
      empty: say(language, 'orderNone'),
    },
  ];
}
