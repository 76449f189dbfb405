import type { PoolClient } from 'pg';
import type { EntryKind, PostingLine } from './posting.js';
import { POSTING_KEY_FACTOR } from './posting.js';

export interface NewEntry {
  /** Makes it happen once: a second entry of the same key is none. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly orderId: string | null;
  readonly attemptId: string | null;
  readonly lines: readonly PostingLine[];
  readonly memo?: string;
  readonly nowMs: number;
}

const POST = `
  WITH entry AS (
    INSERT INTO ledger_entries (idempotency_key, kind, order_id, attempt_id, memo, posted_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
  )
  INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
  SELECT entry.id * ${POSTING_KEY_FACTOR} + r.line_no, entry.id, r.line_no, r.account_id, r.amount_hao
  FROM entry, unnest($7::uuid[], $8::bigint[]) WITH ORDINALITY AS r(account_id, amount_hao, line_no)`;

/**
 * Writes an entry inside the caller's transaction; false where its key was there already. Cached balances of accounts
 * with a floor are the caller's to change.
 */
export async function postEntry(client: PoolClient, entry: NewEntry): Promise<boolean> {
  const { key, kind, orderId, attemptId, memo, nowMs, lines } = entry;
  const posted = await client.query(POST, [
    key,
    kind,
    orderId,
    attemptId,
    memo ?? null,
    new Date(nowMs),
    lines.map((line) => line.accountId),
    lines.map((line) => line.amountHao),
  ]);
  return (posted.rowCount ?? 0) > 0;
}
