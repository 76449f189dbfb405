import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { LargeOrderActivityProvider } from '../../apps/worker/src/large-order/large-order.activity-provider.js';
import { OrderActivityProvider } from '../../apps/worker/src/order/order.activity-provider.js';
import {
  BACKOFFICE,
  orderSearchAttributes,
  orderWorkflowId,
  type DeliverInStages,
  type FulfilOrderResult,
  type LargeOrderActivities,
  type OrderActivities,
} from '#workflows';
import type { LargeStory, LargeWorld } from './large-orders.js';
import { testVault } from './sold-order.js';
import type { TimeSkippingWorld } from './time-skipping.js';

export type LargeRun = WorkflowHandleWithFirstExecutionRunId<
  (input: DeliverInStages) => Promise<FulfilOrderResult>
>;

/** The real steps on the real database, at the time of the server whose clock jumps. */
export function largeActivities(
  world: LargeWorld,
  clock: TimeSkippingWorld,
): LargeOrderActivities & OrderActivities {
  const orders = new OrderActivityProvider(world.pool, {
    pool: world.pool,
    vault: testVault(),
    clockSpeed: 1,
  });
  const stages = new LargeOrderActivityProvider(world.pool, orders, () => clock.nowMs());
  return {
    advanceOrder: (input) => orders.advanceOrder(input),
    failOverdueOrder: (input) => orders.failOverdueOrder(input),
    cancelWaitingOrder: (input) => orders.cancelWaitingOrder(input),
    retryWaitingOrder: (input) => orders.retryWaitingOrder(input),
    advanceStages: (input) => stages.advanceStages(input),
    recordStagePayment: (input) => stages.recordStagePayment(input),
    acceptDeliveredStage: (input) => stages.acceptDeliveredStage(input),
    extendStageDeadline: (input) => stages.extendStageDeadline(input),
  };
}

/** Starts the run of a large order as the relay does. */
export async function startLargeRun(
  clock: TimeSkippingWorld,
  world: LargeWorld,
  story: LargeStory,
): Promise<LargeRun> {
  const { rows } = await world.db.query<{
    order_no: string;
    product_id: string;
    code: string;
    quantity: number;
  }>('SELECT order_no, product_id, product_code AS code, quantity FROM orders WHERE id = $1', [
    story.orderId,
  ]);
  const [row] = rows;
  if (!row) throw new Error('the order is gone');
  const input: DeliverInStages = {
    orderId: story.orderId,
    orderNo: row.order_no,
    productId: row.product_id,
    productCode: row.code,
    quantity: row.quantity,
    status: 'awaiting-payment',
    version: 1,
    deadlineAtMs: null,
    buys: true,
  };
  return clock.env.client.workflow.start<(given: DeliverInStages) => Promise<FulfilOrderResult>>(
    'deliverInStages',
    {
      taskQueue: BACKOFFICE,
      workflowId: orderWorkflowId(input.orderNo),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      typedSearchAttributes: orderSearchAttributes({
        ...input,
        merchantOrderNo: `M${input.orderId}`,
        platformCode: 'demo',
      }),
      args: [input],
    },
  );
}
