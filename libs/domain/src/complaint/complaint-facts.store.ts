import type { PoolClient } from 'pg';
import type { PolicyStatus } from '../compensation/compensation-kind.js';
import type { Sql } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import type {
  ComplaintAuthor,
  ComplaintEventType,
  ComplaintSeverity,
  ComplaintStatus,
  ResolutionCode,
} from './complaint-kind.js';
import { isPublicEvent } from './complaint-kind.js';
import type { StoryEvent } from './complaint-story.js';
import type { SlaPolicy, SlaPromise } from './sla-policy.js';

/** A complaint under its lock, with what its story is told by. */
export interface LockedComplaint {
  readonly id: string;
  readonly complaintNo: string;
  readonly platformId: string | null;
  readonly orderId: string | null;
  readonly attemptId: string | null;
  readonly supplierId: string | null;
  readonly status: ComplaintStatus;
  readonly severity: ComplaintSeverity;
  readonly isVip: boolean;
  readonly receivedMs: number;
  readonly callbackUrl: string | null;
  readonly version: number;
  readonly policy: SlaPolicy;
}

const LOCK = `
  SELECT c.id, c.complaint_no, c.platform_id, c.order_id, c.attempt_id, c.supplier_id, c.status, c.severity, c.is_vip,
    c.received_at, c.callback_url, c.version, c.policy_id
  FROM complaints c WHERE c.id = $1 FOR UPDATE`;

const POLICY = `
  SELECT p.status, p.vip_percent, p.pause_count_max, p.pause_hours_max, p.silence_hours, p.reopen_days, p.reopen_ack_seconds,
    p.reopen_resolve_seconds, p.unacked_seconds, p.unacked_urgent_seconds, p.unassigned_seconds,
    (SELECT jsonb_agg(jsonb_build_object('severity', t.severity, 'ackSeconds', t.ack_seconds, 'updateSeconds', t.update_seconds,
      'resolveSeconds', t.resolve_seconds, 'upstreamSeconds', t.upstream_seconds)) FROM sla_targets t WHERE t.policy_id = p.id) AS targets
  FROM sla_policy_versions p WHERE p.id = $1`;

interface PolicyRow {
  readonly status: PolicyStatus;
  readonly vip_percent: number;
  readonly pause_count_max: number;
  readonly pause_hours_max: number;
  readonly silence_hours: number;
  readonly reopen_days: number;
  readonly reopen_ack_seconds: number;
  readonly reopen_resolve_seconds: number;
  readonly unacked_seconds: number;
  readonly unacked_urgent_seconds: number;
  readonly unassigned_seconds: number;
  readonly targets: readonly SlaPromise[] | null;
}

/** What was in force once is never changed: it need not be read again. */
const fixedPolicies = new Map<string, SlaPolicy>();

/** Throws `sla-policy.not-found`. */
export async function readSlaPolicy(sql: Sql, policyId: string): Promise<SlaPolicy> {
  const fixed = fixedPolicies.get(policyId);
  if (fixed) return fixed;
  const { rows } = await sql.query<PolicyRow>({
    name: 'read-sla-policy',
    text: POLICY,
    values: [policyId],
  });
  const row = rows[0];
  if (!row) throw new DomainError('sla-policy.not-found');
  const policy = policyOf(row);
  if (row.status !== 'draft') fixedPolicies.set(policyId, policy);
  return policy;
}

function policyOf(row: PolicyRow): SlaPolicy {
  return {
    targets: row.targets ?? [],
    vipPercent: row.vip_percent,
    pauseCountMax: row.pause_count_max,
    pauseHoursMax: row.pause_hours_max,
    silenceHours: row.silence_hours,
    reopenDays: row.reopen_days,
    reopenAckSeconds: row.reopen_ack_seconds,
    reopenResolveSeconds: row.reopen_resolve_seconds,
    unackedSeconds: row.unacked_seconds,
    unackedUrgentSeconds: row.unacked_urgent_seconds,
    unassignedSeconds: row.unassigned_seconds,
  };
}

interface LockedRow {
  readonly id: string;
  readonly complaint_no: string;
  readonly platform_id: string | null;
  readonly order_id: string | null;
  readonly attempt_id: string | null;
  readonly supplier_id: string | null;
  readonly status: ComplaintStatus;
  readonly severity: ComplaintSeverity;
  readonly is_vip: boolean;
  readonly received_at: Date;
  readonly callback_url: string | null;
  readonly version: number;
  readonly policy_id: string;
}

/** Everything that happens to a complaint happens one after the other, under this lock. Throws `complaint.not-found`. */
export async function lockComplaint(client: PoolClient, id: string): Promise<LockedComplaint> {
  const { rows } = await client.query<LockedRow>({
    name: 'lock-complaint',
    text: LOCK,
    values: [id],
  });
  const row = rows[0];
  if (!row) throw new DomainError('complaint.not-found', { complaintNo: id });
  return {
    id: row.id,
    complaintNo: row.complaint_no,
    platformId: row.platform_id,
    orderId: row.order_id,
    attemptId: row.attempt_id,
    supplierId: row.supplier_id,
    status: row.status,
    severity: row.severity,
    isVip: row.is_vip,
    receivedMs: row.received_at.getTime(),
    callbackUrl: row.callback_url,
    version: row.version,
    policy: await readSlaPolicy(client, row.policy_id),
  };
}

const EVENTS = 'SELECT type, at, detail FROM complaint_events WHERE complaint_id = $1 ORDER BY id';

/** What belongs to an event besides its kind and its instant. */
export interface EventDetail {
  readonly severity?: ComplaintSeverity;
  readonly deadlineMs?: number;
  readonly resolutionCode?: ResolutionCode;
  readonly upstreamKey?: string;
  readonly assignee?: string | null;
  readonly reason?: string;
  readonly compensationIds?: readonly string[];
}

/** All that has happened, as the story is told from it. */
export async function readStoryEvents(sql: Sql, complaintId: string): Promise<StoryEvent[]> {
  const { rows } = await sql.query<{
    type: ComplaintEventType;
    at: Date;
    detail: EventDetail | null;
  }>({ name: 'read-complaint-events', text: EVENTS, values: [complaintId] });
  return rows.map(({ type, at, detail }) => ({ type, atMs: at.getTime(), ...detail }));
}

/** Something to be written down. */
export interface NewEvent {
  readonly type: ComplaintEventType;
  readonly atMs: number;
  readonly author: ComplaintAuthor;
  readonly staffEmail?: string | null;
  readonly messageId?: string | null;
  readonly detail?: EventDetail;
}

const ADD_EVENT = `
  INSERT INTO complaint_events (complaint_id, type, is_public, author, staff_email, message_id, detail, at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)`;

export async function addEvent(
  client: PoolClient,
  complaintId: string,
  event: NewEvent & { readonly nowMs: number },
): Promise<void> {
  await client.query({
    name: 'add-complaint-event',
    text: ADD_EVENT,
    values: [
      complaintId,
      event.type,
      isPublicEvent(event.type),
      event.author,
      event.staffEmail ?? null,
      event.messageId ?? null,
      event.detail === undefined ? null : JSON.stringify(event.detail),
      new Date(event.atMs),
      new Date(event.nowMs),
    ],
  });
}
