import type { Pool } from 'pg';
import type { ComplaintSeverity } from '#domain';
import type { ComplaintSnapshot, ComplaintWorkflows } from '#workflows/client';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

const READ = `
  SELECT c.id, c.complaint_no, c.severity, p.code, o.order_no FROM complaints c
  LEFT JOIN platforms p ON p.id = c.platform_id LEFT JOIN orders o ON o.id = c.order_id
  WHERE c.id = ANY($1::bigint[])`;

interface Row {
  readonly id: string;
  readonly complaint_no: string;
  readonly severity: ComplaintSeverity;
  readonly code: string | null;
  readonly order_no: string | null;
}

export interface ComplaintLaneParts {
  readonly pool: Pool;
  readonly complaints: ComplaintWorkflows;
  readonly isTemporalUp: () => boolean;
}

/** Starts the runs of complaints and tells them to look again. */
export class ComplaintLane implements OutboxLane {
  readonly name = 'complaints';
  readonly kinds = ['complaint-changed'] as const;
  readonly inFlightMax = 4;

  constructor(private readonly parts: ComplaintLaneParts) {}

  isOpen(): boolean {
    return this.parts.isTemporalUp();
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const groups = bySubject(rows);
    const found = await this.parts.pool.query<Row>(READ, [[...groups.keys()]]);
    const byId = new Map(found.rows.map((row) => [row.id, snapshotOf(row)]));
    return [...groups].map(([id, group]) => ({
      rows: group,
      run: async () => {
        const complaint = byId.get(id);
        if (complaint) await this.parts.complaints.tell(complaint);
      },
    }));
  }
}

const snapshotOf = (row: Row): ComplaintSnapshot => ({
  complaintId: row.id,
  complaintNo: row.complaint_no,
  severity: row.severity,
  platformCode: row.code,
  orderNo: row.order_no,
});
