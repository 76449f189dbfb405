import type { CreditBand, CreditStage } from '../credit/credit-band.js';
import { readExposure } from '../credit/exposure.store.js';
import type { Sql } from '../database/sql.js';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { invariant } from '../shared/assert.js';
import { DAY_MS } from '../shared/business-time.js';
import type { PrepaymentFacts } from './prepayment.js';

const USUAL_DAYS = 30;

const READ = `
  SELECT l.band, coalesce(l.stage, 'open') AS stage, coalesce(l.limit_hao, 0) AS limit_hao, t.last_day_hao, t.all_hao,
    EXISTS (SELECT 1 FROM risk_watches w WHERE w.platform_id = $1 AND w.ended_at IS NULL AND w.until > $4
      AND w.subject IN ('', $5)) AS is_watched
  FROM (
    SELECT coalesce(sum(amount_hao) FILTER (WHERE created_at > $4::timestamptz - interval '1 day'), 0) AS last_day_hao,
      coalesce(sum(amount_hao), 0) AS all_hao
    FROM orders WHERE id >= $2::bigint AND created_at >= $3 AND platform_id = $1
  ) AS t LEFT JOIN credit_lines l ON l.platform_id = $1`;

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
  const { platformId, customerNo, amountHao, nowMs } = ask;
  const since = new Date(nowMs - USUAL_DAYS * DAY_MS);
  const { rows } = await sql.query<{
    band: CreditBand | null;
    stage: CreditStage;
    limit_hao: string;
    last_day_hao: string;
    all_hao: string;
    is_watched: boolean;
  }>({
    name: 'prepayment-facts',
    text: READ,
    values: [
      platformId,
      await firstOrderIdSince(sql, since),
      since,
      new Date(nowMs),
      customerNo ?? '',
    ],
  });
  const row = rows[0];
  invariant(row, 'an aggregate answers with one row');
  const { totalHao } = await readExposure(sql, platformId);
  return {
    amountHao,
    band: row.band,
    stage: row.stage,
    limitHao: Number(row.limit_hao),
    exposureHao: totalHao,
    isWatched: row.is_watched,
    orderedLastDayHao: Number(row.last_day_hao),
    usualDayHao: Math.floor(Number(row.all_hao) / USUAL_DAYS),
  };
}
