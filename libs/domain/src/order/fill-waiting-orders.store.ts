import { WAITING_STATUSES_SQL } from './order-status.js';
import type { Pool, PoolClient } from 'pg';
import { promisedCompensationsSql } from '../compensation/open-compensation.store.js';
import { inTransaction } from '../database/sql.js';
import { fillableOrders, type WaitingOrder } from '../inventory/allocation.js';
import { LOCK_PRODUCTS } from '../inventory/product-lock.store.js';
import { isRightLapsedSql } from '../licence/gate-sql.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import { shanghaiDate } from '../shared/business-time.js';
import { UNIT_KEY_FACTOR } from './unit-status.js';

export interface FillResult {
  readonly filledOrderIds: string[];
  readonly deliveredUnits: number;
}

/** An order that stock can fill: how many units it lacks, and whether it has some already. */
interface ChosenOrder extends WaitingOrder {
  readonly is_begun: boolean;
}

/** Orders and cards of one transaction: small enough to hold the product's lock only briefly. */
const ORDERS_PER_STEP = 100;
const CARDS_PER_STEP = 2_000;

const READ_WAITING = `
  SELECT o.id, coalesce(o.released_quantity, o.quantity) - o.delivered_quantity AS quantity,
    o.delivered_quantity > 0 AS is_begun
  FROM orders o
  WHERE o.product_id = $1 AND o.status IN ${WAITING_STATUSES_SQL} AND o.sourcing_quantity = 0
    AND o.cancel_asked_at IS NULL AND o.id > $2 AND coalesce(o.released_quantity, o.quantity) > o.delivered_quantity
    AND NOT ${isRightLapsedSql({ productId: 'o.product_id', platformId: 'o.platform_id' }, '$3::date', '$4::timestamptz')}
  ORDER BY o.id LIMIT 1000`;

const COUNT_STOCK = `
  SELECT count(*)::int AS available FROM (
    SELECT 1 FROM card_stock WHERE product_id = $1 AND expires_on >= $2::date LIMIT $3) AS counted`;

const TAKE_CARDS = `
  DELETE FROM card_stock WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM card_stock WHERE product_id = $1 AND expires_on >= $2::date
    ORDER BY expires_on, card_id LIMIT $3 FOR UPDATE))
  RETURNING card_id, expires_on`;

/** The rows of several filled orders at once; guarded by the states they must still be in. */
const DELIVER = `
  WITH moved AS (
    UPDATE orders o SET status = CASE WHEN old.is_whole THEN 'succeeded' ELSE o.status END,
      deadline_at = CASE WHEN old.is_whole THEN NULL ELSE o.deadline_at END,
      delivered_quantity = coalesce(o.released_quantity, o.quantity), version = o.version + 1, updated_at = $1
    FROM (SELECT id, status, coalesce(released_quantity, quantity) = quantity AS is_whole FROM orders
      WHERE id = ANY($2::bigint[])) AS old
    WHERE o.id = old.id AND o.status IN ${WAITING_STATUSES_SQL} AND o.sourcing_quantity = 0
    RETURNING o.id, o.order_no, o.version, o.callback_url, o.reply_until, o.delivered_quantity AS quantity,
      o.status, old.status AS from_status
  ), ended AS (
    SELECT * FROM moved WHERE status = 'succeeded'
  ), units AS (
    UPDATE order_units SET status = 'delivered' WHERE id = ANY($3::bigint[]) AND status = 'pending' RETURNING id
  ), delivered AS (
    INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
    SELECT r.unit_id, r.unit_id / ${UNIT_KEY_FACTOR}, r.unit_id % ${UNIT_KEY_FACTOR}, r.card_id, $1
    FROM unnest($3::bigint[], $4::bigint[]) AS r(unit_id, card_id) RETURNING unit_id
  ), events AS (
    INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, detail, created_at)
    SELECT id, 'delivered', CASE WHEN status = 'succeeded' THEN from_status END,
      CASE WHEN status = 'succeeded' THEN status END, 'system', 'stock', json_build_object('quantity', quantity), $1 FROM moved
  ), ${owedCallbacksSql('ended', '$1')}, ${promisedCompensationsSql({ source: 'ended', at: '$1', cause: 'late' })}, outbox AS (
    INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'order-changed', id::text, $1 FROM moved
  )
  SELECT 1 / ((SELECT count(*) FROM moved) = cardinality($2::bigint[])
    AND (SELECT count(*) FROM units) = cardinality($3::bigint[]))::int AS all_moved`;

