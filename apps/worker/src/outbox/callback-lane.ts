import type { Pool } from 'pg';
import type { CallbackWorkflows } from '#workflows/client';
import type { WorkerMetrics } from '../health/metrics.js';
import type { CallbackSender } from '../platform/callback-sender.js';
import type { OutboxLane, OutboxTask, TaskEnd } from './outbox-loop.js';
import type { OutboxRow } from './outbox-rows.js';

export interface CallbackLaneParts {
  readonly pool: Pool;
  readonly sender: CallbackSender;
  readonly callbacks: CallbackWorkflows;
  readonly metrics: WorkerMetrics;
  readonly isTemporalUp: () => boolean;
}

/** While Temporal is away, a callback with a long wait is looked at as often as this: it may be back. */
const LOOK_AGAIN_MS = 60_000;

const READ_TRIES = `
  SELECT id, ladder_start FROM callback_deliveries WHERE id = ANY($1::bigint[]) AND status = 'scheduled'`;

/**
 * Sends the first try of a callback at once, without Temporal, because most are acknowledged then. Only one that must
 * wait for another try gets a run; while Temporal is away, its row comes back here and the ladder is walked from here.
 */
export class CallbackLane implements OutboxLane {
  readonly name = 'callbacks';
  readonly kinds = ['send-callback'] as const;
  readonly inFlightMax = 25;

  constructor(private readonly parts: CallbackLaneParts) {}

  isOpen(): boolean {
    return true;
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const found = await this.parts.pool.query<{ id: string; ladder_start: number }>({
      name: 'callback-ladders',
      text: READ_TRIES,
      values: [rows.map((row) => row.subject)],
    });
    const starts = new Map(found.rows.map((row) => [row.id, row.ladder_start]));
    return rows.map((row) => ({ rows: [row], run: () => this.relay(row, starts) }));
  }

  private async relay(row: OutboxRow, starts: ReadonlyMap<string, number>): Promise<TaskEnd> {
    const triesBefore = starts.get(row.subject);
    if (triesBefore === undefined) return; // acknowledged or given up meanwhile
    const callbackId = row.subject;
    const step = await this.parts.sender.step({ callbackId, triesBefore });
    if (step.kind === 'ended') return;
    if (!this.parts.isTemporalUp() || step.tryCount === triesBefore)
      return { afterMs: Math.min(step.delayMs, LOOK_AGAIN_MS) };
    await this.parts.callbacks.start({ callbackId, triesBefore, firstDelayMs: step.delayMs });
    this.parts.metrics.workflowStarts.inc({ workflow: 'deliverCallback' });
  }
}
