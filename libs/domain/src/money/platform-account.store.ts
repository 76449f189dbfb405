import type pg from 'pg';
import { inTransaction } from '../database/sql.js';
import { invariant } from '../shared/assert.js';
import { requireHao } from '../shared/money.js';
import { POSTING_KEY_FACTOR, type PostingLine, topUpPostings } from './posting.js';

/** The id of a posting is its entry's times this, plus the line; the table checks it. */

export interface TopUp {
  readonly platformId: string;
  readonly amountHao: number;
  /** The same key books once, for ever: for example the bank's own number of the payment. */
  readonly key: string;
  readonly memo: string;
}

/** The account of a platform's prepaid balance, which may not go below zero. Repeating it changes nothing. */
export async function createPlatformAccount(
  pool: Pick<pg.Pool, 'query'>,
  platform: { readonly id: string; readonly code: string },
): Promise<void> {
  await pool.query(
    `INSERT INTO ledger_accounts (code, kind, platform_id, balance_hao, floor_hao)
     VALUES ('platform:' || $2::text, 'platform-balance', $1, 0, 0) ON CONFLICT DO NOTHING`,
    [platform.id, platform.code],
  );
}

export interface BookedTopUp {
  readonly isNew: boolean;
  readonly balanceHao: number;
}

/**
 * Books a prepayment that has arrived at the bank. A key that was booked before books nothing; with another amount or
 * another platform it is a mistake and throws.
 */
export function bookTopUp(pool: pg.Pool, topUp: TopUp): Promise<BookedTopUp> {
  return inTransaction(pool, (client) => bookTopUpIn(client, topUp));
}

/** The same inside the caller's transaction. */
export async function bookTopUpIn(client: pg.PoolClient, topUp: TopUp): Promise<BookedTopUp> {
  invariant(requireHao(topUp.amountHao) > 0, 'a top-up is a positive amount');
  const account = await lockPlatformAccount(client, topUp.platformId);
  const bankId = await accountIdOf(client, 'bank');
  const lines = topUpPostings({ platformBalanceId: account.id, bankId }, topUp.amountHao);
  const entryId = await insertEntry(client, topUp);
  if (entryId === undefined) {
    await requireSameEntry(client, topUp, account.id);
    return { isNew: false, balanceHao: account.balanceHao };
  }
  await insertPostings(client, entryId, lines);
  const balanceHao = requireHao(account.balanceHao + topUp.amountHao);
  await client.query(
    `UPDATE ledger_accounts SET balance_hao = $2, updated_at = now(), version = version + 1 WHERE id = $1`,
    [account.id, balanceHao],
  );
  return { isNew: true, balanceHao };
}

async function lockPlatformAccount(
  client: pg.PoolClient,
  platformId: string,
): Promise<{ id: string; balanceHao: number }> {
  const found = await client.query<{ id: string; balance_hao: string }>(
    `SELECT id, balance_hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1 FOR UPDATE`,
    [platformId],
  );
  const row = found.rows[0];
  invariant(row, `platform ${platformId} has an account`);
  return { id: row.id, balanceHao: requireHao(Number(row.balance_hao)) };
}

async function accountIdOf(client: pg.PoolClient, code: string): Promise<string> {
  const found = await client.query<{ id: string }>(
    'SELECT id FROM ledger_accounts WHERE code = $1',
    [code],
  );
  const row = found.rows[0];
  invariant(row, `the ledger has an account ${code}`);
  return row.id;
}

async function insertEntry(client: pg.PoolClient, topUp: TopUp): Promise<string | undefined> {
  const made = await client.query<{ id: string }>(
    `INSERT INTO ledger_entries (idempotency_key, kind, memo, posted_at)
     VALUES ($1, 'platform-top-up', $2, now()) ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`,
    [entryKey(topUp), topUp.memo],
  );
  return made.rows[0]?.id;
}

const entryKey = (topUp: TopUp): string => `top-up:${topUp.key}`;

/** All lines in one statement: at its end they must balance. */
async function insertPostings(
  client: pg.PoolClient,
  entryId: string,
  lines: readonly PostingLine[],
): Promise<void> {
  await client.query(
    `INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
     SELECT $1::bigint * ${POSTING_KEY_FACTOR} + line_no, $1, line_no, account_id, amount_hao
     FROM unnest($2::uuid[], $3::bigint[]) WITH ORDINALITY AS l(account_id, amount_hao, line_no)`,
    [entryId, lines.map((line) => line.accountId), lines.map((line) => line.amountHao)],
  );
}

async function requireSameEntry(
  client: pg.PoolClient,
  topUp: TopUp,
  accountId: string,
): Promise<void> {
  const same = await client.query(
    `SELECT 1 FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
     WHERE e.idempotency_key = $1 AND p.account_id = $2 AND p.amount_hao = $3`,
    [entryKey(topUp), accountId, -topUp.amountHao],
  );
  invariant(same.rowCount === 1, `top-up ${topUp.key} repeats what was booked under its key`);
}
