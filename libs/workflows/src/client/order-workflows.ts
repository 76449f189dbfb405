import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, type BaseWorkflowOptions } from '@temporalio/common';
import { DomainError, isFinal, type OrderStatus } from '#domain';
import {
  BACKOFFICE,
  cancelOrder,
  NOT_CANCELLABLE,
  NOT_WAITING,
  orderChanged,
  orderProgress,
  orderSearchAttributes,
  orderWorkflowId,
  retryNow,
  type CancelOrder,
  type FulfilOrder,
  type FulfilOrderResult,
  type OrderAnswer,
  type OrderProgress,
  type RetryNow,
} from '../index.js';
import type { TemporalAccess } from './temporal-access.js';

/** An order as its run is started and found. */
export interface OrderSnapshot extends FulfilOrder {
  readonly merchantOrderNo: string;
  readonly platformCode: string;
  /** Paid and delivered in stages: its run is of a kind of its own. */
  readonly isLarge?: boolean;
}

type FulfilOrderFunction = (input: FulfilOrder) => Promise<FulfilOrderResult>;

/** What other parts may say to the runs of orders. Every method may throw `service.unavailable`. */
export class OrderWorkflows {
  constructor(private readonly temporal: TemporalAccess) {}

  /** Starts the order's run; one that exists already, running or ended, is as good. */
  async start(order: OrderSnapshot): Promise<void> {
    await this.temporal.call(async (client) => {
      await client
        .start<FulfilOrderFunction>(kindOf(order), {
          ...startOptions(order),
          args: [workflowInput(order)],
          requestEagerStart: true,
        })
        .catch(acceptAlreadyStarted);
    });
  }

  /** Tells the order's run that its row has changed, and starts the run where there is none. */
  async signalChanged(order: OrderSnapshot): Promise<void> {
    await this.temporal.call(async (client) => {
      await client
        .signalWithStart<FulfilOrderFunction, [{ status: OrderStatus; version: number }]>(
          kindOf(order),
          {
            ...startOptions(order),
            args: [workflowInput(order)],
            signal: orderChanged,
            signalArgs: [{ status: order.status, version: order.version }],
          },
        )
        .catch(acceptAlreadyStarted);
    });
  }

  /**
   * Cancels what is not delivered; the answer tells how the order ended, undefined where its run has ended and only the
   * order's row can tell. Throws `order.not-cancellable`.
   */
  async cancelOrder(orderNo: string, ask: CancelOrder): Promise<OrderAnswer | undefined> {
    return this.temporal.call(async (client) => {
      const run = client.getHandle(orderWorkflowId(orderNo));
      return run.executeUpdate(cancelOrder, { args: [ask] }).catch((error: unknown) => {
        if (refusedStatus(error, NOT_CANCELLABLE)) throw new DomainError('order.not-cancellable');
        if (isEnded(error)) return undefined;
        throw askAgain(error);
      });
    });
  }

  /** Tries at once to fill the order; undefined where its run has ended and only the order's row can tell. */
  async retryNow(orderNo: string, ask: RetryNow): Promise<OrderAnswer | undefined> {
    return this.temporal.call(async (client) => {
      const run = client.getHandle(orderWorkflowId(orderNo));
      return run.executeUpdate(retryNow, { args: [ask] }).catch((error: unknown) => {
        const status = refusedStatus(error, NOT_WAITING);
        if (status) return { status };
        if (isEnded(error)) return undefined;
        throw askAgain(error);
      });
    });
  }

  /** Where one live run stands; undefined where there is no such run. Lists come from the database, never from here. */
  async progress(orderNo: string): Promise<OrderProgress | undefined> {
    return this.temporal.call(async (client) => {
      const run = client.getHandle(orderWorkflowId(orderNo));
      return run.query(orderProgress).catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      });
    });
  }
}

/** Both kinds have the id of the order: there is one run for each. */
const kindOf = (order: OrderSnapshot): 'fulfilOrder' | 'deliverInStages' =>
  order.isLarge ? 'deliverInStages' : 'fulfilOrder';

function startOptions(order: OrderSnapshot) {
  return {
    taskQueue: BACKOFFICE,
    workflowId: orderWorkflowId(order.orderNo),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: orderSearchAttributes(order),
    staticSummary: `${order.productCode} × ${order.quantity} · ${order.platformCode}`,
  } as const satisfies BaseWorkflowOptions & { taskQueue: string; workflowId: string };
}

/** Names each field: what is written into a history stays there. */
function workflowInput(order: OrderSnapshot): FulfilOrder {
  return {
    orderId: order.orderId,
    orderNo: order.orderNo,
    productId: order.productId,
    productCode: order.productCode,
    quantity: order.quantity,
    status: order.status,
    version: order.version,
    deadlineAtMs: order.deadlineAtMs,
    ...(isFinal(order.status) ? {} : { buys: true }),
  };
}

export function acceptAlreadyStarted(error: unknown): void {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}

/** The run has ended: with its order, or before it where somebody terminated it. */
function isEnded(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError && /already completed/i.test(error.message);
}

/** The order's status, where the run's validator refused the message. */
function refusedStatus(error: unknown, type: string): OrderStatus | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== type) return undefined;
  return cause.details?.[0] as OrderStatus | undefined;
}

/** A run that is not there yet will be started, and a step that failed may be asked for again; the rest are faults. */
function askAgain(error: unknown): unknown {
  return error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError
    ? new DomainError('service.unavailable')
    : error;
}
