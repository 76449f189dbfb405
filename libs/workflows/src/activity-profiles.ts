import type { ActivityOptions, LocalActivityOptions } from '@temporalio/common';
import { PLATFORM_IO } from './task-queues.js';

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
