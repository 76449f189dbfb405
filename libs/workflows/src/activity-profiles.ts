import type { ActivityOptions, LocalActivityOptions } from '@temporalio/common';
import { PLATFORM_IO, supplierQueue } from './task-queues.js';

/**
 * A short transaction of our own. Retried for a day: an order must end even if the database is away for hours, and a
 * sweep in the database is the backstop behind that.
 */
export const DATABASE: LocalActivityOptions = {
  startToCloseTimeout: '15 seconds',
  scheduleToCloseTimeout: '24 hours',
  localRetryThreshold: '5 seconds',
  retry: {
    initialInterval: '200 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '15 seconds',
  },
};

/** The same on behalf of somebody who waits for the answer: it is done soon or not at all. */
export const DATABASE_ASKED: LocalActivityOptions = {
  startToCloseTimeout: '4 seconds',
  scheduleToCloseTimeout: '4 seconds',
  retry: { initialInterval: '200 milliseconds', maximumAttempts: 4 },
};

/**
 * One try to reach a platform. Never retried by the server: the ladder decides when the next try is due. The heartbeat
 * tells within seconds that a worker died in the middle.
 */
export const CALLBACK: ActivityOptions = {
  taskQueue: PLATFORM_IO,
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '6 seconds',
  retry: { maximumAttempts: 1 },
};

/**
 * One call to a supplier. Never retried by the server: a submission that may have left is only asked about, and what is
 * due next is read from the database. A call that no worker takes for ten minutes is given up and planned anew.
 */
export function supplierCall(
  kind: 'send' | 'query',
  supplierCode: string,
  attemptNo: string,
): ActivityOptions {
  return {
    taskQueue: supplierQueue(supplierCode, kind),
    scheduleToStartTimeout: '10 minutes',
    startToCloseTimeout: '6 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { maximumAttempts: 1 },
    summary: `${kind === 'send' ? '下单 send' : '查询 query'} ${supplierCode} ${attemptNo}`,
  };
}
