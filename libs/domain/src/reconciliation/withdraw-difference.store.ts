import type { PoolClient } from 'pg';
import type { DifferenceStatus } from './reconciliation-lists.js';
import { reverseForParty } from './reconciliation-entry.store.js';

export interface Withdrawal {
  /** A key of a difference, or its line. */
  readonly where: { readonly key: string } | { readonly lineIds: readonly string[] };
  /** What becomes of one that was still open. */
  readonly to: 'auto-closed' | 'superseded';
  readonly why: string;
  readonly nowMs: number;
}

interface Row {
  id: string;
  status: DifferenceStatus;
  entry_id: string | null;
  suspense_entry_id: string | null;
}

/**
 * Ends differences that turn out to be none: what was booked for them is taken back by a linked reversal. Answers how
 * many there were.
 */
export async function withdrawDifferences(
  client: PoolClient,
  { where, to, why, nowMs }: Withdrawal,
): Promise<number> {
  const isKey = 'key' in where;
  const { rows } = await client.query<Row>(
    `SELECT id, status, entry_id, suspense_entry_id FROM reconciliation_differences
     WHERE ${isKey ? 'key = $1' : 'line_id = ANY($1::bigint[])'} AND status NOT IN ('superseded', 'auto-closed') FOR UPDATE`,
    [isKey ? where.key : where.lineIds],
  );
  for (const row of rows) {
    for (const entryId of new Set([row.entry_id, row.suspense_entry_id]))
      if (entryId !== null) await reverseForParty(client, { entryId, memo: why, nowMs });
    await client.query(
      `UPDATE supply_claims SET status = 'settled', closed_at = $2, updated_at = $2, version = version + 1
       WHERE remark = 'difference ' || $1::bigint AND kind = 'overcharge' AND status = 'open'`,
      [row.id, new Date(nowMs)],
    );
    const wasBooked = row.entry_id !== null || row.suspense_entry_id !== null;
    const isEnded = wasBooked || row.status === 'resolved';
    await client.query(
      `UPDATE reconciliation_differences SET status = $2, reason = left($3, 500), resolved_at = $4, resolved_by = 'system'
       WHERE id = $1`,
      [row.id, isEnded ? 'superseded' : to, why, new Date(nowMs)],
    );
  }
  return rows.length;
}
