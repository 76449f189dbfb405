import type { Pool } from 'pg';
import { isFinal } from '#domain';
import type { OrderSnapshot, OrderWorkflows } from '#workflows/client';
import type { WorkerMetrics } from '../health/metrics.js';
import { readOrderSnapshots } from '../order/order-snapshots.js';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import type { StartGate } from './start-gate.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

export interface OrderLaneParts {
  readonly pool: Pool;
  readonly orders: OrderWorkflows;
  readonly metrics: WorkerMetrics;
  readonly startWorkflows: 'all' | 'waiting';
  readonly inFlightMax: number;
  readonly isTemporalUp: () => boolean;
  readonly gate: StartGate;
}

/**
 * Starts the runs of orders and tells them what has changed. A change is sent by a call that also starts a run which
 * is missing, so it does not matter which of an order's rows comes first, nor how often.
 */
export class OrderLane implements OutboxLane {
  readonly name = 'orders';
  readonly kinds = ['start-order', 'order-changed'] as const;
  readonly inFlightMax: number;

  constructor(private readonly parts: OrderLaneParts) {
    this.inFlightMax = parts.inFlightMax;
  }

  isOpen(): boolean {
    return this.parts.isTemporalUp();
  }

  get mayTake(): boolean {
    return this.parts.gate.isOpen;
  }

  async plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const groups = bySubject(rows);
    const snapshots = await readOrderSnapshots(this.parts.pool, [...groups.keys()]);
    return [...groups].map(([subject, group]) => ({
      rows: group,
      run: () => this.relay(snapshots.get(subject), group),
    }));
  }

  private async relay(order: OrderSnapshot | undefined, rows: readonly OutboxRow[]): Promise<void> {
    const { orders, metrics, gate } = this.parts;
    if (!order) return;
    if (rows.some((row) => row.kind === 'order-changed')) await orders.signalChanged(order);
    else if (this.isNothingLeft(order)) return;
    else await orders.start(order);
    gate.noteStart();
    metrics.workflowStarts.inc({ workflow: 'fulfilOrder' });
  }

  private isNothingLeft(order: OrderSnapshot): boolean {
    return this.parts.startWorkflows === 'waiting' && isFinal(order.status);
  }
}
