import type { Pool, PoolClient } from 'pg';
import { isDatabaseAway } from '../database/sql.js';
import { endOrder } from '../order/end-order.store.js';
import { shanghaiDate } from '../shared/business-time.js';
import { isRightLapsedSql, isShutSql } from './gate-sql.js';

const OF_ORDER = `
  SELECT ${isRightLapsedSql({ productId: 'o.product_id', platformId: 'o.platform_id' }, '$2::date', '$3::timestamptz')} AS is_lapsed
  FROM orders o WHERE o.id = $1`;

/** Whether the right to deliver what this order has paid for has lapsed: then nothing more is bought or delivered for it. */
export async function isRightLapsedFor(
  client: Pick<PoolClient, 'query'>,
  orderId: string,
  nowMs: number,
): Promise<boolean> {
  const { rows } = await client.query<{ is_lapsed: boolean }>(OF_ORDER, [
    orderId,
    shanghaiDate(nowMs),
    new Date(nowMs),
  ]);
  return rows[0]?.is_lapsed === true;
}

/** Products without a lapsed right are not looked at: nearly always there is none. */
const LAPSED = `
  SELECT o.id FROM (SELECT DISTINCT g.product_id FROM sale_gates g
    WHERE g.fulfil_until < $1::date AND ${isShutSql('g', '$1::date', '$2::timestamptz')}) AS s
  JOIN orders o ON o.product_id = s.product_id
  WHERE o.status IN ('accepted', 'held', 'awaiting-payment', 'processing') AND o.sourcing_quantity = 0
    AND NOT (o.id = ANY($3::bigint[]))
    AND ${isRightLapsedSql({ productId: 'o.product_id', platformId: 'o.platform_id' }, '$1::date', '$2::timestamptz')}
  ORDER BY o.id LIMIT 200`;

/**
 * Orders that were accepted while everything was in order, and whose right has lapsed since: they are ended and refunded.
 * What a supplier is delivering already is taken; the rest goes back once that is known. Answers how many ended.
 */
export async function endLapsedOrders(pool: Pool, nowMs: number): Promise<number> {
  const putOff: string[] = [];
  let ended = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(LAPSED, [
      shanghaiDate(nowMs),
      new Date(nowMs),
      putOff,
    ]);
    for (const { id } of rows)
      if (await endLapsed(pool, id, nowMs)) ended += 1;
      else putOff.push(id);
    if (rows.length < 200) return ended;
  }
}

/** An order that breaks stands alone. */
async function endLapsed(pool: Pool, orderId: string, nowMs: number): Promise<boolean> {
  try {
    const result = await endOrder(pool, {
      orderId,
      to: 'failed',
      failCode: 'licence-lapsed',
      actor: { kind: 'system', name: 'licence' },
      nowMs,
    });
    return result.ended;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return false;
  }
}
