import type { IncidentCompensationStatus } from '#domain';

/** What is known when the run is started; how far it has come is read as it goes on. */
export interface CompensateIncident {
  readonly compensationId: string;
  readonly incidentNo: string;
  /** Which of the incident's compensations. */
  readonly runNo: number;
  readonly orderCount: number;
}

export interface CompensateIncidentResult {
  readonly status: IncidentCompensationStatus;
  readonly givenCount: number;
  readonly skippedCount: number;
  readonly givenHao: number;
}
