import type { Pool } from 'pg';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  type OrderStatus,
  shanghaiDayNumber,
  WAITING_STATUSES_SQL,
} from '#domain';

/** The beginning of today in Shanghai. */
export const startOfToday = (nowMs: number): Date =>
  new Date(shanghaiDayNumber(nowMs) * DAY_MS - 8 * HOUR_MS);

/** A callback that is due for so long has a sender who is late. */
const LATE_MS = 5 * MINUTE_MS;

export interface OrderFigures {
  readonly byStatus: Readonly<Partial<Record<OrderStatus, number>>>;
  readonly salesHao: number;
  readonly refundedHao: number;
}

/** Order ids grow with time: the first one of today bounds the rows that are looked at, without an index on the time. */
const ORDERS_TODAY = `
  SELECT status, count(*)::int AS count, sum(amount_hao)::text AS sales, sum(refunded_hao)::text AS refunded
  FROM orders WHERE id >= $1::bigint AND created_at >= $2 GROUP BY status`;
const NEWEST_ID = 'SELECT id FROM orders ORDER BY id DESC LIMIT 1';
const NEXT_AT = 'SELECT id, created_at FROM orders WHERE id >= $1::bigint ORDER BY id LIMIT 1';

export async function ordersSince(pool: Pool, since: Date): Promise<OrderFigures> {
  const firstId = await firstOrderId(pool, since);
  const { rows } = await pool.query<{
    status: OrderStatus;
    count: number;
    sales: string;
    refunded: string;
  }>({ name: 'orders-today', text: ORDERS_TODAY, values: [firstId, since] });
  const sum = (field: 'sales' | 'refunded'): number =>
    rows.reduce((total, row) => total + Number(row[field]), 0);
  return {
    byStatus: Object.fromEntries(rows.map((row) => [row.status, row.count])),
    salesHao: sum('sales'),
    refundedHao: sum('refunded'),
  };
}

/** Halves the range of ids until the moment is found; an hour of tolerance covers ids that overtook each other. */
async function firstOrderId(pool: Pool, since: Date): Promise<string> {
  const newest = await pool.query<{ id: string }>({ name: 'newest-order', text: NEWEST_ID });
  let low = 0n;
  let high = BigInt(newest.rows[0]?.id ?? 0);
  const from = new Date(since.getTime() - HOUR_MS);
  while (low < high) {
    const middle = (low + high) / 2n;
    const next = await pool.query<{ id: string; created_at: Date }>({
      name: 'next-order',
      text: NEXT_AT,
      values: [middle.toString()],
    });
    const row = next.rows[0];
    if (row && row.created_at < from) low = BigInt(row.id) + 1n;
    else high = middle;
  }
  return low.toString();
}

export interface StockLine {
  readonly productId: string;
  readonly code: string;
  readonly name: string;
  readonly available: number;
  readonly lowStockThreshold: number;
  readonly waitingUnits: number;
}

/** Counting stops here: more is plenty, whatever the exact number. */
export const STOCK_COUNT_MAX = 10_000;
const PRODUCTS_MAX = 100;

const STOCK = `
  SELECT p.id, p.code, p.name, p.low_stock_threshold,
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = p.id
       AND s.expires_on >= $1::date LIMIT ${STOCK_COUNT_MAX}) AS counted) AS available,
    (SELECT coalesce(sum(o.quantity - o.delivered_quantity), 0)::int FROM orders o
       WHERE o.product_id = p.id AND o.status IN ${WAITING_STATUSES_SQL}) AS waiting_units
  FROM products p WHERE p.kind = 'card' AND p.status = 'on-sale' ORDER BY p.code LIMIT ${PRODUCTS_MAX}`;

export async function stockOfProducts(pool: Pool, today: string): Promise<StockLine[]> {
  const { rows } = await pool.query<{
    id: string;
    code: string;
    name: string;
    low_stock_threshold: number;
    available: number;
    waiting_units: number;
  }>({ name: 'stock-lines', text: STOCK, values: [today] });
  return rows.map((row) => ({
    productId: row.id,
    code: row.code,
    name: row.name,
    available: row.available,
    lowStockThreshold: row.low_stock_threshold,
    waitingUnits: row.waiting_units,
  }));
}

/** Late callbacks are counted no further. */
export const LATE_COUNT_MAX = 1_000;

const BACKLOG = `
  SELECT
    (SELECT count(*)::int FROM orders WHERE status IN ${WAITING_STATUSES_SQL}) AS waiting,
    (SELECT count(*)::int FROM (SELECT 1 FROM callback_deliveries WHERE status = 'scheduled'
       AND next_at < $1 LIMIT ${LATE_COUNT_MAX}) AS late) AS callbacks_late,
    (SELECT count(*)::int FROM callback_deliveries WHERE status = 'dead') AS callbacks_dead,
    (SELECT count(*)::int FROM outbox_messages WHERE not_before <= now()) AS outbox,
    (SELECT extract(epoch FROM now() - min(not_before))::int FROM outbox_messages
       WHERE not_before <= now()) AS outbox_age`;

export interface Backlog {
  readonly waiting: number;
  readonly callbacksLate: number;
  readonly callbacksDead: number;
  readonly outboxCount: number;
  readonly outboxAgeSeconds: number | null;
}

export async function readBacklog(pool: Pool, nowMs: number): Promise<Backlog> {
  const { rows } = await pool.query<{
    waiting: number;
    callbacks_late: number;
    callbacks_dead: number;
    outbox: number;
    outbox_age: number | null;
  }>({ name: 'backlog', text: BACKLOG, values: [new Date(nowMs - LATE_MS)] });
  const row = rows[0];
  if (!row) throw new Error('no answer about the backlog');
  return {
    waiting: row.waiting,
    callbacksLate: row.callbacks_late,
    callbacksDead: row.callbacks_dead,
    outboxCount: row.outbox,
    outboxAgeSeconds: row.outbox_age,
  };
}
