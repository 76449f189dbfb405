import type { Pool } from 'pg';
import type { ReplenishStock } from '#workflows';
import type { ReplenishmentWorkflows } from '#workflows/client';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

const READ = `
  SELECT r.id, r.replenishment_no, p.code, r.quantity FROM replenishments r JOIN products p ON p.id = r.product_id
  WHERE r.id = ANY($1::bigint[])`;

interface Row {
  readonly id: string;
  readonly replenishment_no: string;
  readonly code: string;
  readonly quantity: number;
}

export interface ReplenishmentLaneParts {
  readonly pool: Pool;
  readonly replenishments: ReplenishmentWorkflows;
  readonly isTemporalUp: () => boolean;
}

/** Starts the runs that buy stock and tells them to look again. */
export class ReplenishmentLane implements OutboxLane {
  readonly name = 'replenishments';
  readonly kinds = ['replenishment-changed'] as const;
  readonly inFlightMax = 4;

  constructor(private readonly parts: ReplenishmentLaneParts) {}

  isOpen(): boolean {
    return this.parts.isTemporalUp();
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const groups = bySubject(rows);
    const found = await this.parts.pool.query<Row>(READ, [[...groups.keys()]]);
    const byId = new Map(found.rows.map((row) => [row.id, inputOf(row)]));
    return [...groups].map(([id, group]) => ({
      rows: group,
      run: async () => {
        const input = byId.get(id);
        if (input) await this.parts.replenishments.tell(input);
      },
    }));
  }
}

const inputOf = (row: Row): ReplenishStock => ({
  replenishmentId: row.id,
  replenishmentNo: row.replenishment_no,
  productCode: row.code,
  quantity: row.quantity,
});
