import type { Sql } from '../database/sql.js';

/** What we would lose if a platform paid nothing any more, with its parts. */
export interface Exposure {
  /** What it owes: its balance, below zero. Accepted open orders were charged when accepted, so they are part of it. */
  readonly receivableHao: number;
  /** Of the charged orders, what is not delivered yet. */
  readonly openOrdersHao: number;
  /** Large orders that go on, and are not paid yet. */
  readonly unpaidLargeHao: number;
  readonly depositHao: number;
  readonly totalHao: number;
}

const READ = `
  SELECT greatest(-a.balance_hao, 0) AS receivable,
    (SELECT coalesce(sum(o.amount_hao - o.refunded_hao), 0) FROM orders o
     WHERE o.platform_id = $1 AND o.status IN ('accepted', 'held', 'processing')
       AND o.released_quantity IS NULL) AS open_orders,
    (SELECT coalesce(sum(l.amount_hao - l.paid_hao), 0) FROM large_orders l
     WHERE l.platform_id = $1 AND l.phase <> 'ended') AS unpaid_large,
    (SELECT coalesce(sum(d.balance_hao), 0) FROM ledger_accounts d
     WHERE d.kind = 'platform-deposit' AND d.platform_id = $1) AS deposit
  FROM ledger_accounts a WHERE a.kind = 'platform-balance' AND a.platform_id = $1`;

export async function readExposure(sql: Sql, platformId: string): Promise<Exposure> {
  const { rows } = await sql.query<{
    receivable: string;
    open_orders: string;
    unpaid_large: string;
    deposit: string;
  }>({ name: 'credit-exposure', text: READ, values: [platformId] });
  const row = rows[0];
  const receivableHao = Number(row?.receivable ?? 0);
  const unpaidLargeHao = Number(row?.unpaid_large ?? 0);
  const depositHao = Number(row?.deposit ?? 0);
  return {
    receivableHao,
    openOrdersHao: Number(row?.open_orders ?? 0),
    unpaidLargeHao,
    depositHao,
    totalHao: Math.max(0, receivableHao + unpaidLargeHao - depositHao),
  };
}
