import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { spendableOf } from '../order/accept-order.js';
import { lockBalance } from '../order/locked-balance.store.js';
import type { Actor } from '../order/order-event-type.js';
import { isFinal } from '../order/order-status.js';
import { DAY_MS } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { formatAmount, HAO_PER_FEN } from '../shared/money.js';
import { advanceLargeOrderIn, type LargeOrderStanding } from './advance-large-order.store.js';
import { bookLargePayment } from './large-money.store.js';
import type { LargePaymentSource } from './large-order-phase.js';
import { lockLargeOrder, type LockedLargeOrder } from './locked-large-order.store.js';
import { acceptDelivered, noteStage } from './stage-effects.store.js';

interface LargeOrderCommand {
  readonly orderId: string;
  readonly actor: Actor;
  readonly nowMs: number;
}

export interface RecordLargePayment extends LargeOrderCommand {
  readonly source: LargePaymentSource;
  /** The bank's number of the payment, or the form that asked for it: booked once, for ever. */
  readonly reference: string;
  readonly amountHao: number;
  readonly payer: string | null;
}

/** Why an amount or a reference is no payment; undefined where it may be one. */
export const isPaymentShape = (payment: {
  readonly amountHao: number;
  readonly reference: string;
}): boolean =>
  Number.isSafeInteger(payment.amountHao) &&
  payment.amountHao > 0 &&
  payment.amountHao % HAO_PER_FEN === 0 &&
  payment.reference.trim().length > 0 &&
  payment.reference.length <= 64;

/**
 * Books a payment that has cleared, and lets go at once what it pays for. The same reference again changes nothing. Throws
 * `payment.invalid`, `payment.too-much`, `payment.reference-reused`, `large-order.ended`, `large-order.held`,
 * `credit.exceeded`.
 */
