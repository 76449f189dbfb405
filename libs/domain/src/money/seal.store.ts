import type { Pool } from 'pg';
import { inTransaction } from '../database/sql.js';

/** So many entries are in one link at most. */
const LINK_ENTRIES_MAX = 2_000;
const LINKS_MAX = 20;

interface Bound {
  readonly entryId: string;
  /** When all transactions before this one have ended, no entry up to the bound can appear any more. */
  readonly transactionId: string;
}

const BOUND = `
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS "entryId", pg_snapshot_xmax(pg_current_snapshot())::text AS "transactionId"
  FROM ledger_entries_id_seq`;

const HAS_SETTLED = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text::numeric >= $1::numeric AS is_settled`;

const LAST = 'SELECT last_entry_id, hash FROM ledger_seals ORDER BY id DESC LIMIT 1';

/** The last entry of the next link: the one that fills it, or the last below the bound. */
const NEXT = `
  SELECT min(id) AS first, max(id) AS last, count(*)::int AS count FROM (
    SELECT id FROM ledger_entries WHERE id > $1 AND id <= $2 ORDER BY id LIMIT ${LINK_ENTRIES_MAX}) AS e`;

/**
 * Chains the entries that have landed for good: each link is hashed with the one before it. An id is handed out before its
 * entry commits, so a bound waits until every transaction that was running when it was taken has ended.
 */
export function ledgerSealer(): (pool: Pool, nowMs: number) => Promise<number> {
  let bound: Bound | undefined;
  return async (pool, nowMs) => {
    const settled = bound && (await hasSettled(pool, bound)) ? bound : undefined;
    const count = settled ? await sealUpTo(pool, settled.entryId, nowMs) : 0;
    if (settled || !bound) bound = (await pool.query<Bound>(BOUND)).rows[0];
    return count;
  };
}

async function hasSettled(pool: Pool, bound: Bound): Promise<boolean> {
  const { rows } = await pool.query<{ is_settled: boolean }>(HAS_SETTLED, [bound.transactionId]);
  return rows[0]?.is_settled === true;
}

async function sealUpTo(pool: Pool, boundId: string, nowMs: number): Promise<number> {
  let sealed = 0;
  for (let link = 0; link < LINKS_MAX; link += 1) {
    const count = await inTransaction(pool, async (client) => {
      await client.query('LOCK TABLE ledger_seals IN SHARE ROW EXCLUSIVE MODE');
      const last = (await client.query<{ last_entry_id: string; hash: string }>(LAST)).rows[0];
      const next = (
        await client.query<{ first: string | null; last: string; count: number }>(NEXT, [
          last?.last_entry_id ?? '0',
          boundId,
        ])
      ).rows[0];
      if (!next || next.first === null) return 0;
      await client.query(
        `INSERT INTO ledger_seals (first_entry_id, last_entry_id, entry_count, hash, sealed_at)
         VALUES ($1, $2, $3, ledger_link($4, $1, $2), $5)`,
        [next.first, next.last, next.count, last?.hash ?? '', new Date(nowMs)],
      );
      return next.count;
    });
    sealed += count;
    if (count < LINK_ENTRIES_MAX) break;
  }
  return sealed;
}
