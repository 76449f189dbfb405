import type { Pool } from 'pg';
import { inTransaction, type Sql } from '../database/sql.js';
import { MINUTE_MS } from '../shared/business-time.js';
import {
  isComplaintEnded,
  type ComplaintSeverity,
  type ComplaintStatus,
} from './complaint-kind.js';
import { lockComplaint } from './complaint-facts.store.js';
import { retellComplaint } from './retell-complaint.store.js';

/** Where a complaint stands after its clocks were looked at. */
export interface AdvancedComplaint {
  readonly status: ComplaintStatus;
  readonly severity: ComplaintSeverity;
  readonly isEnded: boolean;
  readonly cycleNo: number;
  /** When to look again at the latest; null where nothing is due any more. */
  readonly nextAtMs: number | null;
}

/** Does what is due by now: breaches, steps of the ladder, silence that counts as consent. May run at any time. */
export async function advanceComplaint(
  pool: Pool,
  { complaintId, nowMs }: { readonly complaintId: string; readonly nowMs: number },
): Promise<AdvancedComplaint> {
  return inTransaction(pool, async (client) => {
    const complaint = await lockComplaint(client, complaintId);
    const { story, nextAtMs } = await retellComplaint(client, complaint, {
      nowMs,
      news: 'none',
    });
    const { status, severity } = story;
    return {
      status,
      severity,
      isEnded: isComplaintEnded(status),
      cycleNo: story.cycles.length,
      nextAtMs,
    };
  });
}

const DUE = 'SELECT id FROM complaints WHERE next_at <= $1 ORDER BY next_at LIMIT $2';

/** Complaints whose clocks have something to do, the longest due first. */
export async function dueComplaints(sql: Sql, nowMs: number, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'due-complaints',
    text: DUE,
    values: [new Date(nowMs), limit],
  });
  return rows.map(({ id }) => id);
}

const TAKE_DUE = 'SELECT id FROM complaints WHERE id = $1 AND next_at <= $2 FOR UPDATE SKIP LOCKED';

/** The same where it is still due and nobody else is at it; tells whether something was done. */
export async function advanceDueComplaint(
  pool: Pool,
  { complaintId, nowMs }: { readonly complaintId: string; readonly nowMs: number },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const taken = await client.query({
      name: 'take-due-complaint',
      text: TAKE_DUE,
      values: [complaintId, new Date(nowMs)],
    });
    if (taken.rowCount === 0) return false;
    const complaint = await lockComplaint(client, complaintId);
    await retellComplaint(client, complaint, { nowMs, news: 'none' });
    return true;
  });
}

/** One that cannot be told is looked at again in a minute. */
export async function putOffComplaint(
  pool: Pool,
  complaintId: string,
  nowMs: number,
): Promise<void> {
  await pool.query('UPDATE complaints SET next_at = $2 WHERE id = $1', [
    complaintId,
    new Date(nowMs + MINUTE_MS),
  ]);
}

const RESTART_ROWS = 500;

/** Open complaints that no outbox row speaks of, a page at a time. */
const RESTART = `
  WITH page AS (
    SELECT id FROM complaints WHERE id > $1::bigint AND status NOT IN ('solved', 'withdrawn') AND created_at < $2::timestamptz - interval '1 minute'
    ORDER BY id LIMIT ${RESTART_ROWS}
  ), asked AS (
    INSERT INTO outbox_messages (kind, subject, not_before)
    SELECT 'complaint-changed', id::text, $2 FROM page
    WHERE NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'complaint-changed' AND m.subject = page.id::text) RETURNING id
  )
  SELECT (SELECT count(*)::int FROM asked) AS count, max(id)::text AS last_id FROM page`;

/** Asks for the runs of open complaints again; one that lives only looks once more. */
export async function restartComplaintRuns(
  sql: Sql,
  { afterId, nowMs }: { readonly afterId: string; readonly nowMs: number },
): Promise<{ readonly count: number; readonly lastId: string | null }> {
  const { rows } = await sql.query<{ count: number; last_id: string | null }>({
    name: 'restart-complaint-runs',
    text: RESTART,
    values: [afterId, new Date(nowMs)],
  });
  return { count: rows[0]?.count ?? 0, lastId: rows[0]?.last_id ?? null };
}
