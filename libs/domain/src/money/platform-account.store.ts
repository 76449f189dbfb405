import type pg from 'pg';
import { inTransaction } from '../database/sql.js';
import { invariant } from '../shared/assert.js';
import { requireHao } from '../shared/money.js';
import { bookMove } from './book-entry.store.js';

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
  await pool.query(
    'INSERT INTO credit_lines (platform_id) VALUES ($1) ON CONFLICT (platform_id) DO NOTHING',
    [platform.id],
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
  const { platformId, amountHao, key, memo } = topUp;
  invariant(requireHao(amountHao) > 0, 'a top-up is a positive amount');
  const { isNew } = await bookMove(client, {
    key: `top-up:${key}`,
    kind: 'platform-top-up',
    platformId,
    amountHao,
    memo,
    nowMs: Date.now(),
  });
  const found = await client.query<{ balance_hao: string }>(
    `SELECT balance_hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
    [platformId],
  );
  return { isNew, balanceHao: Number(found.rows[0]?.balance_hao) };
}
