import type { Pool } from 'pg';
import type {
  BreachCause,
  ClockKind,
  ComplaintAuthor,
  ComplaintCategory,
  ComplaintEventType,
  ComplaintSeverity,
  ComplaintSource,
  ComplaintStatus,
  EscalationCause,
  EscalationLevel,
  PauseReason,
  ResolutionCode,
  UpstreamStatus,
} from '#domain';
import type { ClockRow } from './work-list.queries.js';

const SHOWN_MAX = 500;

export interface ComplaintRow {
  readonly id: string;
  readonly complaint_no: string;
  readonly merchant_complaint_no: string | null;
  readonly source: ComplaintSource;
  readonly platform_id: string | null;
  readonly platform: string | null;
  readonly product_id: string | null;
  readonly product: string | null;
  readonly supplier_id: string | null;
  readonly supplier: string | null;
  readonly order_id: string | null;
  readonly order_no: string | null;
  readonly unit_no: number;
  readonly category: ComplaintCategory;
  readonly severity: ComplaintSeverity;
  readonly status: ComplaintStatus;
  readonly customer_no: string | null;
  readonly contact: string | null;
  readonly is_vip: boolean;
  readonly is_breached: boolean;
  readonly policy_id: string;
  readonly policy_no: number;
  readonly received_at: Date;
  readonly assignee: string | null;
  readonly cycle_no: number;
  readonly ended_at: Date | null;
  readonly resolution_code: ResolutionCode | null;
  readonly deadline_at: Date | null;
  readonly parent_id: string | null;
  readonly parent_no: string | null;
}

const COMPLAINT = `
  SELECT c.*, p.name AS platform, d.name AS product, s.name AS supplier, o.order_no, v.policy_no, w.complaint_no AS parent_no
  FROM complaints c JOIN sla_policy_versions v ON v.id = c.policy_id LEFT JOIN platforms p ON p.id = c.platform_id
    LEFT JOIN products d ON d.id = c.product_id LEFT JOIN suppliers s ON s.id = c.supplier_id
    LEFT JOIN orders o ON o.id = c.order_id LEFT JOIN complaints w ON w.id = c.parent_id
  WHERE c.id = $1`;

export async function readComplaint(pool: Pool, id: string): Promise<ComplaintRow | undefined> {
  return (await pool.query<ComplaintRow>(COMPLAINT, [id])).rows[0];
}

/** Of each cycle all clocks that count; what stood still is told by the pauses of the cycle. */
const CLOCKS = `
  SELECT k.kind, k.cycle_no, k.started_at, k.due_at, k.stopped_at, k.target_seconds, k.is_hard, k.outcome,
    s.from_at AS paused_since,
    coalesce((SELECT sum(extract(epoch FROM x.to_at - x.from_at)) FROM sla_pauses x WHERE k.kind = 'resolve'
      AND x.complaint_id = k.complaint_id AND x.cycle_no = k.cycle_no AND NOT (x.is_open AND x.to_at > $2)), 0)::int AS paused_seconds
  FROM sla_clocks k LEFT JOIN sla_pauses s ON k.kind = 'resolve' AND k.stopped_at IS NULL AND s.complaint_id = k.complaint_id
    AND s.cycle_no = k.cycle_no AND s.is_open AND s.to_at > $2
  WHERE k.complaint_id = $1 AND k.outcome <> 'void' ORDER BY k.cycle_no DESC, k.started_at, k.id LIMIT ${SHOWN_MAX}`;

export async function readClocks(pool: Pool, id: string, now: Date): Promise<ClockRow[]> {
  return (await pool.query<ClockRow>(CLOCKS, [id, now])).rows;
}

export interface PauseRow {
  readonly cycle_no: number;
  readonly pause_no: number;
  readonly reason: PauseReason;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly is_open: boolean;
}

