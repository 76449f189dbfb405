import type { PoolClient, QueryConfig } from 'pg';
import { stopsSales, type CreditStage } from '../credit/credit-band.js';
import { invariant } from '../shared/assert.js';
import type { BalanceFacts } from './accept-order.js';

/** Limit, stage and balance stand in the one row that is locked; who is on watch is looked up beside it. */
const LOCK_BALANCES = `
  SELECT a.id, a.platform_id, a.balance_hao, coalesce(a.order_floor_hao, a.floor_hao) AS floor_hao, a.credit_stage,
    (SELECT c.order_limit_hao FROM credit_lines c WHERE c.platform_id = a.platform_id) AS order_limit_hao,
    (SELECT array_agg(w.subject) FROM risk_watches w WHERE w.platform_id = a.platform_id AND w.ended_at IS NULL
       AND w.until > $3 AND (w.subject = '' OR w.subject = ANY($2::text[]))) AS watched
  FROM ledger_accounts a
  WHERE a.kind = 'platform-balance' AND a.platform_id = ANY($1::uuid[])
  ORDER BY a.id FOR NO KEY UPDATE OF a`;

export interface BalanceRow {
  id: string;
  platform_id: string;
  balance_hao: string;
  floor_hao: string;
  credit_stage: CreditStage;
  order_limit_hao: string | null;
  watched: string[] | null;
}

/** Whose balances are locked, and who buys. */
export interface Buyers {
  readonly platformIds: readonly string[];
  readonly customerNos: readonly (string | null)[];
}

export const lockBalancesQuery = (
  { platformIds, customerNos }: Buyers,
  nowMs: number,
): QueryConfig<unknown[]> => ({
  name: 'lock-balances',
  text: LOCK_BALANCES,
  values: [platformIds, customerNos, new Date(nowMs)],
});

export function balanceFacts(row: BalanceRow): BalanceFacts {
  const watched = row.watched ?? [];
  return {
    balanceHao: Number(row.balance_hao),
    floorHao: Number(row.floor_hao),
    isSalesStopped: stopsSales(row.credit_stage),
    orderLimitHao: row.order_limit_hao === null ? null : Number(row.order_limit_hao),
    isPlatformWatched: watched.includes(''),
    watchedCustomers: watched,
  };
}

/** One platform's balance under its lock: what may be bought with it now, and what would hold an order. */
export async function lockBalance(
  client: PoolClient,
  buyer: { readonly platformId: string; readonly customerNo: string | null },
  nowMs: number,
): Promise<{ readonly accountId: string; readonly facts: BalanceFacts }> {
  const buyers = { platformIds: [buyer.platformId], customerNos: [buyer.customerNo] };
  const { rows } = await client.query<BalanceRow>(lockBalancesQuery(buyers, nowMs));
  const row = rows[0];
  invariant(row, `platform ${buyer.platformId} has a balance account`);
  return { accountId: row.id, facts: balanceFacts(row) };
}
