import type { Pool } from 'pg';
import { giveIncidentBatch } from '#domain/stores';
import type { CompensateIncidentResult, IncidentActivities } from '#workflows';

/** The steps of bulk compensations, each one transaction of the stores. All may run twice. */
export class IncidentActivityProvider implements IncidentActivities {
  constructor(private readonly pool: Pool) {}

  async giveIncidentBatch({
    compensationId,
  }: {
    readonly compensationId: string;
  }): Promise<CompensateIncidentResult> {
    const { status, givenCount, skippedCount, givenHao } = await giveIncidentBatch(this.pool, {
      compensationId,
      nowMs: Date.now(),
    });
    return { status, givenCount, skippedCount, givenHao };
  }
}