export async function readPauses(pool: Pool, id: string): Promise<PauseRow[]> {
  const sql = `SELECT cycle_no, pause_no, reason, from_at, to_at, is_open FROM sla_pauses WHERE complaint_id = $1 ORDER BY from_at`;
  return (await pool.query<PauseRow>(sql, [id])).rows;
}

export interface TrailRow {
  readonly id: string;
  readonly type: ComplaintEventType;
  readonly is_public: boolean;
  readonly author: ComplaintAuthor;
  readonly staff_email: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly at: Date;
  readonly text: string | null;
  readonly images: readonly string[];
}

const TRAIL = `
  SELECT e.id, e.type, e.is_public, e.author, e.staff_email, e.detail, e.at, m.text,
    array(SELECT i.id::text FROM complaint_images i WHERE i.complaint_id = e.complaint_id AND i.message_id = e.message_id ORDER BY i.id) AS images
  FROM complaint_events e LEFT JOIN complaint_messages m ON m.id = e.message_id
  WHERE e.complaint_id = $1 ORDER BY e.at, e.id LIMIT ${SHOWN_MAX}`;

export async function readTrail(pool: Pool, id: string): Promise<TrailRow[]> {
  return (await pool.query<TrailRow>(TRAIL, [id])).rows;
}

export interface StepRow {
  readonly id: string;
  readonly kind: ClockKind;
  readonly percent: number;
  readonly levels: readonly EscalationLevel[];
  readonly cause: EscalationCause;
  readonly fired_at: Date;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: Date | null;
  readonly closed_at: Date | null;
}

export async function readSteps(pool: Pool, id: string): Promise<StepRow[]> {
  const sql = `SELECT id, kind, percent, levels, cause, fired_at, acknowledged_by, acknowledged_at, closed_at
    FROM sla_escalations WHERE complaint_id = $1 ORDER BY id DESC LIMIT 100`;
  return (await pool.query<StepRow>(sql, [id])).rows;
}

export interface BreachRow {
  readonly id: string;
  readonly kind: ClockKind;
  readonly breached_at: Date;
  readonly overshoot_seconds: number | null;
  readonly cause: BreachCause | null;
  readonly cause_remark: string | null;
  readonly is_excused: boolean;
  readonly annulled_at: Date | null;
  readonly is_excuse_asked: boolean;
}

const BREACHES = `
  SELECT b.id, b.kind, b.breached_at, b.overshoot_seconds, b.cause, b.cause_remark, b.is_excused, b.annulled_at,
    EXISTS (SELECT 1 FROM approvals a WHERE a.kind = 'breach-excuse' AND a.status = 'asked' AND a.record_id = b.id::text) AS is_excuse_asked
  FROM sla_breaches b WHERE b.complaint_id = $1 ORDER BY b.breached_at`;

export async function readBreaches(pool: Pool, id: string): Promise<BreachRow[]> {
  return (await pool.query<BreachRow>(BREACHES, [id])).rows;
}

/** Whom a complaint can be given to. */
export async function readHandlers(
  pool: Pool,
  roles: readonly string[],
): Promise<{ email: string; name: string }[]> {
  const sql = `SELECT email, name FROM staff WHERE status = 'active' AND role = ANY($1::text[]) ORDER BY role <> 'service', name LIMIT 200`;
  return (await pool.query<{ email: string; name: string }>(sql, [roles])).rows;
}

export interface UpstreamRow {
  readonly id: string;
  readonly supplier: string;
  readonly status: UpstreamStatus;
  readonly supplier_ref: string | null;
  readonly text: string;
  readonly answer: string | null;
  readonly asked_at: Date;
}

export async function readUpstream(pool: Pool, id: string): Promise<UpstreamRow[]> {
  const sql = `SELECT u.id, s.name AS supplier, u.status, u.supplier_ref, u.text, u.answer, u.asked_at
    FROM upstream_complaints u JOIN suppliers s ON s.id = u.supplier_id WHERE u.complaint_id = $1 ORDER BY u.id LIMIT 50`;
  return (await pool.query<UpstreamRow>(sql, [id])).rows;
}
