import type { Pool } from 'pg';
import type {
  BreachCause,
  ClockKind,
  ComplaintCategory,
  ComplaintSeverity,
  ComplaintStatus,
} from '#domain';
import { firstOrderIdSince } from '#domain/stores';

/** From the first instant of a month in Shanghai to the first of the next. */
export interface Month {
  readonly from: Date;
  readonly to: Date;
}

/** Questions are no complaints; nothing here counts them but their own number. */
const COUNTS = `c.severity <> 'P3'`;
const GIVEN = `('replacing', 'done', 'superseded')`;

export interface AttainmentRow {
  readonly kind: ClockKind;
  readonly met: number;
  readonly breached: number;
  readonly excused: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
}

/** By the day on which clocks stopped; time that stood still is none of the time that it took. */
const ATTAINMENT = `
  SELECT k.kind, count(*) FILTER (WHERE k.outcome = 'met')::int AS met, count(*) FILTER (WHERE k.outcome = 'breached')::int AS breached,
    count(*) FILTER (WHERE k.outcome = 'breached' AND b.is_excused)::int AS excused,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY w.seconds)::float8 AS p50, percentile_cont(0.9) WITHIN GROUP (ORDER BY w.seconds)::float8 AS p90,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY w.seconds)::float8 AS p95
  FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id LEFT JOIN sla_breaches b ON b.clock_id = k.id AND b.annulled_at IS NULL
    CROSS JOIN LATERAL (SELECT extract(epoch FROM k.stopped_at - k.started_at)::float8 - k.paused_seconds AS seconds) AS w
  WHERE k.stopped_at >= $1 AND k.stopped_at < $2 AND k.outcome IN ('met', 'breached') AND ${COUNTS} GROUP BY k.kind`;

export async function readAttainment(pool: Pool, { from, to }: Month): Promise<AttainmentRow[]> {
  return (await pool.query<AttainmentRow>(ATTAINMENT, [from, to])).rows;
}

const OPEN_LATE = `
  SELECT k.kind, count(*)::int AS count FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id
  WHERE k.stopped_at IS NULL AND k.outcome <> 'void' AND k.due_at < $1 AND ${COUNTS} GROUP BY k.kind`;

export async function readOpenLate(
  pool: Pool,
  now: Date,
): Promise<{ kind: ClockKind; count: number }[]> {
  return (await pool.query<{ kind: ClockKind; count: number }>(OPEN_LATE, [now])).rows;
}

const DAILY = `
  SELECT to_char(k.stopped_at AT TIME ZONE 'Asia/Shanghai', 'MM-DD') AS day, count(*) FILTER (WHERE k.outcome = 'met')::int AS met,
    count(*) FILTER (WHERE k.outcome = 'breached')::int AS breached
  FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id
  WHERE k.stopped_at >= $1 AND k.stopped_at < $2 AND k.kind IN ('ack', 'resolve') AND k.outcome IN ('met', 'breached') AND ${COUNTS}
  GROUP BY 1 ORDER BY 1`;

export async function readDaily(
  pool: Pool,
  { from, to }: Month,
): Promise<{ day: string; met: number; breached: number }[]> {
  const { rows } = await pool.query<{ day: string; met: number; breached: number }>(DAILY, [
    from,
    to,
  ]);
  return rows;
}

export interface FiguresRow {
  readonly received: number;
  readonly questions: number;
  readonly cost_hao: number;
  readonly ended: number;
  readonly reopened: number;
  readonly first_contact: number;
  readonly paused_seconds: number;
  readonly all_seconds: number;
}

