import { WAITING_STATUSES_SQL } from '#domain';
import type { Pool } from 'pg';
import type {
  ActorKind,
  CallbackStatus,
  EntryKind,
  OrderEventType,
  OrderFailCode,
  OrderStatus,
  UnitStatus,
} from '#domain';

export interface OrderRow {
  readonly id: string;
  readonly order_no: string;
  readonly merchant_order_no: string;
  readonly platform_id: string;
  readonly platform_name: string;
  readonly product_id: string;
  readonly product_code: string;
  readonly product_name: string;
  readonly customer_no: string | null;
  readonly quantity: number;
  readonly delivered_quantity: number;
  readonly unit_price_hao: string;
  readonly amount_hao: string;
  readonly refunded_hao: string;
  readonly status: OrderStatus;
  readonly fail_code: OrderFailCode | null;
  readonly account: Readonly<Record<string, string>> | null;
  readonly callback_url: string | null;
  readonly sale_channel: string | null;
  readonly remark: string | null;
  readonly version: number;
  readonly deadline_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const ORDER = `
  SELECT o.id, o.order_no, o.merchant_order_no, o.platform_id, p.name AS platform_name, o.product_id, d.code AS product_code,
    d.name AS product_name, o.customer_no, o.quantity, o.delivered_quantity, o.unit_price_hao, o.amount_hao,
    o.refunded_hao, o.status, o.fail_code, o.account, o.callback_url, o.sale_channel, o.remark, o.version,
    o.deadline_at, o.created_at, o.updated_at
  FROM orders o JOIN platforms p ON p.id = o.platform_id JOIN products d ON d.id = o.product_id WHERE o.id = $1`;

export async function readOrder(pool: Pool, orderId: string): Promise<OrderRow | undefined> {
  const found = await pool.query<OrderRow>({ name: 'panel-order', text: ORDER, values: [orderId] });
  return found.rows[0];
}

export interface UnitRow {
  readonly unit_no: number;
  readonly status: UnitStatus;
  readonly card_id: string | null;
  readonly delivered_at: Date | null;
  readonly product_id: string | null;
  readonly batch_id: string | null;
  readonly batch_no: string | null;
  readonly expires_on: string | null;
  readonly sealed: Buffer | null;
  readonly data_key_sealed: Buffer | null;
}

export const UNITS_SHOWN_MAX = 200;

const UNITS = `
  SELECT u.unit_no, u.status, d.card_id, d.delivered_at, c.product_id, c.batch_id, b.batch_no, c.expires_on::text,
    c.sealed, b.data_key_sealed
  FROM order_units u LEFT JOIN deliveries d ON d.unit_id = u.id LEFT JOIN cards c ON c.id = d.card_id
    LEFT JOIN card_batches b ON b.id = c.batch_id
  WHERE u.id BETWEEN $1::bigint * 16384 AND $1::bigint * 16384 + 16383 ORDER BY u.id LIMIT ${UNITS_SHOWN_MAX}`;

export async function readUnits(pool: Pool, orderId: string): Promise<UnitRow[]> {
  return (await pool.query<UnitRow>({ name: 'panel-units', text: UNITS, values: [orderId] })).rows;
}

export interface EventRow {
  readonly id: string;
  readonly type: OrderEventType;
  readonly from_status: OrderStatus | null;
  readonly to_status: OrderStatus | null;
  readonly actor_kind: ActorKind;
  readonly actor_name: string;
  readonly detail: Readonly<Record<string, string | number | null>> | null;
  readonly created_at: Date;
}

const EVENTS_SHOWN_MAX = 500;
const EVENTS = `
  SELECT id, type, from_status, to_status, actor_kind, actor_name, detail, created_at
  FROM order_events WHERE order_id = $1 ORDER BY id LIMIT ${EVENTS_SHOWN_MAX}`;

export async function readEvents(pool: Pool, orderId: string): Promise<EventRow[]> {
  return (await pool.query<EventRow>({ name: 'panel-events', text: EVENTS, values: [orderId] }))
    .rows;
}

export interface CallbackRow {
  readonly id: string;
  readonly order_version: number;
  readonly url: string;
  readonly status: CallbackStatus;
  readonly try_count: number;
  readonly next_at: Date | null;
  readonly acknowledged_at: Date | null;
}

const CALLBACKS = `
  SELECT id, order_version, url, status, try_count, next_at, acknowledged_at
  FROM callback_deliveries WHERE order_id = $1 ORDER BY order_version`;

export async function readCallbacks(pool: Pool, orderId: string): Promise<CallbackRow[]> {
  const values = [orderId];
  return (await pool.query<CallbackRow>({ name: 'panel-callbacks', text: CALLBACKS, values })).rows;
}

export interface TryRow {
  readonly callback_id: string;
  readonly try_no: number;
  readonly http_status: number | null;
  readonly failure: string | null;
  readonly duration_ms: number;
  readonly asked_by: string;
  readonly sent_at: Date;
}

const TRIES = `
  SELECT callback_id, try_no, http_status, failure, duration_ms, asked_by, sent_at
  FROM callback_tries WHERE callback_id = ANY($1::bigint[]) ORDER BY callback_id, try_no LIMIT ${EVENTS_SHOWN_MAX}`;

export async function readTries(pool: Pool, callbackIds: readonly string[]): Promise<TryRow[]> {
  if (callbackIds.length === 0) return [];
  return (await pool.query<TryRow>({ name: 'panel-tries', text: TRIES, values: [callbackIds] }))
    .rows;
}

export interface EntryRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly posted_at: Date;
  readonly amount_hao: string;
}

