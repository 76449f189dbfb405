import type { Pool } from 'pg';
import { inTransaction, type Sql } from '../database/sql.js';
import { isComplaintEnded, type ComplaintStatus } from './complaint-kind.js';
import { lockComplaint } from './complaint-facts.store.js';
import { retellComplaint } from './retell-complaint.store.js';

/** Where a complaint stands after its clocks were looked at. */
export interface AdvancedComplaint {
  readonly status: ComplaintStatus;
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
      isPublicNews: false,
    });
    const { status } = story;
    return { status, isEnded: isComplaintEnded(status), cycleNo: story.cycles.length, nextAtMs };
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
