import { WAITING_STATUSES_SQL } from '#domain';
import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { isDatabaseAway } from '#domain/database';
import { endOrder, fillWaitingOrders } from '#domain/stores';
import { isConnectionLost } from './connection-lost.js';
import type { Sweep } from './sweep-queries.js';

const PAGE_ROWS = 200;
const PAGES_MAX = 10;

/** Those that could not be ended in this round are not read again: they would stand before all others. */
const OVERDUE = `
  SELECT id, product_id FROM orders
  WHERE status IN ${WAITING_STATUSES_SQL} AND deadline_at < now() - interval '20 seconds' AND sourcing_quantity = 0
    AND NOT (id = ANY($1::bigint[]))
  ORDER BY deadline_at LIMIT ${PAGE_ROWS}`;

const logger = new Logger('OverdueOrders');

/** The deadline's own run comes first; this is for the time when it cannot. */
export const failOverdueOrders: Sweep = async (pool) => {
  const putOffIds: string[] = [];
  const isFree = new Map<string, boolean>();
  let endedCount = 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { rows } = await pool.query<{ id: string; product_id: string }>(OVERDUE, [putOffIds]);
    for (const { id, product_id: productId } of rows) {
      if (!isFree.has(productId)) isFree.set(productId, await fillFirst(pool, productId));
      if (isFree.get(productId) === true && (await failOrder(pool, id))) endedCount += 1;
      else putOffIds.push(id);
    }
    if (rows.length < PAGE_ROWS) break;
  }
  return endedCount;
};

/**
 * Nobody is told "out of stock" while cards lie there. Answers whether the product's orders can be ended now: one that
 * is locked elsewhere waits for the next round. A filling that is broken keeps nobody's money: its orders are ended.
 */
async function fillFirst(pool: Pool, productId: string): Promise<boolean> {
  try {
    await fillWaitingOrders(pool, { productId, nowMs: Date.now() });
    return true;
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    logger.error(`product ${productId} was not filled before its deadlines`, error);
    return !isDatabaseAway(error);
  }
}

/** An order that breaks stands alone: those behind it have deadlines, too. */
async function failOrder(pool: Pool, orderId: string): Promise<boolean> {
  try {
    const result = await endOrder(pool, {
      orderId,
      to: 'failed',
      failCode: 'out-of-stock',
      actor: { kind: 'system', name: 'sweep' },
      nowMs: Date.now(),
    });
    return result.ended;
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    logger.error(`order ${orderId} could not be failed`, error);
    return false;
  }
}
