import type { Pool } from 'pg';
import { z } from 'zod';
import {
  COMPLAINT_SEVERITIES,
  type ClockKind,
  type ClockOutcome,
  type ComplaintCategory,
  type ComplaintSeverity,
  type ComplaintStatus,
} from '#domain';
import type { ClockView, WorkRow, WorkView } from '../components/complaint-views.js';
import { mayStaff } from '#domain';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

const SHOWN_MAX = 200;
const CHOICES_MAX = 500;

export const workQuestion = z.object({
  scope: z.enum(['mine', 'unassigned', 'all', 'overdue']).default('all'),
  severity: z.enum(['', ...COMPLAINT_SEVERITIES]).default(''),
  platform: z.union([z.literal(''), z.uuid()]).default(''),
  product: z.union([z.literal(''), z.uuid()]).default(''),
});
export type WorkQuestion = z.infer<typeof workQuestion>;

const OPEN = `c.status NOT IN ('solved', 'withdrawn')`;

/** The clock that is due next, with the pause that lasts. */
const READ = `
  SELECT c.id, c.complaint_no, c.severity, c.status, c.category, c.summary, c.assignee, c.is_vip, c.is_breached, c.cycle_no,
    c.received_at, p.name AS platform, d.name AS product, o.order_no,
    k.kind, k.started_at, k.due_at, k.stopped_at, k.target_seconds, k.is_hard, k.outcome,
    s.from_at AS paused_since, coalesce(z.seconds, 0)::int AS paused_seconds
  FROM complaints c LEFT JOIN platforms p ON p.id = c.platform_id LEFT JOIN products d ON d.id = c.product_id
    LEFT JOIN orders o ON o.id = c.order_id
    LEFT JOIN LATERAL (SELECT * FROM sla_clocks x WHERE x.complaint_id = c.id AND x.cycle_no = c.cycle_no AND x.kind = c.due_kind
      AND x.stopped_at IS NULL ORDER BY x.seq DESC LIMIT 1) AS k ON true
    LEFT JOIN LATERAL (SELECT from_at FROM sla_pauses x WHERE k.kind = 'resolve' AND x.complaint_id = c.id AND x.cycle_no = c.cycle_no
      AND x.is_open AND x.to_at > $6 LIMIT 1) AS s ON true
    LEFT JOIN LATERAL (SELECT sum(extract(epoch FROM x.to_at - x.from_at)) AS seconds FROM sla_pauses x
      WHERE k.kind = 'resolve' AND x.complaint_id = c.id AND x.cycle_no = c.cycle_no AND NOT (x.is_open AND x.to_at > $6)) AS z ON true
  WHERE ${OPEN} AND CASE $1 WHEN 'mine' THEN c.assignee = $2 WHEN 'unassigned' THEN c.assignee IS NULL
      WHEN 'overdue' THEN c.due_at < $6 ELSE true END
    AND ($3 = '' OR c.severity = $3) AND ($4 = '' OR c.platform_id::text = $4) AND ($5 = '' OR c.product_id::text = $5)
  ORDER BY c.due_at NULLS LAST, c.id LIMIT ${SHOWN_MAX + 1}`;

const COUNTS = `
  SELECT count(*)::int AS all, count(*) FILTER (WHERE c.assignee = $1)::int AS mine,
    count(*) FILTER (WHERE c.assignee IS NULL)::int AS unassigned, count(*) FILTER (WHERE c.due_at < $2)::int AS overdue
  FROM complaints c WHERE ${OPEN}`;

export interface ClockRow {
  readonly kind: ClockKind;
  readonly cycle_no: number;
  readonly started_at: Date;
  readonly due_at: Date;
  readonly stopped_at: Date | null;
  readonly target_seconds: number;
  readonly is_hard: boolean;
  readonly outcome: ClockOutcome;
  readonly paused_since: Date | null;
  readonly paused_seconds: number;
}

interface Row extends Omit<ClockRow, 'kind'> {
  readonly kind: ClockKind | null;
  readonly id: string;
  readonly complaint_no: string;
  readonly severity: ComplaintSeverity;
  readonly status: ComplaintStatus;
  readonly category: ComplaintCategory;
  readonly summary: string;
  readonly assignee: string | null;
  readonly is_vip: boolean;
  readonly is_breached: boolean;
  readonly received_at: Date;
  readonly platform: string | null;
  readonly product: string | null;
  readonly order_no: string | null;
}

export function clockView(row: ClockRow): ClockView {
  return {
    kind: row.kind,
    cycleNo: row.cycle_no,
    startedMs: row.started_at.getTime(),
    dueMs: row.due_at.getTime(),
    stoppedMs: row.stopped_at && row.stopped_at.getTime(),
    targetMs: row.target_seconds * 1_000,
    pausedMs: row.paused_seconds * 1_000,
    pausedSinceMs: row.is_hard ? null : row.paused_since && row.paused_since.getTime(),
    isHard: row.is_hard,
    outcome: row.outcome,
  };
}

/** Open complaints, what is due first on top; what is overdue was due before everything else. */
export async function readWork(
  pool: Pool,
  staff: PanelStaff,
  question: WorkQuestion,
): Promise<WorkView> {
  const nowMs = Date.now();
  const now = new Date(nowMs);
  const { scope, severity, platform, product } = question;
  const choices = (table: 'platforms' | 'products') =>
    pool.query<{ id: string; code: string; name: string }>(
      `SELECT id, code, name FROM ${table} t WHERE EXISTS (SELECT 1 FROM complaints c WHERE ${OPEN} AND c.${table.slice(0, -1)}_id = t.id)
       ORDER BY code LIMIT ${CHOICES_MAX}`,
    );
  const [found, counts, platforms, products] = await Promise.all([
    pool.query<Row>(READ, [scope, staff.email, severity, platform, product, now]),
    pool.query<WorkView['counts']>(COUNTS, [staff.email, now]),
    choices('platforms'),
    choices('products'),
  ]);
  return {
    nowMs,
    rows: found.rows.slice(0, SHOWN_MAX).map(workRow),
    isCapped: found.rows.length > SHOWN_MAX,
    counts: counts.rows[0] ?? { all: 0, mine: 0, unassigned: 0, overdue: 0 },
    platforms: platforms.rows,
    products: products.rows,
    mayWrite: mayStaff(staff.role, 'complaint.write'),
  };
}

function workRow(row: Row): WorkRow {
  const { kind } = row;
  return {
    id: row.id,
    complaintNo: row.complaint_no,
    severity: row.severity,
    status: row.status,
    category: row.category,
    summary: row.summary,
    platform: row.platform ?? '',
    product: row.product ?? '',
    order: row.order_no,
    assignee: row.assignee,
    isVip: row.is_vip,
    isBreached: row.is_breached,
    cycleNo: row.cycle_no,
    receivedAt: shanghaiTime(row.received_at),
    clock: kind === null ? null : clockView({ ...row, kind }),
  };
}