/**
 * Gives cards that have arrived to the orders that wait for them, in the order these were accepted; one that cannot be
 * filled whole is passed over and keeps its place. Goes on until nothing more can be filled. May run twice, and beside
 * itself: each step holds the product's lock.
 */
export async function fillWaitingOrders(
  pool: Pool,
  { productId, nowMs }: { readonly productId: string; readonly nowMs: number },
): Promise<FillResult> {
  const filledOrderIds: string[] = [];
  let deliveredUnits = 0;
  for (;;) {
    const step = await inTransaction(pool, (client) => fillStep(client, productId, nowMs));
    for (const order of step) {
      filledOrderIds.push(order.id);
      deliveredUnits += order.quantity;
    }
    if (step.length === 0) return { filledOrderIds, deliveredUnits };
  }
}

async function fillStep(
  client: PoolClient,
  productId: string,
  nowMs: number,
): Promise<readonly ChosenOrder[]> {
  const today = shanghaiDate(nowMs);
  const product = await client.query<{ code: string }>('SELECT code FROM products WHERE id = $1', [
    productId,
  ]);
  await client.query(LOCK_PRODUCTS, [product.rows.map((row) => row.code)]);
  const orders = await chooseOrders(client, { productId, today, nowMs });
  if (orders.length === 0) return [];

  const wanted = orders.reduce((sum, order) => sum + order.quantity, 0);
  const taken = await client.query<{ card_id: string; expires_on: string }>(TAKE_CARDS, [
    productId,
    today,
    wanted,
  ]);
  if (taken.rowCount !== wanted) throw new Error('cards left the queue under the product lock');
  const cardIds = taken.rows.map((row) => row.card_id);
  const unitIds = await pendingUnits(client, orders);
  if (unitIds.length !== wanted) throw new Error('an order waits for other units than it lacks');
  await client.query(DELIVER, [new Date(nowMs), orders.map((order) => order.id), unitIds, cardIds]);
  return orders;
}

/** The next orders that stock can fill, walking the whole line but stopping at the size of one step. */
async function chooseOrders(
  client: PoolClient,
  {
    productId,
    today,
    nowMs,
  }: { readonly productId: string; readonly today: string; readonly nowMs: number },
): Promise<readonly ChosenOrder[]> {
  const stock = await client.query<{ available: number }>(COUNT_STOCK, [
    productId,
    today,
    CARDS_PER_STEP * 10,
  ]);
  let availableCount = stock.rows[0]?.available ?? 0;
  const chosen: ChosenOrder[] = [];
  let wanted = 0;
  for (let afterId = '0'; availableCount > 0;) {
    const page = await client.query<ChosenOrder>(READ_WAITING, [
      productId,
      afterId,
      today,
      new Date(nowMs),
    ]);
    const { filled, leftCount } = fillableOrders(page.rows, availableCount);
    for (const order of filled) {
      if (
        chosen.length > 0 &&
        (chosen.length >= ORDERS_PER_STEP || wanted + order.quantity > CARDS_PER_STEP)
      )
        return chosen;
      chosen.push(order);
      wanted += order.quantity;
    }
    availableCount = leftCount;
    const last = page.rows.at(-1);
    if (!last || page.rows.length < 1000) break;
    afterId = last.id;
  }
  return chosen;
}

/** The units that are still missing: all of most orders, the rest of one that a supplier has begun. */
async function pendingUnits(
  client: PoolClient,
  orders: readonly ChosenOrder[],
): Promise<readonly string[]> {
  const begun = orders.filter((order) => order.is_begun);
  const found =
    begun.length === 0
      ? []
      : (
          await client.query<{ id: string; order_id: string }>(
            `SELECT u.id, u.order_id FROM unnest($1::bigint[], $2::int[]) AS r(order_id, wanted)
             CROSS JOIN LATERAL (SELECT id, order_id FROM order_units
               WHERE id BETWEEN r.order_id * ${UNIT_KEY_FACTOR} AND r.order_id * ${UNIT_KEY_FACTOR} + ${UNIT_KEY_FACTOR - 1}
                 AND status = 'pending' ORDER BY id LIMIT r.wanted) AS u ORDER BY u.id`,
            [begun.map((order) => order.id), begun.map((order) => order.quantity)],
          )
        ).rows;
  return orders.flatMap((order) =>
    order.is_begun
      ? found.filter((unit) => unit.order_id === order.id).map((unit) => unit.id)
      : Array.from({ length: order.quantity }, (_, index) => unitId(order.id, index + 1)),
  );
}

const unitId = (orderId: string, unitNo: number): string =>
  (BigInt(orderId) * BigInt(UNIT_KEY_FACTOR) + BigInt(unitNo)).toString();