export function recordLargePayment(
  pool: Pool,
  payment: RecordLargePayment,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<LargeOrderStanding> {
  return inTransaction(pool, (client) => recordLargePaymentIn(client, payment, afterChange));
}

const INSERT_PAYMENT = `
  WITH paid AS (
    INSERT INTO large_order_payments (order_id, source, reference, amount_hao, payer, recorded_by, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING order_id, amount_hao
  )
  UPDATE large_orders l SET paid_hao = paid_hao + paid.amount_hao FROM paid WHERE l.order_id = paid.order_id`;

/** The same inside the caller's transaction. */
export async function recordLargePaymentIn(
  client: PoolClient,
  payment: RecordLargePayment,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<LargeOrderStanding> {
  const { orderId, actor, nowMs, source, amountHao, payer } = payment;
  const reference = payment.reference.trim();
  if (!isPaymentShape(payment)) throw new DomainError('payment.invalid');
  const large = await lockLargeOrder(client, orderId);
  const known = await client.query<{ order_id: string; amount_hao: string }>(
    'SELECT order_id, amount_hao FROM large_order_payments WHERE source = $1 AND reference = $2',
    [source, reference],
  );
  const before = known.rows[0];
  if (before && (before.order_id !== orderId || Number(before.amount_hao) !== amountHao))
    throw new DomainError('payment.reference-reused', { reference });
  if (before) return advanceLargeOrderIn(client, payment, false);
  requireOpen(large);
  const openHao = large.amountHao - large.paidHao;
  if (amountHao > openHao)
    throw new DomainError('payment.too-much', { amount: formatAmount(openHao) });
  if (source === 'balance') await requireBalance(client, large.platformId, payment);
  await client.query(INSERT_PAYMENT, [
    orderId,
    source,
    reference,
    amountHao,
    payer,
    actor.name,
    new Date(nowMs),
  ]);
  await noteStage(
    { client, large, actor, nowMs },
    { type: 'payment-recorded', detail: { amountHao, source, reference } },
  );
  const event = { orderId, platformId: large.platformId, step: `${source}:${reference}`, nowMs };
  await bookLargePayment(client, event, { source, amountHao });
  await afterChange(client);
  return advanceLargeOrderIn(client, payment, true);
}

/** An order that has ended takes no more, and one that waits for a person takes nothing yet. */
function requireOpen(large: LockedLargeOrder): void {
  if (large.status === 'held') throw new DomainError('large-order.held');
  if (isFinal(large.status) || large.phase === 'ended' || large.isCancelAsked)
    throw new DomainError('large-order.ended');
}

/** The same money, limits and stops that orders are held to. */
async function requireBalance(
  client: PoolClient,
  platformId: string,
  { amountHao, nowMs }: Pick<RecordLargePayment, 'amountHao' | 'nowMs'>,
): Promise<void> {
  const { facts } = await lockBalance(client, { platformId, customerNo: null }, nowMs);
  if (spendableOf(facts) < amountHao)
    throw new DomainError('credit.exceeded', { amount: formatAmount(amountHao) });
}

export interface AcceptStage extends LargeOrderCommand {
  readonly stageNo: number;
}

/**
 * Accepts a stage that was delivered; the next one begins. A stage that was accepted stays so. Throws `stage.not-found`,
 * `stage.not-acceptable`.
 */
export function acceptStage(
  pool: Pool,
  command: AcceptStage,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<LargeOrderStanding> {
  return inTransaction(pool, async (client) => {
    const { orderId, stageNo } = command;
    // What is due by itself comes first: the stage may have been delivered a moment ago.
    await advanceLargeOrderIn(client, command, false);
    const large = await lockLargeOrder(client, orderId);
    const found = await client.query<{ status: string }>(
      'SELECT status FROM delivery_stages WHERE order_id = $1 AND stage_no = $2',
      [orderId, stageNo],
    );
    const status = found.rows[0]?.status;
    if (status === undefined) throw new DomainError('stage.not-found', { stageNo });
    if (status === 'accepted') return advanceLargeOrderIn(client, command, false);
    if (status !== 'delivered' || large.phase !== 'acceptance' || large.stageNo !== stageNo)
      throw new DomainError('stage.not-acceptable', { stageNo });
    await acceptDelivered({ ...command, client, large });
    await afterChange(client);
    return advanceLargeOrderIn(client, command, true);
  });
}

/** A deadline is moved by no more than this from now. */
const DEADLINE_MAX_MS = 366 * DAY_MS;

export interface ExtendDeadline extends LargeOrderCommand {
  readonly dueAtMs: number;
  readonly reason: string;
}

const EXTEND = `
  WITH stage AS (
    UPDATE delivery_stages SET status = CASE WHEN status = 'overdue' THEN 'awaiting-payment' ELSE status END,
      due_at = CASE WHEN $4::boolean THEN $2::timestamptz ELSE due_at END
    WHERE order_id = $1 AND stage_no = $3
  ), delivery AS (
    UPDATE orders SET deadline_at = $2 WHERE id = $1 AND deadline_at IS NOT NULL
  ), reserved AS (
    UPDATE card_reservations SET reserved_until = greatest(reserved_until, $5) WHERE order_id = $1
  )
  UPDATE large_orders SET due_at = $2, paused_at = NULL, reminded_count = 0,
    prepayment_due_at = CASE WHEN phase = 'prepayment' THEN $2 ELSE prepayment_due_at END
  WHERE order_id = $1`;

/**
 * Moves the present deadline, of a payment, of the goods or of the platform's word, to a later time. Throws
 * `large-order.ended`, `large-order.held`, `large-order.no-deadline`, `large-order.deadline-not-later`.
 */
export function extendDeadline(pool: Pool, command: ExtendDeadline): Promise<LargeOrderStanding> {
  return inTransaction(pool, (client) => extendDeadlineIn(client, command));
}

/** The same inside the caller's transaction. */
export async function extendDeadlineIn(
  client: PoolClient,
  command: ExtendDeadline,
): Promise<LargeOrderStanding> {
  const { orderId, actor, nowMs, dueAtMs, reason } = command;
  const large = await lockLargeOrder(client, orderId);
  requireOpen(large);
  if (large.dueAtMs === null) throw new DomainError('large-order.no-deadline');
  // Asked twice, it was done the first time.
  if (large.dueAtMs === dueAtMs) return advanceLargeOrderIn(client, command, false);
  if (dueAtMs <= Math.max(nowMs, large.dueAtMs) || dueAtMs > nowMs + DEADLINE_MAX_MS)
    throw new DomainError('large-order.deadline-not-later');
  const isPayment = large.phase === 'prepayment' || large.phase === 'payment';
  await client.query(EXTEND, [
    orderId,
    new Date(dueAtMs),
    large.stageNo,
    isPayment,
    new Date(dueAtMs + (large.paySeconds + large.graceSeconds) * 1_000),
  ]);
  await noteStage(
    { client, large, actor, nowMs },
    {
      type: 'deadline-extended',
      detail: {
        from: new Date(large.dueAtMs).toISOString(),
        to: new Date(dueAtMs).toISOString(),
        reason,
      },
    },
  );
  return advanceLargeOrderIn(client, command, true);
}
