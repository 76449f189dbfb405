import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import {
  OUR_FAIL_CODES_SQL,
  promisedCompensationsSql,
  reordersSql,
} from '../compensation/open-compensation.store.js';
import { LOCK_PRODUCTS } from '../inventory/product-lock.store.js';
import { closeLargeOrder } from '../large-order/close-large-order.store.js';
import { refundPostings } from '../money/posting.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import { refundDueHao } from '../money/refund.js';
import { DomainError } from '../shared/domain-error.js';
import type { Actor } from './order-event-type.js';
import { UNIT_KEY_FACTOR } from './unit-status.js';
import { canMove } from '../shared/transitions.js';
import { isFinal, ORDER_MOVES, type OrderFailCode, type OrderStatus } from './order-status.js';

export interface EndOrder {
  readonly orderId: string;
  readonly to: 'failed' | 'cancelled';
  readonly failCode: OrderFailCode;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly reason?: string;
}

export interface OrderEnd {
  readonly ended: boolean;
  /** A wish to cancel is noted and will be kept as soon as no supplier may deliver any more. */
  readonly asked: boolean;
  readonly status: OrderStatus;
}

interface OrderRow {
  order_no: string;
  product_id: string;
  product_code: string;
  platform_id: string;
  status: OrderStatus;
  quantity: number;
  delivered_quantity: number;
  sourcing_quantity: number;
  released_quantity: number | null;
  unit_price_hao: string;
  amount_hao: string;
  refunded_hao: string;
  version: number;
  callback_url: string | null;
  reply_until: Date | null;
}

const LOCK_ORDER = `
  SELECT order_no, product_id, product_code, platform_id, status, quantity, delivered_quantity, sourcing_quantity,
    released_quantity, unit_price_hao, amount_hao, refunded_hao, version, callback_url, reply_until
  FROM orders WHERE id = $1 FOR UPDATE`;

const END_ORDER = `
  WITH ended AS (
    UPDATE orders SET status = $2, fail_code = $3, refunded_hao = refunded_hao + $4::bigint, deadline_at = NULL,
      version = version + 1, updated_at = $5
    WHERE id = $1 AND status = $6 AND sourcing_quantity = 0
    RETURNING id, order_no, version, callback_url, reply_until
  ), ours AS (
    SELECT id FROM ended WHERE $3 IN ${OUR_FAIL_CODES_SQL}
  ), units AS (
    UPDATE order_units SET status = 'released' WHERE id BETWEEN $1::bigint * ${UNIT_KEY_FACTOR} AND $1::bigint * ${UNIT_KEY_FACTOR} + ${UNIT_KEY_FACTOR - 1} AND status = 'pending'
  ), events AS (
    INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, detail, created_at)
    SELECT id, $7, $6, $2, $8, $9, $10::jsonb, $5 FROM ended
  ), ${owedCallbacksSql('ended', '$5')}, ${promisedCompensationsSql({ source: 'ours', at: '$5', cause: 'not-delivered' })},
  ${reordersSql({ source: 'ended', at: '$5', failCode: '$3' })}, outbox AS (
    INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'order-changed', id::text, $5 FROM ended
  )
  SELECT 1 / (count(*) = 1)::int AS ended FROM ended`;

/**
 * Ends an order that still waits: what was not delivered is released and refunded in the same transaction. Asking again
 * changes nothing; `ended` is false where the order was final already, and `status` tells how. While a supplier may still
 * deliver, an order does not end: a wish to cancel is noted (`asked`), nothing more is bought, and the order's run ends it
 * when all that is under way is known. Throws `order.not-found`.
 */
