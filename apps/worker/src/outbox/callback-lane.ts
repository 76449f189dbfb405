import type { Pool } from 'pg';
import type { CallbackWorkflows } from '#workflows/client';
import type { WorkerMetrics } from '../health/metrics.js';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import type { OutboxRow } from './outbox-rows.js';

export interface CallbackLaneParts {
  readonly pool: Pool;
  readonly callbacks: CallbackWorkflows;
  readonly metrics: WorkerMetrics;
  readonly isTemporalUp: () => boolean;
}

const READ = `
  SELECT id, try_count FROM callback_deliveries WHERE id = ANY($1::bigint[]) AND status = 'scheduled'`;

/** Starts rounds of tries for callbacks that no running order looks after. */
export class CallbackLane implements OutboxLane {
  readonly name = 'callbacks';
  readonly kinds = ['send-callback'] as const;
  readonly inFlightMax = 4;

  constructor(private readonly parts: CallbackLaneParts) {}

  isOpen(): boolean {
    return this.parts.isTemporalUp();
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const found = await this.parts.pool.query<{ id: string; try_count: number }>(READ, [
      rows.map((row) => row.subject),
    ]);
    const tries = new Map(found.rows.map((row) => [row.id, row.try_count]));
    return rows.map((row) => ({ rows: [row], run: () => this.relay(row, tries) }));
  }

  private async relay(row: OutboxRow, tries: ReadonlyMap<string, number>): Promise<void> {
    const triesBefore = tries.get(row.subject);
    if (triesBefore === undefined) return; // acknowledged or given up meanwhile
    await this.parts.callbacks.start({ callbackId: row.subject, triesBefore });
    this.parts.metrics.workflowStarts.inc({ workflow: 'deliverCallback' });
  }
}
