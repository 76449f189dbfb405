import type { PoolClient } from 'pg';
import { invariant } from '../shared/assert.js';
import type { AccountKind } from './posting.js';

/** Accounts that a platform has besides its balance, with the beginning of their codes. They never go below zero. */
const PLATFORM_ACCOUNTS = {
  'platform-held': 'held',
  'platform-deposit': 'deposit',
  'platform-prepayment': 'prepayment',
} as const satisfies Partial<Record<AccountKind, string>>;

const isPlatformAccount = (kind: AccountKind): kind is keyof typeof PLATFORM_ACCOUNTS =>
  Object.hasOwn(PLATFORM_ACCOUNTS, kind);

const FIND = `
  SELECT id FROM ledger_accounts
  WHERE kind = $1 AND (platform_id = $2 OR ($1 NOT IN ('platform-balance', 'platform-held', 'platform-deposit', 'platform-prepayment') AND platform_id IS NULL AND supplier_id IS NULL))`;

const MAKE = `
  INSERT INTO ledger_accounts (code, kind, platform_id, balance_hao, floor_hao)
  SELECT $3 || ':' || code, $1, id, 0, 0 FROM platforms WHERE id = $2 ON CONFLICT DO NOTHING`;

/** The account of a kind; those of a platform are made where they are needed for the first time. */
export async function accountIdOfKind(
  client: PoolClient,
  kind: AccountKind,
  platformId: string | null,
): Promise<string> {
  const found = await client.query<{ id: string }>(FIND, [kind, platformId]);
  const id = found.rows[0]?.id;
  if (id !== undefined) return id;
  invariant(isPlatformAccount(kind) && platformId !== null, `the ledger has an account ${kind}`);
  await client.query(MAKE, [kind, platformId, PLATFORM_ACCOUNTS[kind]]);
  const made = await client.query<{ id: string }>(FIND, [kind, platformId]);
  const row = made.rows[0];
  invariant(row, `platform ${platformId} has an account ${kind}`);
  return row.id;
}
