import type { PoolClient } from 'pg';
import { LOCK_PRODUCT_OF_ORDER } from '../inventory/product-lock.store.js';
import type { OrderStatus } from '../order/order-status.js';
import { DomainError } from '../shared/domain-error.js';
import type { LargeOrderPhase } from './large-order-phase.js';
import type { PlannedStage, StageTerms } from './stage-plan.js';
import type { LargeOrderFacts } from './stage-step.js';

/** A large order under the locks of the transaction that moves it on. */
export interface LockedLargeOrder
  extends LargeOrderFacts, Pick<StageTerms, Exclude<keyof StageTerms, 'graceSeconds'>> {
  readonly orderId: string;
  readonly platformId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly version: number;
  readonly amountHao: number;
}

const LOCK = `
  SELECT o.id, o.status, o.version, o.platform_id, o.product_id, o.quantity, o.delivered_quantity, o.sourcing_quantity,
    o.released_quantity, o.amount_hao, o.cancel_asked_at, l.phase, l.stage_no, l.paused_at, l.paid_hao, l.prepayment_hao,
    l.due_at, l.reminded_count, l.pay_seconds, l.grace_seconds, l.deliver_seconds, l.accept_seconds, l.remind_seconds,
    l.reserve, l.on_overdue
  FROM orders o JOIN large_orders l ON l.order_id = o.id WHERE o.id = $1 FOR UPDATE OF o, l`;

const READ_STAGES = `
  SELECT stage_no AS "stageNo", quantity, amount_hao AS "amountHao", prepaid_hao AS "prepaidHao"
  FROM delivery_stages WHERE order_id = $1 ORDER BY id`;

interface Row {
  id: string;
  status: OrderStatus;
  version: number;
  platform_id: string;
  product_id: string;
  quantity: number;
  delivered_quantity: number;
  sourcing_quantity: number;
  released_quantity: number;
  amount_hao: string;
  cancel_asked_at: Date | null;
  phase: LargeOrderPhase;
  stage_no: number;
  paused_at: Date | null;
  paid_hao: string;
  prepayment_hao: string;
  due_at: Date | null;
  reminded_count: number;
  pay_seconds: number;
  grace_seconds: number;
  deliver_seconds: number;
  accept_seconds: number;
  remind_seconds: number[];
  reserve: StageTerms['reserve'];
  on_overdue: StageTerms['onOverdue'];
}

interface StageRow {
  stageNo: number;
  quantity: number;
  amountHao: string;
  prepaidHao: string;
}

/** Locks product, order and large order, in this order, and reads all that decides what is next. Throws `large-order.not-found`. */
export async function lockLargeOrder(
  client: PoolClient,
  orderId: string,
): Promise<LockedLargeOrder> {
  await client.query(LOCK_PRODUCT_OF_ORDER, [orderId]);
  const found = await client.query<Row>(LOCK, [orderId]);
  const row = found.rows[0];
  if (!row) throw new DomainError('large-order.not-found', { orderId });
  const stages = await client.query<StageRow>(READ_STAGES, [orderId]);
  return {
    orderId,
    platformId: row.platform_id,
    productId: row.product_id,
    quantity: row.quantity,
    version: row.version,
    amountHao: Number(row.amount_hao),
    status: row.status,
    isCancelAsked: row.cancel_asked_at !== null,
    sourcingQuantity: row.sourcing_quantity,
    deliveredQuantity: row.delivered_quantity,
    releasedQuantity: row.released_quantity,
    phase: row.phase,
    stageNo: row.stage_no,
    isPaused: row.paused_at !== null,
    paidHao: Number(row.paid_hao),
    prepaymentHao: Number(row.prepayment_hao),
    stages: stages.rows.map(plannedStage),
    dueAtMs: row.due_at?.getTime() ?? null,
    remindedCount: row.reminded_count,
    paySeconds: row.pay_seconds,
    graceSeconds: row.grace_seconds,
    deliverSeconds: row.deliver_seconds,
    acceptSeconds: row.accept_seconds,
    remindSeconds: row.remind_seconds,
    reserve: row.reserve,
    onOverdue: row.on_overdue,
  };
}

const plannedStage = (row: StageRow): PlannedStage => ({
  stageNo: row.stageNo,
  quantity: row.quantity,
  amountHao: Number(row.amountHao),
  prepaidHao: Number(row.prepaidHao),
});
