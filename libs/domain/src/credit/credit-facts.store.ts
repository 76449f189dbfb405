import type { Sql } from '../database/sql.js';
import { NEW_ORDERS } from './credit-score.js';

/** A credit line with what is read of its platform; its row and its account are locked. */
export interface LockedCredit {
  readonly lineId: string;
  readonly platformId: string;
  readonly accountId: string;
  readonly balanceHao: number;
  readonly agreedHao: number;
  readonly limitHao: number;
  readonly raisedAtMs: number | null;
  readonly termDays: number;
  readonly isIdentityChecked: boolean;
  readonly daysKnown: number;
  readonly overrideScore: number | null;
}

const LOCK_ACCOUNT = `
  SELECT id, balance_hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1 FOR UPDATE`;
const LOCK_LINE = `
  SELECT l.id, l.agreed_hao, l.limit_hao, l.raised_at, l.term_days, l.identity_checked_on IS NOT NULL AS is_checked,
    CASE WHEN l.override_until > $2 THEN l.override_score END AS override_score,
    floor(extract(epoch FROM $2::timestamptz - p.created_at) / 86400)::int AS days_known
  FROM credit_lines l JOIN platforms p ON p.id = l.platform_id WHERE l.platform_id = $1 FOR UPDATE OF l`;

/** Locks the account, then the line, which is made where there is none; undefined where the platform has no account. */
export async function lockCredit(
  sql: Sql,
  platformId: string,
  nowMs: number,
): Promise<LockedCredit | undefined> {
  const accounts = await sql.query<{ id: string; balance_hao: string }>({
    text: LOCK_ACCOUNT,
    values: [platformId],
  });
  const account = accounts.rows[0];
  if (!account) return undefined;
  await sql.query({
    text: 'INSERT INTO credit_lines (platform_id) VALUES ($1) ON CONFLICT (platform_id) DO NOTHING',
    values: [platformId],
  });
  const lines = await sql.query<{
    id: string;
    agreed_hao: string;
    limit_hao: string;
    raised_at: Date | null;
    term_days: number;
    is_checked: boolean;
    override_score: number | null;
    days_known: number;
  }>({ text: LOCK_LINE, values: [platformId, new Date(nowMs)] });
  const line = lines.rows[0];
  if (!line) return undefined;
  return {
    lineId: line.id,
    platformId,
    accountId: account.id,
    balanceHao: Number(account.balance_hao),
    agreedHao: Number(line.agreed_hao),
    limitHao: Number(line.limit_hao),
    raisedAtMs: line.raised_at?.getTime() ?? null,
    termDays: line.term_days,
    isIdentityChecked: line.is_checked,
    daysKnown: Math.max(0, line.days_known),
    overrideScore: line.override_score,
  };
}

/** What platforms traded in 30 days, read once for all of them. */
export interface RecentTrade {
  readonly deliveredHao: number;
  readonly orders: number;
  readonly madeGood: number;
}

const TRADE = `
  SELECT o.platform_id, count(*)::int AS orders,
    coalesce(sum(o.amount_hao - o.refunded_hao) FILTER (WHERE o.status IN ('succeeded', 'partial')), 0) AS delivered,
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM compensations c WHERE c.order_id = o.id))::int AS made_good
  FROM orders o WHERE o.id >= $1::bigint AND o.created_at >= $2 AND ($3::uuid IS NULL OR o.platform_id = $3)
  GROUP BY o.platform_id`;

export async function readRecentTrade(
  sql: Sql,
  {
    firstOrderId,
    since,
    platformId,
  }: {
    readonly firstOrderId: string;
    readonly since: Date;
    readonly platformId: string | null;
  },
): Promise<ReadonlyMap<string, RecentTrade>> {
  const { rows } = await sql.query<{
    platform_id: string;
    orders: number;
    delivered: string;
    made_good: number;
  }>({ name: 'credit-trade', text: TRADE, values: [firstOrderId, since, platformId] });
  return new Map(
    rows.map((row) => [
      row.platform_id,
      { deliveredHao: Number(row.delivered), orders: row.orders, madeGood: row.made_good },
    ]),
  );
}

/** Orders that a platform has paid, counted no further than a new one must have. */
export async function countPaidOrders(sql: Sql, accountId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>({
    name: 'credit-paid-orders',
    text: `SELECT count(*)::int AS count FROM (
             SELECT 1 FROM ledger_postings WHERE account_id = $1 AND amount_hao > 0 LIMIT ${NEW_ORDERS}) AS charged`,
    values: [accountId],
  });
  return rows[0]?.count ?? 0;
}

/** What all platforms owe us together. */
export async function readAllReceivables(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ owed: string }>({
    name: 'credit-receivables',
    text: `SELECT coalesce(sum(-balance_hao), 0) AS owed FROM ledger_accounts WHERE kind = 'platform-balance' AND balance_hao < 0`,
  });
  return Number(rows[0]?.owed ?? 0);
}
