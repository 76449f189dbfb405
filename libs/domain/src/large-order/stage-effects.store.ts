import type { PoolClient } from 'pg';
import { reserveCards, takeCards } from '../inventory/reserved-cards.store.js';
import type { Actor, OrderEventType } from '../order/order-event-type.js';
import type { OrderStatus } from '../order/order-status.js';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import { SECOND_MS } from '../shared/business-time.js';
import { bookLargeRelease } from './large-money.store.js';
import { STAGE_KEY_FACTOR } from './large-order-phase.js';
import type { LockedLargeOrder } from './locked-large-order.store.js';
import { unitsUpTo } from './stage-plan.js';

/** One step of a large order, under its locks. */
export interface Stepping {
  readonly client: PoolClient;
  readonly large: LockedLargeOrder;
  readonly actor: Actor;
  readonly nowMs: number;
}

export interface StageNote {
  readonly type: OrderEventType;
  readonly detail: Readonly<Record<string, string | number | null>>;
  readonly from?: OrderStatus;
  readonly to?: OrderStatus;
}

/** A line of the order's timeline. */
export async function noteStage(
  { client, large, actor, nowMs }: Stepping,
  { type, detail, from, to }: StageNote,
): Promise<void> {
  await client.query(
    `INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, detail, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)`,
    [
      large.orderId,
      type,
      from ?? null,
      to ?? null,
      actor.kind,
      actor.name,
      JSON.stringify(detail),
      new Date(nowMs),
    ],
  );
}

const BEGIN_STAGE = `
  WITH stage AS (
    UPDATE delivery_stages SET status = 'awaiting-payment', due_at = $3 WHERE id = $1::bigint * ${STAGE_KEY_FACTOR} + $2::int
  )
  UPDATE large_orders SET phase = 'payment', stage_no = $2, due_at = $3, paused_at = NULL, reminded_count = 0
  WHERE order_id = $1`;

/** The next stage awaits its money; its goods are put aside for so long. */
export async function beginStage(stepping: Stepping, stageNo: number): Promise<void> {
  const { client, large, nowMs } = stepping;
  const dueAtMs = nowMs + large.paySeconds * SECOND_MS;
  await client.query(BEGIN_STAGE, [large.orderId, stageNo, new Date(dueAtMs)]);
  const wanted = wantedCards(large, stageNo);
  if (wanted > 0)
    await reserveCards(client, {
      ...large,
      nowMs,
      wanted,
      untilMs: dueAtMs + large.graceSeconds * SECOND_MS,
    });
  await noteStage(stepping, { type: 'stage-begun', detail: { stageNo } });
}

/** Cards to put aside for a stage that begins, by the terms of the order. */
function wantedCards(large: LockedLargeOrder, stageNo: number): number {
  if (large.reserve === 'none') return 0;
  const upTo = large.reserve === 'all-stages' ? large.quantity : unitsUpTo(large.stages, stageNo);
  return upTo - large.deliveredQuantity;
}

const RELEASE = `
  WITH stage AS (
    UPDATE delivery_stages SET status = 'delivering', released_at = $3 WHERE id = $1::bigint * ${STAGE_KEY_FACTOR} + $2::int
  ), large AS (
    UPDATE large_orders SET phase = 'delivery', due_at = $4, paused_at = NULL, released_hao = released_hao + $5::bigint
    WHERE order_id = $1
  )
  UPDATE orders SET status = 'processing', released_quantity = $6, deadline_at = $4, supply_round = 0 WHERE id = $1`;

/** The money has cleared: the stage's units may be delivered, at once from stock, the rest by suppliers. True where that ends the order. */
export async function releaseStage(stepping: Stepping): Promise<boolean> {
  const { client, large, nowMs } = stepping;
  const { orderId, stageNo, platformId } = large;
  const stage = large.stages[stageNo - 1];
  if (!stage) throw new Error(`order ${orderId} has no stage ${stageNo}`);
  const upTo = unitsUpTo(large.stages, stageNo);
  await client.query(RELEASE, [
    orderId,
    stageNo,
    new Date(nowMs),
    new Date(nowMs + large.deliverSeconds * SECOND_MS),
    stage.amountHao,
    upTo,
  ]);
  await noteStage(stepping, {
    type: 'stage-released',
    detail: { stageNo, quantity: stage.quantity },
    from: large.status,
    to: 'processing',
  });
  const event = { orderId, platformId, step: `stage-${stageNo}`, nowMs };
  const isEnded = await deliverFromStock(stepping, upTo - large.deliveredQuantity);
  await bookLargeRelease(client, event, stage.amountHao);
  return isEnded;
}

const FREE_UNITS = `
  SELECT id FROM order_units
  WHERE id BETWEEN $1::bigint * ${UNIT_KEY_FACTOR} AND $1::bigint * ${UNIT_KEY_FACTOR} + ${UNIT_KEY_FACTOR - 1} AND status = 'pending'
  ORDER BY id LIMIT $2`;

