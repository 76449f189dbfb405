import {
  BACKOFFICE,
  callbackWorkflowId,
  type DeliverCallback,
  type DeliverCallbackResult,
} from '../index.js';
import { acceptAlreadyStarted } from './order-workflows.js';
import type { TemporalAccess } from './temporal-access.js';

/** Rounds of tries that belong to no running order. */
export class CallbackWorkflows {
  constructor(private readonly temporal: TemporalAccess) {}

  /** Starts a round; the same round asked for again is as good. May throw `service.unavailable`. */
  async start(round: DeliverCallback): Promise<void> {
    await this.temporal.call(async (client) => {
      await client
        .start<(input: DeliverCallback) => Promise<DeliverCallbackResult>>('deliverCallback', {
          taskQueue: BACKOFFICE,
          workflowId: callbackWorkflowId(round.callbackId, round.triesBefore),
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          staticSummary: `补发回调 callback ${round.callbackId}`,
          args: [round],
        })
        .catch(acceptAlreadyStarted);
    });
  }
}
