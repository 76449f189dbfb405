import type { Pool } from 'pg';
import type { CompensateIncident } from '#workflows';
import type { IncidentWorkflows } from '#workflows/client';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

/** One that has ended needs no run. */
const READ = `
  SELECT c.id AS "compensationId", i.incident_no AS "incidentNo", c.run_no AS "runNo", c.order_count AS "orderCount"
  FROM incident_compensations c JOIN incidents i ON i.id = c.incident_id
  WHERE c.id = ANY($1::bigint[]) AND c.status = 'running'`;

export interface IncidentLaneParts {
  readonly pool: Pool;
  readonly incidents: IncidentWorkflows;
  readonly isTemporalUp: () => boolean;
}

/** Starts the runs that compensate the orders of an incident. */
export class IncidentLane implements OutboxLane {
  readonly name = 'incidents';
  readonly kinds = ['compensate-incident'] as const;
  readonly inFlightMax = 2;

  constructor(private readonly parts: IncidentLaneParts) {}

  isOpen(): boolean {
    return this.parts.isTemporalUp();
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const groups = bySubject(rows);
    const found = await this.parts.pool.query<CompensateIncident>(READ, [[...groups.keys()]]);
    const byId = new Map(found.rows.map((row) => [row.compensationId, row]));
    return [...groups].map(([id, group]) => ({
      rows: group,
      run: async () => {
        const input = byId.get(id);
        if (input) await this.parts.incidents.start(input);
      },
    }));
  }
}