const DELIVER = `
  WITH units AS (
    UPDATE order_units SET status = 'delivered' WHERE id = ANY($2::bigint[]) AND status = 'pending' RETURNING id
  ), delivered AS (
    INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
    SELECT r.unit_id, $1::bigint, r.unit_id % ${UNIT_KEY_FACTOR}, r.card_id, $4
    FROM unnest($2::bigint[], $3::bigint[]) AS r(unit_id, card_id) RETURNING unit_id
  ), moved AS (
    UPDATE orders SET delivered_quantity = delivered_quantity + cardinality($2::bigint[]),
      status = CASE WHEN $5::boolean THEN 'succeeded' ELSE status END,
      deadline_at = CASE WHEN $5::boolean THEN NULL ELSE deadline_at END,
      version = version + $5::boolean::int, updated_at = $4
    WHERE id = $1 RETURNING id, order_no, version, callback_url, reply_until, status
  ), ended AS (
    SELECT * FROM moved WHERE status = 'succeeded'
  ), ${owedCallbacksSql('ended', '$4')}, outbox AS (
    INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'order-changed', id::text, $4 FROM ended
  )
  SELECT 1 / (count(*) = cardinality($2::bigint[]))::int AS all_delivered FROM units`;

/** True where nothing of the order is missing any more: then it has ended, and its platform is told. */
async function deliverFromStock(stepping: Stepping, missing: number): Promise<boolean> {
  const { client, large, nowMs } = stepping;
  const cardIds = await takeCards(client, { ...large, nowMs, wanted: missing });
  if (cardIds.length === 0) return false;
  const units = await client.query<{ id: string }>(FREE_UNITS, [large.orderId, cardIds.length]);
  const unitIds = units.rows.map(({ id }) => id);
  const isWhole = large.deliveredQuantity + cardIds.length === large.quantity;
  await client.query(DELIVER, [large.orderId, unitIds, cardIds, new Date(nowMs), isWhole]);
  await noteStage(
    { ...stepping, actor: { kind: 'system', name: 'stock' } },
    {
      type: 'delivered',
      detail: { quantity: cardIds.length },
      ...(isWhole ? { from: 'processing', to: 'succeeded' } : {}),
    },
  );
  return isWhole;
}

const AWAIT_ACCEPTANCE = `
  WITH stage AS (
    UPDATE delivery_stages SET status = 'delivered', delivered_at = $3 WHERE id = $1::bigint * ${STAGE_KEY_FACTOR} + $2::int
  ), large AS (
    UPDATE large_orders SET phase = 'acceptance', due_at = $4 WHERE order_id = $1
  ), reserved AS (
    UPDATE card_reservations SET reserved_until = $5 WHERE order_id = $1
  )
  UPDATE orders SET status = 'awaiting-payment', deadline_at = NULL WHERE id = $1`;

/** All units of the stage are there: the platform has its say before the next one begins. */
export async function awaitAcceptance(stepping: Stepping): Promise<void> {
  const { client, large, nowMs } = stepping;
  const dueAtMs = nowMs + large.acceptSeconds * SECOND_MS;
  await client.query(AWAIT_ACCEPTANCE, [
    large.orderId,
    large.stageNo,
    new Date(nowMs),
    new Date(dueAtMs),
    new Date(dueAtMs + (large.paySeconds + large.graceSeconds) * SECOND_MS),
  ]);
  await noteStage(stepping, {
    type: 'stage-delivered',
    detail: { stageNo: large.stageNo },
    from: large.status,
    to: 'awaiting-payment',
  });
}

const ACCEPT = `
  UPDATE delivery_stages SET status = 'accepted', accepted_at = $3, accepted_by = $4
  WHERE id = $1::bigint * ${STAGE_KEY_FACTOR} + $2::int`;

/** The platform, a person or the clock has accepted the stage. */
export async function acceptDelivered(stepping: Stepping): Promise<void> {
  const { client, large, actor, nowMs } = stepping;
  const { orderId, stageNo } = large;
  await client.query(ACCEPT, [orderId, stageNo, new Date(nowMs), actor.name]);
  await noteStage(stepping, { type: 'stage-accepted', detail: { stageNo } });
  await beginStage(stepping, stageNo + 1);
}

/** A payment is overdue: nothing more is delivered until it has cleared. */
export async function pauseOrder(stepping: Stepping): Promise<void> {
  const { client, large, nowMs } = stepping;
  await client.query(
    `WITH stage AS (
       UPDATE delivery_stages SET status = 'overdue' WHERE id = $1::bigint * ${STAGE_KEY_FACTOR} + $2::int
     )
     UPDATE large_orders SET paused_at = $3 WHERE order_id = $1`,
    [large.orderId, large.stageNo, new Date(nowMs)],
  );
  await noteStage(stepping, { type: 'payment-overdue', detail: { stageNo: large.stageNo } });
}

export async function remindOfPayment(stepping: Stepping, rung: number): Promise<void> {
  const { client, large } = stepping;
  await client.query('UPDATE large_orders SET reminded_count = $2 WHERE order_id = $1', [
    large.orderId,
    rung,
  ]);
  await noteStage(stepping, { type: 'payment-reminded', detail: { stageNo: large.stageNo, rung } });
}

const CLOSE = `
  WITH stages AS (
    UPDATE delivery_stages SET status = 'accepted', delivered_at = coalesce(delivered_at, $2),
      accepted_at = $2, accepted_by = 'system' WHERE order_id = $1 AND status <> 'accepted'
  )
  UPDATE large_orders SET phase = 'ended', ended_at = $2, due_at = NULL, paused_at = NULL, next_at = NULL WHERE order_id = $1`;

/** All is delivered, and the order has ended with it. */
export async function closeDelivered({ client, large, nowMs }: Stepping): Promise<void> {
  await client.query(CLOSE, [large.orderId, new Date(nowMs)]);
}
