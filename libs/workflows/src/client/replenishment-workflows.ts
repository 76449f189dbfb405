import {
  BACKOFFICE,
  PRODUCT_CODE,
  replenishmentChanged,
  replenishmentWorkflowId,
  type ReplenishStock,
  type ReplenishStockResult,
} from '../index.js';
import { acceptAlreadyStarted } from './order-workflows.js';
import type { TemporalAccess } from './temporal-access.js';

/** Runs that buy stock. */
export class ReplenishmentWorkflows {
  constructor(private readonly temporal: TemporalAccess) {}

  /**
   * Tells a run that something has changed, and starts it where there is none; one that has ended hears nothing more. May
   * throw `service.unavailable`.
   */
  async tell(input: ReplenishStock): Promise<void> {
    await this.temporal.call(async (client) => {
      await client
        .signalWithStart<(given: ReplenishStock) => Promise<ReplenishStockResult>, []>(
          'replenishStock',
          {
            taskQueue: BACKOFFICE,
            workflowId: replenishmentWorkflowId(input.replenishmentNo),
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            typedSearchAttributes: [{ key: PRODUCT_CODE, value: input.productCode }],
            staticSummary: `备货 ${input.productCode} × ${input.quantity}`,
            args: [input],
            signal: replenishmentChanged,
            signalArgs: [],
          },
        )
        .catch(acceptAlreadyStarted);
    });
  }
}
