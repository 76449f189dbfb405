import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import {
  BACKOFFICE,
  orderSearchAttributes,
  orderWorkflowId,
  type FulfilOrder,
  type FulfilOrderResult,
} from '#workflows';
import type { TimeSkippingWorld } from './time-skipping.js';

export type OrderRun = WorkflowHandleWithFirstExecutionRunId<
  (input: FulfilOrder) => Promise<FulfilOrderResult>
>;

let lastNo = 0;

/** An order that waits for stock, without deadline, unless said otherwise. */
export function anOrderInput(given: Partial<FulfilOrder> = {}): FulfilOrder {
  lastNo += 1;
  return {
    orderId: String(lastNo),
    orderNo: `20261124${String(lastNo).padStart(6, '0')}`,
    productId: '0198d8c0-0000-7000-8000-000000000001',
    productCode: 'EMPTY-10',
    quantity: 2,
    status: 'processing',
    version: 1,
    deadlineAtMs: null,
    ...given,
  };
}

/** Starts the run of an order as the relay does. */
export async function startOrder(world: TimeSkippingWorld, input: FulfilOrder): Promise<OrderRun> {
  return world.env.client.workflow.start<(given: FulfilOrder) => Promise<FulfilOrderResult>>(
    'fulfilOrder',
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
