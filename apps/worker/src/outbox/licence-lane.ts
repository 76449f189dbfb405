import type { Pool } from 'pg';
import type { LicenceWorkflows } from '#workflows/client';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

export interface LicenceLaneParts {
  readonly pool: Pool;
  readonly licences: LicenceWorkflows;
  readonly isTemporalUp: () => boolean;
}

/** Starts the runs of licences and tells them to look at their clocks. */
export class LicenceLane implements OutboxLane {
  readonly name = 'licences';
  readonly kinds = ['licence-changed'] as const;
  readonly inFlightMax = 4;

  constructor(private readonly parts: LicenceLaneParts) {}

  isOpen(): boolean {
    return this.parts.isTemporalUp();
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const groups = bySubject(rows);
    const found = await this.parts.pool.query<{ id: string; name: string }>(
      'SELECT id, name FROM licences WHERE id = ANY($1::uuid[])',
      [[...groups.keys()]],
    );
    const names = new Map(found.rows.map(({ id, name }) => [id, name]));
    return [...groups].map(([licenceId, group]) => ({
      rows: group,
      run: async () => {
        const name = names.get(licenceId);
        if (name !== undefined) await this.parts.licences.tell({ licenceId }, name);
      },
    }));
  }
}
