import type { PoolClient } from 'pg';
import { settled, type Sql } from '../database/sql.js';
import { LOCK_PRODUCT_OF_ATTEMPT } from '../inventory/product-lock.store.js';
import type { OrderStatus } from '../order/order-status.js';
import { adapterFor } from '../protocol/index.js';
import { DomainError } from '../shared/domain-error.js';
import { SECOND_MS } from '../shared/business-time.js';
import { MAY_STILL_DELIVER, type AttemptStatus } from './attempt-status.js';
import { historyEndsAtMs } from './history-window.js';
import type { PersonReason, QueryFacts } from './query-verdict.js';
import { supplierClock } from './query-plan.js';

/** An attempt under the lock of the script that changes it, with what its supplier's protocol says of times. */
export interface LockedAttempt {
  readonly id: string;
  readonly attemptNo: string;
  readonly orderId: string | null;
  readonly replenishmentId: string | null;
  readonly productId: string;
  readonly supplierId: string;
  readonly supplierCode: string;
  readonly protocol: string;
  readonly kind: 'card' | 'top-up';
  readonly quantity: number;
  readonly status: AttemptStatus;
  readonly isOpen: boolean;
  readonly costHao: number;
  readonly deliveredCount: number;
  readonly paidHao: number | null;
  readonly refundedHao: number | null;
  readonly sendCount: number;
  readonly sentAtMs: number | null;
  readonly queryCount: number;
  readonly firstNotFoundAtMs: number | null;
  readonly personReason: PersonReason | null;
  readonly supplierOrderNo: string | null;
  readonly firstQueryAfterMs: number;
  readonly queryEveryMs: number;
  readonly graceMs: number;
}

interface AttemptRow {
  id: string;
  attempt_no: string;
  order_id: string | null;
  replenishment_id: string | null;
  product_id: string;
  supplier_id: string;
  supplier_code: string;
  protocol: string;
  not_found_grace_seconds: number | null;
  kind: 'card' | 'top-up';
  quantity: number;
  status: AttemptStatus;
  cost_hao: string;
  delivered_count: number;
  paid_hao: string | null;
  refunded_hao: string | null;
  send_count: number;
  sent_at: Date | null;
  query_count: number;
  first_not_found_at: Date | null;
  person_reason: PersonReason | null;
  supplier_order_no: string | null;
  deadline_at: Date | null;
}

const COLUMNS = `a.id, a.attempt_no, a.order_id, a.replenishment_id, a.product_id, a.supplier_id, s.code AS supplier_code,
  s.protocol, s.not_found_grace_seconds, a.kind, a.quantity, a.status, a.cost_hao, a.delivered_count, a.paid_hao,
  a.refunded_hao, a.send_count, a.sent_at, a.query_count, a.first_not_found_at, a.person_reason, a.supplier_order_no`;

const LOCK_ORDER_OF = `
  SELECT o.id, o.status, o.version FROM orders o WHERE o.id = (SELECT order_id FROM attempts WHERE id = $1) FOR UPDATE`;

const LOCK = `
  SELECT ${COLUMNS}, NULL::timestamptz AS deadline_at
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id WHERE a.id = $1 FOR UPDATE OF a`;

/** How an order stands. */
export interface OrderStanding {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly version: number;
}

/** What a settlement locks: `product` where stock may change, too. */
export type AttemptLock = 'attempt' | 'product';

/**
 * Locks product (where asked), order and attempt, in the order all scripts keep, with one exchange: each statement sees
 * what was there once the lock before it was had. Throws `attempt.not-found`.
 */
export async function lockAttempt(
  client: PoolClient,
  attemptId: string,
  lock: AttemptLock,
): Promise<{ readonly attempt: LockedAttempt; readonly order: OrderStanding | undefined }> {
  const [, orders, attempts] = await settled([
    lock === 'product' ? client.query(LOCK_PRODUCT_OF_ATTEMPT, [attemptId]) : Promise.resolve(),
    client.query<{ id: string; status: OrderStatus; version: number }>(LOCK_ORDER_OF, [attemptId]),
    client.query<AttemptRow>(LOCK, [attemptId]),
  ]);
  const row = attempts.rows[0];
  if (!row) throw new DomainError('attempt.not-found');
  const order = orders.rows[0];
  return {
    attempt: attemptOf(row),
    order: order && { orderId: order.id, status: order.status, version: order.version },
  };
}

function attemptOf(row: AttemptRow): LockedAttempt {
  const { limits } = adapterFor(row.protocol);
  const query = limits.query[row.kind];
  const graceSeconds = row.not_found_grace_seconds;
  return {
    id: row.id,
    attemptNo: row.attempt_no,
    orderId: row.order_id,
    replenishmentId: row.replenishment_id,
    productId: row.product_id,
    supplierId: row.supplier_id,
    supplierCode: row.supplier_code,
    protocol: row.protocol,
    kind: row.kind,
    quantity: row.quantity,
    status: row.status,
    isOpen: MAY_STILL_DELIVER[row.status],
    costHao: Number(row.cost_hao),
    deliveredCount: row.delivered_count,
    paidHao: amount(row.paid_hao),
    refundedHao: amount(row.refunded_hao),
    sendCount: row.send_count,
    sentAtMs: row.sent_at?.getTime() ?? null,
    queryCount: row.query_count,
    firstNotFoundAtMs: row.first_not_found_at?.getTime() ?? null,
    personReason: row.person_reason,
    supplierOrderNo: row.supplier_order_no,
    firstQueryAfterMs: query.firstAfterMs,
    queryEveryMs: query.everyMs,
    graceMs: graceSeconds === null ? limits.notFoundGraceMs : graceSeconds * SECOND_MS,
  };
}

const amount = (hao: string | null): number | null => (hao === null ? null : Number(hao));

/** So long we go on asking where no order's deadline says otherwise. */
const ASK_FOR_MS = 24 * 3_600 * SECOND_MS;

const FACTS = `
  SELECT ${COLUMNS}, o.deadline_at
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id LEFT JOIN orders o ON o.id = a.order_id
  WHERE a.id = $1`;

/**
 * What a reply to a query is judged by, in the supplier's time: `clockSpeed` times as fast since the attempt was sent.
 * At the order's deadline a person is asked, whatever else goes on. Throws `attempt.not-found`.
 */
export async function readQueryFacts(
  sql: Sql,
  { attemptId, nowMs, clockSpeed }: { attemptId: string; nowMs: number; clockSpeed: number },
): Promise<QueryFacts> {
  const found = await sql.query<AttemptRow>({
    name: 'attempt-query-facts',
    text: FACTS,
    values: [attemptId],
  });
  const row = found.rows[0];
  if (!row) throw new DomainError('attempt.not-found');
  const attempt = attemptOf(row);
  const sentAtMs = attempt.sentAtMs ?? nowMs;
  const clock = supplierClock(sentAtMs, clockSpeed);
  const giveUpAtMs = row.deadline_at?.getTime() ?? sentAtMs + ASK_FOR_MS;
  return {
    kind: attempt.kind,
    quantity: attempt.quantity,
    sentAtMs,
    nowMs: clock.toSupplierMs(nowMs),
    graceMs: attempt.graceMs,
    firstNotFoundAtMs:
      attempt.firstNotFoundAtMs === null
        ? undefined
        : clock.toSupplierMs(attempt.firstNotFoundAtMs),
    historyEndsAtMs: historyEndsAtMs(adapterFor(attempt.protocol).limits.history, sentAtMs),
    giveUpAtMs: clock.toSupplierMs(giveUpAtMs),
  };
}
