import type { CompensateIncidentResult } from './compensate-incident.contract.js';

/** Steps of a bulk compensation; all may run twice. */
export interface IncidentActivities {
  /** Gives the next orders what they are to get, in one transaction, and tells how far it has come. */
  giveIncidentBatch(input: { readonly compensationId: string }): Promise<CompensateIncidentResult>;
}
