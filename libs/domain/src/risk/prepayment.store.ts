import type { Sql } from '../database/sql.js';
import type { PrepaymentFacts } from './prepayment.js';

const READ = `
  SELECT greatest(-a.balance_hao, 0) AS exposure_hao, -a.floor_hao AS limit_hao,
    (SELECT coalesce(sum(o.amount_hao), 0) FROM orders o
     WHERE o.platform_id = $1 AND o.created_at > $2::timestamptz - interval '1 day') AS last_day_hao,
    (SELECT coalesce(sum(o.amount_hao), 0) / 30 FROM orders o
     WHERE o.platform_id = $1 AND o.created_at > $2::timestamptz - interval '30 days') AS usual_day_hao
  FROM ledger_accounts a WHERE a.kind = 'platform-balance' AND a.platform_id = $1`;

/** What is known of a platform (and of its customer) when it places a large order. */
export async function readPrepaymentFacts(
  sql: Sql,
  ask: {
    readonly platformId: string;
    readonly customerNo: string | null;
    readonly amountHao: number;
    readonly nowMs: number;
  },
): Promise<PrepaymentFacts> {
  const { rows } = await sql.query<{
    exposure_hao: string;
    limit_hao: string;
    last_day_hao: string;
    usual_day_hao: string;
  }>({ name: 'prepayment-facts', text: READ, values: [ask.platformId, new Date(ask.nowMs)] });
  const row = rows[0];
  return {
    amountHao: ask.amountHao,
    band: null,
    stage: 'open',
    limitHao: Number(row?.limit_hao ?? 0),
    exposureHao: Number(row?.exposure_hao ?? 0),
    isWatched: false,
    orderedLastDayHao: Number(row?.last_day_hao ?? 0),
    usualDayHao: Number(row?.usual_day_hao ?? 0),
  };
}
