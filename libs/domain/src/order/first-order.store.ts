import type { Sql } from '../database/sql.js';
import { HOUR_MS } from '../shared/business-time.js';

const NEWEST_ID = 'SELECT id FROM orders ORDER BY id DESC LIMIT 1';
const NEXT_AT = 'SELECT id, created_at FROM orders WHERE id >= $1::bigint ORDER BY id LIMIT 1';

/**
 * An id that bounds the orders since a moment from below: ids grow with time, so the range is halved until the moment is
 * found, without an index on the time. An hour of tolerance covers ids that overtook each other.
 */
export async function firstOrderIdSince(sql: Sql, since: Date): Promise<string> {
  const newest = await sql.query<{ id: string }>({ name: 'newest-order', text: NEWEST_ID });
  let low = 0n;
  let high = BigInt(newest.rows[0]?.id ?? 0);
  const from = new Date(since.getTime() - HOUR_MS);
  while (low < high) {
    const middle = (low + high) / 2n;
    const next = await sql.query<{ id: string; created_at: Date }>({
      name: 'next-order',
      text: NEXT_AT,
      values: [middle.toString()],
    });
    const row = next.rows[0];
    if (row && row.created_at < from) low = BigInt(row.id) + 1n;
    else high = middle;
  }
  return low.toString();
}