/** An order's entries have keys of a known form, so they are found without an index on the order. */
const ENTRIES = `
  SELECT e.id, e.kind, e.posted_at, (SELECT sum(p.amount_hao)::text FROM ledger_postings p
    WHERE p.id BETWEEN e.id * 64 AND e.id * 64 + 63 AND p.amount_hao > 0) AS amount_hao
  FROM ledger_entries e
  WHERE e.idempotency_key IN ('order:' || $1::bigint || ':charge', 'order:' || $1::bigint || ':refund') ORDER BY e.id`;

export async function readEntries(pool: Pool, orderId: string): Promise<EntryRow[]> {
  return (await pool.query<EntryRow>({ name: 'panel-entries', text: ENTRIES, values: [orderId] }))
    .rows;
}

export interface AuditRow {
  readonly action: string;
  readonly staff_email: string;
  readonly reason: string | null;
  readonly created_at: Date;
}

const AUDIT = `
  SELECT action, staff_email, reason, created_at FROM audit_entries
  WHERE resource = 'Order' AND record_id = $1 ORDER BY id LIMIT ${EVENTS_SHOWN_MAX}`;

export async function readAudit(pool: Pool, orderId: string): Promise<AuditRow[]> {
  return (await pool.query<AuditRow>({ name: 'panel-audit', text: AUDIT, values: [orderId] })).rows;
}

/** Cards in stock are counted no further. */
export const QUEUE_COUNT_MAX = 10_000;

const QUEUE = `
  SELECT
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock WHERE product_id = $1 AND expires_on >= $3::date
       LIMIT ${QUEUE_COUNT_MAX}) AS counted) AS available,
    (SELECT coalesce(sum(quantity - delivered_quantity), 0)::int FROM orders
       WHERE product_id = $1 AND status IN ${WAITING_STATUSES_SQL} AND id < $2::bigint) AS ahead`;

/** What stands between a waiting order and its cards. */
export async function readQueue(
  pool: Pool,
  order: { readonly productId: string; readonly orderId: string; readonly today: string },
): Promise<{ readonly available: number; readonly ahead: number }> {
  const found = await pool.query<{ available: number; ahead: number }>({
    name: 'panel-queue',
    text: QUEUE,
    values: [order.productId, order.orderId, order.today],
  });
  return found.rows[0] ?? { available: 0, ahead: 0 };
}
