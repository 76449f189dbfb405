import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { OrderOrigin } from '../compensation/compensation-kind.js';
import { invariant } from '../shared/assert.js';
import { linkedOrderNo } from './linked-order.js';
import { orderNoOf } from './order-no.js';
import type { Actor } from './order-event-type.js';
import { UNIT_KEY_FACTOR } from './unit-status.js';

export interface NewLinkedOrder {
  readonly originOrderId: string;
  readonly origin: OrderOrigin;
  readonly quantity: number;
  readonly unitPriceHao: number;
  readonly amountHao: number;
  /** It waits for a person, whose case the caller opens. */
  readonly isHeld: boolean;
  readonly actor: Actor;
  readonly nowMs: number;
}

export interface LinkedOrder {
  readonly id: string;
  readonly merchantOrderNo: string;
  readonly productId: string;
}

const SERIAL_MAX = 1_000;

const FREE_NUMBER = `
  SELECT NOT EXISTS (SELECT 1 FROM orders WHERE merchant_order_no = $2 AND platform_id = $1) AS is_free`;

const ORIGIN = `
  SELECT o.platform_id, o.merchant_order_no, o.product_id, nextval('orders_id_seq')::text AS id FROM orders o WHERE o.id = $1`;

/** Its run begins a moment later: cards in stock go first. */
const WRITE = `
  WITH made AS (
    INSERT INTO orders (id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, customer_no,
      quantity, unit_price_hao, amount_hao, status, account, callback_url, sale_channel, origin_order_id, origin_kind,
      deadline_at, created_at, updated_at)
    SELECT $2, $3, o.platform_id, $4, $5, o.product_id, o.product_code, o.customer_no, $6::int, $7, $8, $14::varchar,
      o.account, o.callback_url, o.sale_channel, o.id, $9,
      CASE WHEN $14::varchar <> 'held' THEN $10::timestamptz + p.wait_seconds * interval '1 second' END, $10, $10
    FROM orders o JOIN products p ON p.id = o.product_id WHERE o.id = $1 RETURNING id
  ), units AS (
    INSERT INTO order_units (id, order_id, unit_no, status)
    SELECT $2::bigint * ${UNIT_KEY_FACTOR} + no, $2::bigint, no, 'pending' FROM generate_series(1, $6::int) AS no
  ), events AS (
    INSERT INTO order_events (order_id, type, to_status, actor_kind, actor_name, detail, created_at)
    VALUES ($2, 'accepted', $14::varchar, $11, $12, NULL, $10)
  )
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'fill-stock', $13::text, $10 FROM made WHERE $14::varchar <> 'held' UNION ALL
  SELECT 'start-order', id::text, $10::timestamptz + interval '1 second' FROM made`;

/**
 * Writes an order of our own making for what another one lacks; the usual machinery delivers it, and its platform finds
 * it under its number and is called back. The caller holds the lock of the order that it belongs to, and moves the money.
 */
export async function writeLinkedOrder(
  client: PoolClient,
  order: NewLinkedOrder,
): Promise<LinkedOrder> {
  const { rows } = await client.query<{
    id: string;
    platform_id: string;
    merchant_order_no: string;
    product_id: string;
  }>(ORIGIN, [order.originOrderId]);
  const origin = rows[0];
  invariant(origin, 'a linked order belongs to one that exists');
  const merchantOrderNo = await freeNumber(client, {
    platformId: origin.platform_id,
    merchantOrderNo: origin.merchant_order_no,
    origin: order.origin,
  });
  const { id } = origin;
  await client.query(WRITE, [
    order.originOrderId,
    id,
    orderNoOf(id, order.nowMs),
    merchantOrderNo,
    // No submit has this content: the number is answered as used for another order.
    createHash('sha256').update(`${order.origin} ${id}`).digest(),
    order.quantity,
    order.unitPriceHao,
    order.amountHao,
    order.origin,
    new Date(order.nowMs),
    order.actor.kind,
    order.actor.name,
    origin.product_id,
    order.isHeld ? 'held' : 'processing',
  ]);
  return { id, merchantOrderNo, productId: origin.product_id };
}

async function freeNumber(
  client: PoolClient,
  wanted: {
    readonly platformId: string;
    readonly merchantOrderNo: string;
    readonly origin: OrderOrigin;
  },
): Promise<string> {
  for (let serial = 1; serial <= SERIAL_MAX; serial += 1) {
    const number = linkedOrderNo(wanted.merchantOrderNo, wanted.origin, serial);
    const { rows } = await client.query<{ is_free: boolean }>(FREE_NUMBER, [
      wanted.platformId,
      number,
    ]);
    if (rows[0]?.is_free) return number;
  }
  throw new Error(`no number is left for another order of ${wanted.merchantOrderNo}`);
}
