import type { PoolClient } from 'pg';
import { WAITING_STATUSES_SQL } from '../order/order-status.js';
import { shanghaiDate } from '../shared/business-time.js';
import { fillableOrders, type WaitingOrder } from './allocation.js';

/** For whom cards are put aside or taken. The caller holds the product's lock. */
export interface CardsFor {
  readonly orderId: string;
  readonly productId: string;
  readonly nowMs: number;
}

const READ_WAITING = `
  SELECT id, wanted AS quantity FROM (
    SELECT o.id, coalesce(o.released_quantity, o.quantity) - o.delivered_quantity AS wanted FROM orders o
    WHERE o.product_id = $1 AND o.status IN ${WAITING_STATUSES_SQL} AND o.sourcing_quantity = 0
      AND o.cancel_asked_at IS NULL AND o.id <> $2) AS w
  WHERE wanted > 0 ORDER BY id LIMIT 1000`;

/** Far more than one order takes. */
const COUNT_MAX = 100_000;
const COUNT_STOCK = `
  SELECT count(*)::int AS available FROM (
    SELECT 1 FROM card_stock WHERE product_id = $1 AND expires_on >= $2::date LIMIT ${COUNT_MAX}) AS counted`;

/** Cards that no other order waits for: nobody is overtaken. */
async function freeStock(client: PoolClient, { orderId, productId, nowMs }: CardsFor) {
  const waiting = await client.query<WaitingOrder>(READ_WAITING, [productId, orderId]);
  const stock = await client.query<{ available: number }>(COUNT_STOCK, [
    productId,
    shanghaiDate(nowMs),
  ]);
  return fillableOrders(waiting.rows, stock.rows[0]?.available ?? 0).leftCount;
}

const RESERVE = `
  WITH taken AS (
    DELETE FROM card_stock WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM card_stock WHERE product_id = $2 AND expires_on >= $3::date
      ORDER BY expires_on, card_id LIMIT $4 FOR UPDATE))
    RETURNING card_id, product_id, batch_id, expires_on
  )
  INSERT INTO card_reservations (card_id, order_id, product_id, batch_id, expires_on, reserved_until)
  SELECT card_id, $1, product_id, batch_id, expires_on, $5 FROM taken`;

const COUNT_RESERVED =
  'SELECT count(*)::int AS reserved FROM card_reservations WHERE order_id = $1 AND expires_on >= $2::date';

/** Puts stock aside until the order has so many cards, as far as there is any; nobody else can be sold them. */
export async function reserveCards(
  client: PoolClient,
  { wanted, untilMs, ...cards }: CardsFor & { readonly wanted: number; readonly untilMs: number },
): Promise<void> {
  const { orderId, productId, nowMs } = cards;
  const today = shanghaiDate(nowMs);
  await freeReservedCards(client, { productId, orderId, onlyLapsedOn: today });
  const reserved = await client.query<{ reserved: number }>(COUNT_RESERVED, [orderId, today]);
  const missing = wanted - (reserved.rows[0]?.reserved ?? 0);
  const count = Math.min(missing, await freeStock(client, cards));
  if (count > 0) await client.query(RESERVE, [orderId, productId, today, count, new Date(untilMs)]);
  await client.query('UPDATE card_reservations SET reserved_until = $2 WHERE order_id = $1', [
    orderId,
    new Date(untilMs),
  ]);
}

const FREE = `
  WITH freed AS (
    DELETE FROM card_reservations WHERE order_id = $1 AND ($2::date IS NULL OR expires_on < $2::date)
    RETURNING card_id, product_id, batch_id, expires_on
  ), queued AS (
    INSERT INTO card_stock (card_id, product_id, batch_id, expires_on)
    SELECT card_id, product_id, batch_id, expires_on FROM freed
  )
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'fill-stock', $3::uuid::text, now() WHERE EXISTS (SELECT 1 FROM freed)`;

/** Cards that were put aside go back into the queue; whoever waits for them is filled. */
export async function freeReservedCards(
  client: PoolClient,
  {
    orderId,
    productId,
    onlyLapsedOn = null,
  }: {
    readonly orderId: string;
    readonly productId: string;
    readonly onlyLapsedOn?: string | null;
  },
): Promise<void> {
  await client.query(FREE, [orderId, onlyLapsedOn, productId]);
}

const TAKE_RESERVED = `
  DELETE FROM card_reservations WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM card_reservations WHERE order_id = $1 AND expires_on >= $2::date
    ORDER BY expires_on, card_id LIMIT $3 FOR UPDATE))
  RETURNING card_id`;

const TAKE_STOCK = `
  DELETE FROM card_stock WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM card_stock WHERE product_id = $1 AND expires_on >= $2::date
    ORDER BY expires_on, card_id LIMIT $3 FOR UPDATE))
  RETURNING card_id`;

/** Takes up to so many cards for an order: first what was put aside for it, then what nobody else waits for. */
export async function takeCards(
  client: PoolClient,
  { wanted, ...cards }: CardsFor & { readonly wanted: number },
): Promise<string[]> {
  const { orderId, productId, nowMs } = cards;
  const today = shanghaiDate(nowMs);
  const own = await client.query<{ card_id: string }>(TAKE_RESERVED, [orderId, today, wanted]);
  const missing = wanted - own.rows.length;
  const count = missing > 0 ? Math.min(missing, await freeStock(client, cards)) : 0;
  if (count <= 0) return own.rows.map((row) => row.card_id);
  const stock = await client.query<{ card_id: string }>(TAKE_STOCK, [productId, today, count]);
  return [...own.rows, ...stock.rows].map((row) => row.card_id);
}
