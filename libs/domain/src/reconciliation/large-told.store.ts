import type { PoolClient } from 'pg';
import type { LargePart, OurItem } from './match-facts.js';
import { isPartMissing, type LargeMove } from './large-told.js';

interface MoveRow {
  id: string;
  part: LargePart;
  amount_hao: string;
  is_told: boolean;
}

/** All that was booked of a large order before a moment; told is also what is on the work list already. */
const MOVES = `
  WITH own(key, part) AS (
    SELECT 'order:' || order_id || ':' || source || ':' || reference, source FROM large_order_payments WHERE order_id = $1
    UNION ALL SELECT 'order:' || order_id || ':stage-' || stage_no, 'release' FROM delivery_stages WHERE order_id = $1
    UNION ALL SELECT 'order:' || $1::bigint || ':refund', 'refund')
  SELECT e.id, own.part,
    (SELECT sum(p.amount_hao) FROM ledger_postings p
     WHERE p.id BETWEEN e.id * 64 AND e.id * 64 + 63 AND p.amount_hao > 0) * CASE own.part WHEN 'refund' THEN -1 ELSE 1 END AS amount_hao,
    EXISTS (SELECT 1 FROM reconciliation_matches m WHERE m.our_kind = 'entry' AND m.our_key = e.id AND m.status <> 'refused')
    OR EXISTS (SELECT 1 FROM reconciliation_differences d WHERE d.key = 'entry:' || e.id AND d.status <> 'superseded') AS is_told
  FROM own JOIN ledger_entries e ON e.idempotency_key = own.key WHERE e.posted_at < $2 ORDER BY e.id`;

/** A line that tells of the whole order waits for its end. */
const AWAITED = `
  SELECT 1 FROM external_lines WHERE party_id = $1 AND our_no = ANY($2::text[]) AND state = 'waiting'
  UNION ALL SELECT 1 FROM external_lines WHERE party_id = $1 AND their_no = ANY($2::text[]) AND state = 'waiting' LIMIT 1`;

/** Whether the other side leaves out a part of a large order: see `isPartMissing`. */
export async function isLargePartMissing(
  client: PoolClient,
  { key, orderId, numbers }: OurItem,
  { partyId, beforeMs }: { readonly partyId: string; readonly beforeMs: number },
): Promise<boolean> {
  const awaited = await client.query(AWAITED, [partyId, numbers]);
  if (awaited.rowCount !== 0) return false;
  const { rows } = await client.query<MoveRow>(MOVES, [orderId, new Date(beforeMs)]);
  const moves: readonly LargeMove[] = rows.map((row) => ({
    key: row.id,
    part: row.part,
    amountHao: Number(row.amount_hao),
    isTold: row.is_told,
  }));
  return isPartMissing(moves, key);
}
