import type { Pool } from 'pg';
import { DomainError } from '#domain';
import {
  fillWaitingOrders,
  readPlatformReorders,
  reorderMissing,
  stepCompensation,
} from '#domain/stores';
import type { OutboxLane, OutboxTask, TaskEnd } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

/**
 * Makes good what went wrong: decides compensations and gives them, and orders again what failed orders lack. Our own
 * database alone, so Temporal may be away.
 */
export class CompensationLane implements OutboxLane {
  readonly name = 'compensations';
  readonly kinds = ['compensate', 're-order'] as const;
  readonly inFlightMax = 4;

  constructor(private readonly pool: Pool) {}

  isOpen(): boolean {
    return true;
  }

  plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const tasks = this.kinds.flatMap((kind) =>
      [...bySubject(rows.filter((row) => row.kind === kind))].map(([id, group]) => ({
        rows: group,
        run: () => (kind === 'compensate' ? this.compensate(id) : this.reorder(id)),
      })),
    );
    return Promise.resolve(tasks);
  }

  private async compensate(compensationId: string): Promise<TaskEnd> {
    return stepCompensation(this.pool, { compensationId, nowMs: Date.now() });
  }

  /** A re-order that is refused now (no money, off sale) is left to staff. */
  private async reorder(orderId: string): Promise<void> {
    const nowMs = Date.now();
    const timesMax = await readPlatformReorders(this.pool, orderId);
    const actor = { kind: 'system', name: 're-order' } as const;
    try {
      const made = await reorderMissing(this.pool, { orderId, actor, nowMs, timesMax });
      if (made) await fillWaitingOrders(this.pool, { productId: made.productId, nowMs });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'service.unavailable') throw error;
    }
  }
}
