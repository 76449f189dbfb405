import {
  BACKOFFICE,
  incidentCompensationWorkflowId,
  type CompensateIncident,
  type CompensateIncidentResult,
} from '../index.js';
import { acceptAlreadyStarted } from './order-workflows.js';
import type { TemporalAccess } from './temporal-access.js';

/** Runs that compensate the orders of an incident. */
export class IncidentWorkflows {
  constructor(private readonly temporal: TemporalAccess) {}

  /**
   * Starts the run where none is running; one that was lost begins again, because what was given is in the database. May
   * throw `service.unavailable`.
   */
  async start(input: CompensateIncident): Promise<void> {
    await this.temporal.call(async (client) => {
      await client
        .start<(given: CompensateIncident) => Promise<CompensateIncidentResult>>(
          'compensateIncident',
          {
            taskQueue: BACKOFFICE,
            workflowId: incidentCompensationWorkflowId(input.incidentNo, input.runNo),
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            staticSummary: `事件补偿 ${input.incidentNo} × ${input.orderCount}`,
            args: [input],
          },
        )
        .catch(acceptAlreadyStarted);
    });
  }
}
