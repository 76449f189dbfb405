import type { Pool } from 'pg';
import { inTransaction } from '../database/sql.js';
import type { Actor } from '../order/order-event-type.js';
import { DomainError } from '../shared/domain-error.js';
import { advanceLargeOrderIn, type LargeOrderStanding } from './advance-large-order.store.js';
import type { LargePaymentSource } from './large-order-phase.js';
import { lockLargeOrder } from './locked-large-order.store.js';

interface LargeOrderNews {
  readonly orderId: string;
  readonly actor: Actor;
  readonly nowMs: number;
}

/**
 * A run is told of a payment: it goes on with it where it stands in the books. It books none itself, whoever tells it: money
 * is booked where a second person agrees to large sums. Throws `large-order.not-booked`.
 */
export function hearOfPayment(
  pool: Pool,
  told: LargeOrderNews & {
    readonly source: LargePaymentSource;
    readonly reference: string;
    readonly amountHao: number;
  },
): Promise<LargeOrderStanding> {
  return inTransaction(pool, async (client) => {
    await lockLargeOrder(client, told.orderId);
    const booked = await client.query(
      `SELECT 1 FROM large_order_payments WHERE source = $1 AND reference = $2 AND order_id = $3 AND amount_hao = $4`,
      [told.source, told.reference.trim(), told.orderId, told.amountHao],
    );
    if (booked.rowCount === 0) throw new DomainError('large-order.not-booked');
    return advanceLargeOrderIn(client, told, false);
  });
}

/** The same of a deadline that was moved: more time to pay is credit. Throws `large-order.not-booked`. */
export function hearOfDeadline(
  pool: Pool,
  told: LargeOrderNews & { readonly dueAtMs: number },
): Promise<LargeOrderStanding> {
  return inTransaction(pool, async (client) => {
    const { dueAtMs } = await lockLargeOrder(client, told.orderId);
    if (dueAtMs !== told.dueAtMs) throw new DomainError('large-order.not-booked');
    return advanceLargeOrderIn(client, told, false);
  });
}
