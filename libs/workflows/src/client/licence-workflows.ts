import {
  BACKOFFICE,
  licenceChanged,
  licenceWorkflowId,
  type RemindLicence,
  type RemindLicenceResult,
} from '../index.js';
import type { TemporalAccess } from './temporal-access.js';

/** Runs that mind the clocks of licences. */
export class LicenceWorkflows {
  constructor(private readonly temporal: TemporalAccess) {}

  /** Tells the run of a licence that something has changed; one that has ended, or never was, begins. May throw `service.unavailable`. */
  async tell(input: RemindLicence, name: string): Promise<void> {
    await this.temporal.call(async (client) => {
      await client.signalWithStart<(given: RemindLicence) => Promise<RemindLicenceResult>, []>(
        'remindLicence',
        {
          taskQueue: BACKOFFICE,
          workflowId: licenceWorkflowId(input.licenceId),
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `资质 ${name}`.slice(0, 150),
          args: [input],
          signal: licenceChanged,
          signalArgs: [],
        },
      );
    });
  }
}