const FIGURES = `
  SELECT (SELECT count(*)::int FROM complaints c WHERE c.received_at >= $1 AND c.received_at < $2 AND ${COUNTS}) AS received,
    (SELECT count(*)::int FROM complaints c WHERE c.received_at >= $1 AND c.received_at < $2 AND c.severity = 'P3') AS questions,
    (SELECT coalesce(sum(k.amount_hao), 0)::float8 FROM complaints c JOIN compensations k ON k.complaint_id = c.id AND k.status IN ${GIVEN}
       WHERE c.received_at >= $1 AND c.received_at < $2 AND ${COUNTS}) AS cost_hao,
    e.ended, e.reopened, e.first_contact, p.paused_seconds, p.all_seconds
  FROM (SELECT count(*)::int AS ended, count(*) FILTER (WHERE x.is_reopened)::int AS reopened,
      count(*) FILTER (WHERE NOT x.is_reopened AND NOT x.is_withdrawn AND x.contacts <= 1)::int AS first_contact
    FROM (SELECT y.is_withdrawn, EXISTS (SELECT 1 FROM complaint_cycles z WHERE z.complaint_id = y.complaint_id AND z.cycle_no > 1) AS is_reopened,
        (SELECT count(*) FROM complaint_events e WHERE e.complaint_id = y.complaint_id AND e.type IN ('staff-message', 'staff-question', 'solution-offered')) AS contacts
      FROM complaint_cycles y JOIN complaints c ON c.id = y.complaint_id
      WHERE y.cycle_no = 1 AND y.ended_at >= $1 AND y.ended_at < $2 AND ${COUNTS}) AS x) AS e,
  (SELECT coalesce(sum(k.paused_seconds), 0)::float8 AS paused_seconds,
      coalesce(sum(extract(epoch FROM k.stopped_at - k.started_at)), 0)::float8 AS all_seconds
    FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id
    WHERE k.kind = 'resolve' AND k.stopped_at >= $1 AND k.stopped_at < $2 AND k.outcome <> 'void' AND ${COUNTS}) AS p`;

export async function readFigures(pool: Pool, { from, to }: Month): Promise<FiguresRow> {
  const { rows } = await pool.query<FiguresRow>(FIGURES, [from, to]);
  const row = rows[0];
  if (!row) throw new Error('no answer about complaints');
  return row;
}

export interface ShareRow {
  readonly name: string | null;
  readonly count: number;
  readonly breached: number;
  readonly cost_hao: number;
}

const NAMES = {
  category: { name: 'c.category', join: '' },
  product: { name: 'd.name', join: 'LEFT JOIN products d ON d.id = c.product_id' },
  supplier: { name: 's.name', join: 'LEFT JOIN suppliers s ON s.id = c.supplier_id' },
  agent: { name: 'c.assignee', join: '' },
} as const;

/** Complaints received in the month by what they are about, or by who handles them. */
export async function readShares(
  pool: Pool,
  by: keyof typeof NAMES,
  { from, to }: Month,
): Promise<ShareRow[]> {
  const { name, join } = NAMES[by];
  const { rows } = await pool.query<ShareRow>(
    `SELECT ${name} AS name, count(*)::int AS count, count(*) FILTER (WHERE c.is_breached)::int AS breached,
       coalesce(sum((SELECT sum(k.amount_hao) FROM compensations k WHERE k.complaint_id = c.id AND k.status IN ${GIVEN})), 0)::float8 AS cost_hao
     FROM complaints c ${join} WHERE c.received_at >= $1 AND c.received_at < $2 AND ${COUNTS} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30`,
    [from, to],
  );
  return rows;
}

export async function readCauses(
  pool: Pool,
  { from, to }: Month,
): Promise<{ cause: BreachCause | null; count: number; excused: number }[]> {
  const { rows } = await pool.query<{ cause: BreachCause | null; count: number; excused: number }>(
    `SELECT cause, count(*)::int AS count, count(*) FILTER (WHERE is_excused)::int AS excused FROM sla_breaches
     WHERE breached_at >= $1 AND breached_at < $2 AND annulled_at IS NULL GROUP BY 1 ORDER BY 2 DESC`,
    [from, to],
  );
  return rows;
}

export interface PauseAuditRow {
  readonly agent: string | null;
  readonly count: number;
  readonly minutes: number;
  readonly wrong_minutes: number;
}

