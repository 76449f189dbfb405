import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import type { PlannedOrder } from '../order/acceptance-write.store.js';
import { SECOND_MS } from '../shared/business-time.js';
import { STAGE_KEY_FACTOR } from './large-order-phase.js';

/** The order's own row is there already; it is marked as one of which nothing may be delivered yet. */
const WRITE = `
  WITH marked AS (
    UPDATE orders SET released_quantity = 0 WHERE id = $1
  ), large AS (
    INSERT INTO large_orders (order_id, platform_id, plan_id, phase, stage_no, stage_count, amount_hao, prepayment_hao,
      due_at, prepayment_due_at, next_at, pay_seconds, grace_seconds, deliver_seconds, accept_seconds, remind_seconds,
      reserve, on_overdue, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  )
  INSERT INTO delivery_stages (id, order_id, stage_no, quantity, amount_hao, prepaid_hao, status, due_at)
  SELECT $1::bigint * ${STAGE_KEY_FACTOR} + s.stage_no, $1, s.stage_no, s.quantity, s.amount_hao, s.prepaid_hao,
    CASE WHEN s.stage_no = $5 THEN 'awaiting-payment' ELSE 'planned' END, CASE WHEN s.stage_no = $5 THEN $9::timestamptz END
  FROM unnest($20::int[], $21::int[], $22::bigint[], $23::bigint[]) AS s(stage_no, quantity, amount_hao, prepaid_hao)`;

/** What makes orders large ones, in the transaction that accepts them. Nearly always there is nothing to write. */
export async function writeLargeOrders(
  client: PoolClient,
  orders: readonly PlannedOrder[],
  nowMs: number,
): Promise<void> {
  const large = orders.filter((order) => order.large !== undefined);
  await settled(large.map((order) => client.query(WRITE, valuesOf(order, nowMs))));
}

function valuesOf(order: PlannedOrder, nowMs: number): unknown[] {
  const { large } = order;
  if (!large) return [];
  const { plan, planned } = large;
  const isPrepaid = planned.prepaymentHao > 0;
  const dueAt = new Date(nowMs + plan.paySeconds * SECOND_MS);
  const column = (pick: (stage: (typeof planned.stages)[number]) => number): number[] =>
    planned.stages.map(pick);
  return [
    order.id,
    order.submission.platformId,
    plan.planId,
    isPrepaid ? 'prepayment' : 'payment',
    isPrepaid ? 0 : 1,
    planned.stages.length,
    order.amountHao,
    planned.prepaymentHao,
    dueAt,
    isPrepaid ? dueAt : null,
    // The first look sets the clock.
    new Date(nowMs),
    plan.paySeconds,
    plan.graceSeconds,
    plan.deliverSeconds,
    plan.acceptSeconds,
    plan.remindSeconds,
    plan.reserve,
    plan.onOverdue,
    new Date(nowMs),
    column((stage) => stage.stageNo),
    column((stage) => stage.quantity),
    column((stage) => stage.amountHao),
    column((stage) => stage.prepaidHao),
  ];
}
