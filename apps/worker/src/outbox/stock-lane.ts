import type { Pool } from 'pg';
import { fillWaitingOrders } from '#domain/stores';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

/** Gives stock that has arrived to the orders that wait for it: our own database alone, so Temporal may be away. */
export class StockLane implements OutboxLane {
  readonly name = 'stock';
  readonly kinds = ['fill-stock'] as const;
  readonly inFlightMax = 2;

  constructor(private readonly pool: Pool) {}

  isOpen(): boolean {
    return true;
  }

  /** Many arrivals of one product are filled at once. */
  plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const groups = bySubject(rows);
    const tasks = [...groups].map(([productId, group]) => ({
      rows: group,
      run: async () => {
        await fillWaitingOrders(this.pool, { productId, nowMs: Date.now() });
      },
    }));
    return Promise.resolve(tasks);
  }
}