/** What of a pause lies behind a message of the customer was no pause. */
const PAUSES = `
  SELECT e.staff_email AS agent, count(*)::int AS count, sum(extract(epoch FROM x.to_at - p.from_at) / 60)::float8 AS minutes,
    sum(coalesce(extract(epoch FROM x.to_at - m.at) / 60, 0))::float8 AS wrong_minutes
  FROM sla_pauses p CROSS JOIN LATERAL (SELECT greatest(p.from_at, least(p.to_at, $3::timestamptz)) AS to_at) AS x
    LEFT JOIN LATERAL (SELECT staff_email FROM complaint_events e WHERE e.complaint_id = p.complaint_id AND e.at = p.from_at
      AND e.type IN ('staff-question', 'solution-offered') LIMIT 1) AS e ON true
    LEFT JOIN LATERAL (SELECT min(v.at) AS at FROM complaint_events v WHERE v.complaint_id = p.complaint_id
      AND v.type = 'customer-message' AND v.at > p.from_at AND v.at < x.to_at) AS m ON true
  WHERE p.from_at >= $1 AND p.from_at < $2 GROUP BY 1 ORDER BY 4 DESC, 2 DESC LIMIT 50`;

export async function readPauseAudit(
  pool: Pool,
  { from, to }: Month,
  now: Date,
): Promise<PauseAuditRow[]> {
  return (await pool.query<PauseAuditRow>(PAUSES, [from, to, now])).rows;
}

/** Orders that were delivered, whole or in part: an order is one line. */
const DELIVERED = `
  SELECT count(*)::int AS count FROM orders WHERE id >= $1::bigint AND created_at >= $2 AND created_at < $3 AND delivered_quantity > 0`;

export async function readDelivered(pool: Pool, { from, to }: Month): Promise<number> {
  const firstId = await firstOrderIdSince(pool, from);
  const { rows } = await pool.query<{ count: number }>(DELIVERED, [firstId, from, to]);
  return rows[0]?.count ?? 0;
}

export interface ComplaintLine {
  readonly complaint_no: string;
  readonly received_at: Date;
  readonly category: ComplaintCategory;
  readonly severity: ComplaintSeverity;
  readonly status: ComplaintStatus;
  readonly platform: string | null;
  readonly product: string | null;
  readonly supplier: string | null;
  readonly order_no: string | null;
  readonly assignee: string | null;
  readonly is_breached: boolean;
  readonly ack_minutes: number | null;
  readonly resolve_minutes: number | null;
  readonly cost_hao: number;
}

const LINES_MAX = 20_000;
const LINES = `
  SELECT c.complaint_no, c.received_at, c.category, c.severity, c.status, p.name AS platform, d.name AS product, s.name AS supplier,
    o.order_no, c.assignee, c.is_breached,
    round(extract(epoch FROM a.stopped_at - a.started_at) / 60)::float8 AS ack_minutes,
    round((extract(epoch FROM r.stopped_at - r.started_at) - r.paused_seconds) / 60)::float8 AS resolve_minutes,
    coalesce((SELECT sum(k.amount_hao) FROM compensations k WHERE k.complaint_id = c.id AND k.status IN ${GIVEN}), 0)::float8 AS cost_hao
  FROM complaints c LEFT JOIN platforms p ON p.id = c.platform_id LEFT JOIN products d ON d.id = c.product_id
    LEFT JOIN suppliers s ON s.id = c.supplier_id LEFT JOIN orders o ON o.id = c.order_id
    LEFT JOIN sla_clocks a ON a.complaint_id = c.id AND a.cycle_no = 1 AND a.kind = 'ack' AND a.seq = 1
    LEFT JOIN sla_clocks r ON r.complaint_id = c.id AND r.cycle_no = 1 AND r.kind = 'resolve' AND r.seq = 1
  WHERE c.received_at >= $1 AND c.received_at < $2 ORDER BY c.id LIMIT ${LINES_MAX}`;

export async function readLines(pool: Pool, { from, to }: Month): Promise<ComplaintLine[]> {
  return (await pool.query<ComplaintLine>(LINES, [from, to])).rows;
}