export async function endOrder(
  pool: Pool,
  command: EndOrder,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<OrderEnd> {
  return inTransaction(pool, (client) => endOrderIn(client, command, afterChange));
}

/** The same inside the caller's transaction, which holds no lock that comes before these. */
export async function endOrderIn(
  client: PoolClient,
  command: EndOrder,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<OrderEnd> {
  const order = await lockOrder(client, command.orderId);
  if (isFinal(order.status)) return { ended: false, asked: false, status: order.status };
  if (order.sourcing_quantity > 0) {
    const asked = command.to === 'cancelled' && (await askToCancel(client, command));
    if (asked) await afterChange(client);
    return { ended: false, asked: command.to === 'cancelled', status: order.status };
  }
  if (order.status === 'held') await closeCaseOf(client, command);
  const to = order.delivered_quantity > 0 ? 'partial' : command.to;
  if (!canMove(ORDER_MOVES, order.status, to))
    return { ended: false, asked: false, status: order.status };
  const { refundHao, forfeitedHao } = await giveBack(client, order, command);
  await client.query(END_ORDER, [
    command.orderId,
    to,
    command.failCode,
    refundHao,
    new Date(command.nowMs),
    order.status,
    command.to,
    command.actor.kind,
    command.actor.name,
    JSON.stringify({
      failCode: command.failCode,
      refundedHao: refundHao,
      ...(forfeitedHao === 0 ? {} : { forfeitedHao }),
      reason: command.reason ?? null,
    }),
  ]);
  await afterChange(client);
  return { ended: true, asked: false, status: to };
}

/** Nobody decides about an order that has ended otherwise. */
async function closeCaseOf(client: PoolClient, command: EndOrder): Promise<void> {
  await client.query(
    `UPDATE risk_cases SET status = 'withdrawn', decided_by = $2, decided_at = $3, decision_reason = $4
     WHERE order_id = $1 AND status = 'open'`,
    [command.orderId, command.actor.name, new Date(command.nowMs), command.reason ?? null],
  );
}

/** Books what goes back to the platform: all that was paid and not delivered. */
async function giveBack(
  client: PoolClient,
  order: OrderRow,
  { orderId, failCode, nowMs }: EndOrder,
): Promise<{ readonly refundHao: number; readonly forfeitedHao: number }> {
  const unitPriceHao = Number(order.unit_price_hao);
  const deliveredQuantity = order.delivered_quantity;
  if (order.released_quantity !== null)
    return closeLargeOrder(client, {
      orderId,
      platformId: order.platform_id,
      productId: order.product_id,
      unitPriceHao,
      deliveredQuantity,
      isOverdue: failCode === 'payment-overdue',
      nowMs,
    });
  const refundHao = refundDueHao({
    amountHao: Number(order.amount_hao),
    unitPriceHao,
    deliveredQuantity,
    refundedHao: Number(order.refunded_hao),
  });
  if (refundHao > 0) await refundOrder(client, orderId, order.platform_id, refundHao, nowMs);
  return { refundHao, forfeitedHao: 0 };
}

const ASK_TO_CANCEL = `
  WITH asked AS (
    UPDATE orders SET cancel_asked_at = $2, cancel_code = $3, version = version + 1, updated_at = $2
    WHERE id = $1 AND cancel_asked_at IS NULL RETURNING id
  ), events AS (
    INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
    SELECT id, 'cancel-asked', $4, $5, $6::jsonb, $2 FROM asked
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'order-changed', id::text, $2 FROM asked`;

/** False where it was asked before. */
async function askToCancel(client: PoolClient, command: EndOrder): Promise<boolean> {
  const noted = await client.query(ASK_TO_CANCEL, [
    command.orderId,
    new Date(command.nowMs),
    command.failCode,
    command.actor.kind,
    command.actor.name,
    JSON.stringify({ reason: command.reason ?? null }),
  ]);
  return (noted.rowCount ?? 0) > 0;
}

/** Locks in the order all scripts keep: the product, then the order's row (the balance follows with the refund). */
async function lockOrder(client: PoolClient, orderId: string): Promise<OrderRow> {
  const found = await client.query<{ product_code: string }>(
    'SELECT product_code FROM orders WHERE id = $1',
    [orderId],
  );
  const code = found.rows[0]?.product_code;
  if (code === undefined) throw new DomainError('order.not-found', { orderId });
  await client.query(LOCK_PRODUCTS, [[code]]);
  const locked = await client.query<OrderRow>(LOCK_ORDER, [orderId]);
  const order = locked.rows[0];
  if (!order) throw new DomainError('order.not-found', { orderId });
  return order;
}

const REFUND = `
  WITH entry AS (
    INSERT INTO ledger_entries (idempotency_key, kind, order_id, posted_at)
    VALUES ('order:' || $1::bigint || ':refund', 'order-refund', $1, $2) RETURNING id
  ), postings AS (
    INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
    SELECT entry.id * 64 + r.line_no, entry.id, r.line_no, r.account_id, r.amount_hao
    FROM entry, unnest($3::uuid[], $4::bigint[]) WITH ORDINALITY AS r(account_id, amount_hao, line_no)
  )
  UPDATE ledger_accounts SET balance_hao = balance_hao + $5::bigint WHERE id = $6`;

async function refundOrder(
  client: PoolClient,
  orderId: string,
  platformId: string,
  refundHao: number,
  nowMs: number,
): Promise<void> {
  const accounts = await client.query<{ id: string; kind: string }>(
    `SELECT id, kind FROM ledger_accounts WHERE code = 'revenue' OR (kind = 'platform-balance' AND platform_id = $1)`,
    [platformId],
  );
  const idOf = (kind: string): string => {
    const account = accounts.rows.find((row) => row.kind === kind);
    if (!account) throw new Error(`no ${kind} account`);
    return account.id;
  };
  const platformBalanceId = idOf('platform-balance');
  const lines = refundPostings({ platformBalanceId, revenueId: idOf('revenue') }, refundHao);
  await client.query(REFUND, [
    orderId,
    new Date(nowMs),
    lines.map((line) => line.accountId),
    lines.map((line) => line.amountHao),
    refundHao,
    platformBalanceId,
  ]);
}
