import type { PoolClient } from 'pg';
import { freeReservedCards } from '../inventory/reserved-cards.store.js';
import { lineAmountHao } from '../shared/money.js';
import type { OverdueTerms } from './large-order-phase.js';
import { bookLargeRefund, bookLargeRelease } from './large-money.store.js';

export interface EndedLargeOrder {
  readonly orderId: string;
  readonly platformId: string;
  readonly productId: string;
  readonly unitPriceHao: number;
  readonly deliveredQuantity: number;
  /** The platform has stopped paying: then its agreement says what becomes of the rest. */
  readonly isOverdue: boolean;
  readonly nowMs: number;
}

const LOCK = `
  SELECT paid_hao, released_hao, on_overdue FROM large_orders WHERE order_id = $1 FOR UPDATE`;

const CLOSE = `
  WITH stages AS (
    UPDATE delivery_stages SET status = 'cancelled' WHERE order_id = $1 AND status <> 'accepted'
  )
  UPDATE large_orders SET phase = 'ended', ended_at = $2, next_at = NULL, due_at = NULL, paused_at = NULL,
    forfeited_hao = $3, released_hao = $4 WHERE order_id = $1`;

/**
 * Closes a large order that ends before all is delivered, inside the transaction that ends it: stock that was put aside
 * goes back, and what was paid beyond the delivered units is refunded, or kept where the agreement says so. Answers what
 * is refunded.
 */
export async function closeLargeOrder(
  client: PoolClient,
  ended: EndedLargeOrder,
): Promise<{ readonly refundHao: number; readonly forfeitedHao: number }> {
  const { orderId, platformId, nowMs } = ended;
  const found = await client.query<{
    paid_hao: string;
    released_hao: string;
    on_overdue: OverdueTerms;
  }>(LOCK, [orderId]);
  const row = found.rows[0];
  if (!row) throw new Error(`order ${orderId} has the row of a large order`);
  const releasedHao = Number(row.released_hao);
  const asideHao = Number(row.paid_hao) - releasedHao;
  const undeliveredHao = releasedHao - lineAmountHao(ended.unitPriceHao, ended.deliveredQuantity);
  const isKept = ended.isOverdue && row.on_overdue === 'forfeit';
  const event = { orderId, platformId, nowMs };
  if (isKept) {
    if (asideHao > 0)
      await bookLargeRelease(client, { ...event, step: 'forfeit', memo: 'forfeited' }, asideHao);
  } else if (asideHao + undeliveredHao > 0) {
    await bookLargeRefund(client, { ...event, step: 'refund' }, { asideHao, undeliveredHao });
  }
  await freeReservedCards(client, ended);
  const restHao = asideHao + undeliveredHao;
  await client.query(CLOSE, [
    orderId,
    new Date(nowMs),
    isKept ? restHao : 0,
    isKept ? releasedHao + asideHao : releasedHao,
  ]);
  return { refundHao: isKept ? 0 : restHao, forfeitedHao: isKept ? restHao : 0 };
}
