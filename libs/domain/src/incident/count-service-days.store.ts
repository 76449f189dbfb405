import type { Pool } from 'pg';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { shanghaiDayNumber, shanghaiMidnightMs } from '../shared/business-time.js';

/** What a platform or its customer caused is no failure of ours. */
const NOT_OURS = `('account-refused', 'payment-overdue', 'not-accepted', 'cancelled-by-platform')`;

/** Only orders that platforms submitted, and only those that have ended: a day may still change while some wait. */
const COUNT = `
  INSERT INTO service_days (day, fulfilled_count, failed_count, excluded_count, counted_at)
  SELECT (o.created_at AT TIME ZONE 'Asia/Shanghai')::date, count(*) FILTER (WHERE o.status = 'succeeded'),
    count(*) FILTER (WHERE o.status <> 'succeeded' AND NOT x.is_excluded), count(*) FILTER (WHERE o.status <> 'succeeded' AND x.is_excluded), $3
  FROM orders o, LATERAL (SELECT o.status = 'cancelled' OR coalesce(o.fail_code IN ${NOT_OURS}, false) AS is_excluded) x
  WHERE o.id >= $1::bigint AND o.created_at >= $2 AND o.status IN ('succeeded', 'partial', 'failed', 'cancelled') AND o.origin_order_id IS NULL
  GROUP BY 1
  ON CONFLICT (day) DO UPDATE SET fulfilled_count = EXCLUDED.fulfilled_count, failed_count = EXCLUDED.failed_count,
    excluded_count = EXCLUDED.excluded_count, counted_at = EXCLUDED.counted_at
  WHERE (service_days.fulfilled_count, service_days.failed_count, service_days.excluded_count)
    IS DISTINCT FROM (EXCLUDED.fulfilled_count, EXCLUDED.failed_count, EXCLUDED.excluded_count)`;

/** Counts the orders of the last days anew, today's among them. Answers how many days have changed. */
export async function countServiceDays(
  pool: Pool,
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): Promise<number> {
  const from = new Date(shanghaiMidnightMs(shanghaiDayNumber(nowMs) - days + 1));
  const firstId = await firstOrderIdSince(pool, from);
  const counted = await pool.query(COUNT, [firstId, from, new Date(nowMs)]);
  return counted.rowCount ?? 0;
}
