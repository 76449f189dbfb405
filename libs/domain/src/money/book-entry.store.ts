import type { PoolClient } from 'pg';
import { invariant } from '../shared/assert.js';
import { DomainError } from '../shared/domain-error.js';
import { formatAmount } from '../shared/money.js';
import { accountIdOfKind } from './account.store.js';
import { insertEntry, type NewEntry } from './post-entry.store.js';
import type { AccountKind, PostingLine } from './posting.js';
import { accountsOfRecipe, movePostings } from './recipe.js';

export interface BookedEntry {
  readonly entryId: string;
  readonly isNew: boolean;
}

/** Accounts with a floor, in the order in which everybody locks them. */
const LOCK = `
  SELECT id FROM ledger_accounts WHERE id = ANY($1::uuid[]) AND balance_hao IS NOT NULL ORDER BY id FOR NO KEY UPDATE`;

const MOVE_BALANCES = `
  UPDATE ledger_accounts a SET balance_hao = a.balance_hao - m.sum_hao
  FROM (SELECT account_id, sum(amount_hao) AS sum_hao FROM unnest($1::uuid[], $2::bigint[]) AS l(account_id, amount_hao)
    GROUP BY account_id) m
  WHERE a.id = m.account_id AND a.balance_hao IS NOT NULL`;

/**
 * Books an entry inside the caller's transaction: its postings and the balances of its accounts. The same key books once;
 * with another content it is a mistake and throws. An account that would go below its floor refuses with
 * `ledger.below-floor`, and the transaction is lost.
 */
export async function bookEntry(client: PoolClient, entry: NewEntry): Promise<BookedEntry> {
  const accountIds = entry.lines.map((line) => line.accountId);
  await client.query(LOCK, [accountIds]);
  const entryId = await insertEntry(client, entry);
  if (entryId === undefined) return { entryId: await sameEntry(client, entry), isNew: false };
  const amounts = entry.lines.map((line) => line.amountHao);
  await client.query(MOVE_BALANCES, [accountIds, amounts]).catch((error: unknown) => {
    throw belowFloor(error, entry);
  });
  return { entryId, isNew: true };
}

function belowFloor(error: unknown, entry: NewEntry): unknown {
  const { constraint } = error as { readonly constraint?: string };
  if (constraint !== 'ck_ledger_accounts_floor') return error;
  const largest = Math.max(...entry.lines.map((line) => line.amountHao));
  return new DomainError('ledger.below-floor', { amount: formatAmount(largest) });
}

const SAME = `
  SELECT e.id FROM ledger_entries e
  WHERE e.idempotency_key = $1 AND e.kind = $2 AND e.reverses_entry_id IS NOT DISTINCT FROM $3::bigint
    AND (SELECT array_agg(p.account_id || ':' || p.amount_hao ORDER BY p.account_id, p.amount_hao) FROM ledger_postings p
         WHERE p.entry_id = e.id AND p.id BETWEEN e.id * 64 AND e.id * 64 + 63)
      = (SELECT array_agg(l.account_id || ':' || l.amount_hao ORDER BY l.account_id, l.amount_hao)
         FROM unnest($4::uuid[], $5::bigint[]) AS l(account_id, amount_hao))`;

async function sameEntry(client: PoolClient, entry: NewEntry): Promise<string> {
  const { rows } = await client.query<{ id: string }>(SAME, [
    entry.key,
    entry.kind,
    entry.reversesEntryId ?? null,
    entry.lines.map((line) => line.accountId),
    entry.lines.map((line) => line.amountHao),
  ]);
  const row = rows[0];
  invariant(row, `the entry ${entry.key} repeats what was booked under its key`);
  return row.id;
}

export type NewMove = Omit<NewEntry, 'lines' | 'orderId' | 'attemptId'> & {
  readonly platformId: string | null;
  readonly amountHao: number;
  readonly orderId?: string | null;
  /** Where the recipe knows more than one. */
  readonly debit?: AccountKind;
  readonly credit?: AccountKind;
};

/** Books an event whose recipe moves one amount between two accounts. */
export async function bookMove(client: PoolClient, move: NewMove): Promise<BookedEntry> {
  const lines = await moveLines(client, move);
  return bookEntry(client, { ...move, orderId: move.orderId ?? null, attemptId: null, lines });
}

async function moveLines(client: PoolClient, move: NewMove): Promise<readonly PostingLine[]> {
  const usual = move.debit && move.credit ? undefined : accountsOfRecipe(move.kind);
  const debit = move.debit ?? usual?.debit;
  const credit = move.credit ?? usual?.credit;
  invariant(debit && credit, `an entry of the kind ${move.kind} has two sides`);
  const debitId = await accountIdOfKind(client, debit, move.platformId);
  const creditId = await accountIdOfKind(client, credit, move.platformId);
  return movePostings({ debitId, creditId }, move.amountHao);
}
