import type { Pool } from 'pg';
import {
  DAY_MS,
  MINUTE_MS,
  type OrderStatus,
  SHANGHAI_OFFSET_MS,
  shanghaiDayNumber,
  WAITING_STATUSES_SQL,
} from '#domain';
import { firstOrderIdSince } from '#domain/stores';

/** The beginning of today in Shanghai. */
export const startOfToday = (nowMs: number): Date =>
  new Date(shanghaiDayNumber(nowMs) * DAY_MS - SHANGHAI_OFFSET_MS);

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
export async function ordersSince(pool: Pool, since: Date): Promise<OrderFigures> {
  const firstId = await firstOrderIdSince(pool, since);
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

export interface StockLine {
  readonly productId: string;
  readonly code: string;
  readonly name: string;
  readonly available: number;
  readonly lowStockThreshold: number;
  readonly waitingUnits: number;
  /** Null where nobody asks for it, or it was not measured yet. */
  readonly hoursLeft: number | null;
  /** What was ordered in each of the last 24 hours, the last one first. */
  readonly hourly: readonly number[];
  readonly runwayHoursMin: number;
}

/** Counting stops here: more is plenty, whatever the exact number. */
export const STOCK_COUNT_MAX = 10_000;
const PRODUCTS_MAX = 100;

const STOCK = `
  SELECT p.id, p.code, p.name, p.low_stock_threshold,
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = p.id
       AND s.expires_on >= $1::date LIMIT ${STOCK_COUNT_MAX}) AS counted) AS available,
    (SELECT coalesce(sum(o.quantity - o.delivered_quantity), 0)::int FROM orders o
       WHERE o.product_id = p.id AND o.status IN ${WAITING_STATUSES_SQL}) AS waiting_units,
    coalesce(r.hours_min, p.runway_hours_min) AS runway_hours_min, r.hours_left, coalesce(r.hourly, '{}') AS hourly
  FROM products p LEFT JOIN stock_runways r ON r.product_id = p.id
  WHERE p.kind = 'card' AND p.status = 'on-sale' ORDER BY r.hours_left NULLS LAST, p.code LIMIT ${PRODUCTS_MAX}`;

export async function stockOfProducts(pool: Pool, today: string): Promise<StockLine[]> {
  const { rows } = await pool.query<{
    id: string;
    code: string;
    name: string;
    low_stock_threshold: number;
    available: number;
    waiting_units: number;
    runway_hours_min: number;
    hours_left: number | null;
    hourly: number[];
  }>({ name: 'stock-lines', text: STOCK, values: [today] });
  return rows.map((row) => ({
    productId: row.id,
    code: row.code,
    name: row.name,
    available: row.available,
    lowStockThreshold: row.low_stock_threshold,
    waitingUnits: row.waiting_units,
    hoursLeft: row.hours_left,
    hourly: row.hourly,
    runwayHoursMin: row.runway_hours_min,
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
       WHERE not_before <= now()) AS outbox_age,
    (SELECT count(*)::int FROM alerts WHERE closed_at IS NULL) AS alerts,
    (SELECT count(*)::int FROM approvals WHERE status = 'asked') AS approvals,
    (SELECT count(*)::int FROM risk_cases WHERE status = 'open') AS held,
    (SELECT count(*)::int FROM attempts WHERE person_reason IS NOT NULL AND status IN ('prepared', 'accepted', 'unknown')) AS undecided`;

export interface Backlog {
  readonly waiting: number;
  readonly callbacksLate: number;
  readonly callbacksDead: number;
  readonly outboxCount: number;
  readonly outboxAgeSeconds: number | null;
  readonly alerts: number;
  readonly approvals: number;
  readonly held: number;
  readonly undecided: number;
}

export async function readBacklog(pool: Pool, nowMs: number): Promise<Backlog> {
  const { rows } = await pool.query<{
    waiting: number;
    callbacks_late: number;
    callbacks_dead: number;
    outbox: number;
    outbox_age: number | null;
    alerts: number;
    approvals: number;
    held: number;
    undecided: number;
  }>({ name: 'backlog', text: BACKLOG, values: [new Date(nowMs - LATE_MS)] });
  const row = rows[0];
  if (!row) throw new Error('no answer about the backlog');
  return {
    waiting: row.waiting,
    callbacksLate: row.callbacks_late,
    callbacksDead: row.callbacks_dead,
    outboxCount: row.outbox,
    outboxAgeSeconds: row.outbox_age,
    alerts: row.alerts,
    approvals: row.approvals,
    held: row.held,
    undecided: row.undecided,
  };
}
