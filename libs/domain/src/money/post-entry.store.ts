import type { PoolClient } from 'pg';
import type { EntryKind, PostingLine } from './posting.js';
import { POSTING_KEY_FACTOR } from './posting.js';
import { recipeVersionOf } from './recipe.js';

export interface NewEntry {
  /** Makes it happen once: a second entry of the same key is none. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly orderId: string | null;
  readonly attemptId: string | null;
  readonly lines: readonly PostingLine[];
  readonly memo?: string;
  /** The record that caused it, by the name of its entity: where a reader of the entry goes on to. */
  readonly subject?: { readonly resource: string; readonly recordId: string };
  /** When it took effect, where that was earlier: a late event is posted now, and its period stays closed. */
  readonly effectiveMs?: number;
  readonly reversesEntryId?: string;
  readonly nowMs: number;
}

const POST = `
  WITH entry AS (
    INSERT INTO ledger_entries (idempotency_key, kind, order_id, attempt_id, memo, posted_at, resource, record_id,
      effective_at, reverses_entry_id, recipe_version)
    VALUES ($1, $2, $3, $4, $5, $6, $9, $10, $11, $12, $13) ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
  ), lines AS (
    INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
    SELECT entry.id * ${POSTING_KEY_FACTOR} + r.line_no, entry.id, r.line_no, r.account_id, r.amount_hao
    FROM entry, unnest($7::uuid[], $8::bigint[]) WITH ORDINALITY AS r(account_id, amount_hao, line_no)
  )
  SELECT id FROM entry`;

/** The id of the new entry; undefined where its key was there already. */
export async function insertEntry(
  client: PoolClient,
  entry: NewEntry,
): Promise<string | undefined> {
  const { key, kind, orderId, attemptId, memo, nowMs, lines, subject } = entry;
  const posted = await client.query<{ id: string }>(POST, [
    key,
    kind,
    orderId,
    attemptId,
    memo ?? null,
    new Date(nowMs),
    lines.map((line) => line.accountId),
    lines.map((line) => line.amountHao),
    subject?.resource ?? null,
    subject?.recordId ?? null,
    entry.effectiveMs === undefined ? null : new Date(entry.effectiveMs),
    entry.reversesEntryId ?? null,
    recipeVersionOf(kind),
  ]);
  return posted.rows[0]?.id;
}

/**
 * Writes an entry inside the caller's transaction; false where its key was there already. Cached balances of accounts
 * with a floor are the caller's to change: `bookEntry` does both.
 */
export async function postEntry(client: PoolClient, entry: NewEntry): Promise<boolean> {
  return (await insertEntry(client, entry)) !== undefined;
}
