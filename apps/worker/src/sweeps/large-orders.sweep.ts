import { Logger } from '@nestjs/common';
import { advanceLargeOrder } from '#domain/stores';
import { isConnectionLost } from './connection-lost.js';
import type { Sweep } from './sweep-queries.js';

/** Their runs come first; this is for the time when they cannot. Those whose order has ended wait to be closed. */
const DUE = `
  SELECT l.order_id FROM large_orders l JOIN orders o ON o.id = l.order_id
  WHERE l.phase <> 'ended' AND (l.next_at < now() - interval '5 seconds'
    OR (o.status IN ('succeeded', 'partial', 'failed', 'cancelled') AND o.updated_at < now() - interval '5 seconds'))
  ORDER BY l.next_at LIMIT 200`;

const logger = new Logger('LargeOrders');

/** The backstop behind the runs of large orders: money that has cleared, deadlines, reminders. */
export const advanceLargeOrders: Sweep = async (pool) => {
  const { rows } = await pool.query<{ order_id: string }>(DUE);
  let advanced = 0;
  for (const { order_id: orderId } of rows) {
    try {
      const actor = { kind: 'system', name: 'sweep' } as const;
      await advanceLargeOrder(pool, { orderId, actor, nowMs: Date.now() });
      advanced += 1;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      logger.error(`large order ${orderId} could not be moved on`, error);
    }
  }
  return advanced;
};
