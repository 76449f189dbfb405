import { Logger } from '@nestjs/common';
import { Worker } from '@temporalio/worker';
import type { Pool } from 'pg';
import { supplierQueue, type SupplyActivities } from '#workflows';
import { adapterFor, hasProtocol } from '#domain/protocol';
import { pause } from '../pause.js';
import type { SharedWorkerOptions } from '../temporal/workers.js';
import { bindActivities } from '../temporal/bind-activities.js';
import type { SupplyActivityProvider } from './supply.activity-provider.js';

const LOOK_EVERY_MS = 5_000;
/** What a protocol says nothing of. */
const CREATES_PER_SECOND = 20;

interface SupplierLimits {
  readonly code: string;
  readonly protocol: string;
  readonly creates_per_second: number | null;
  readonly queries_per_second: number | null;
  readonly concurrency_max: number;
}

/** Retired suppliers stay served: what they were asked for must be settled. */
const READ = `
  SELECT s.code, s.protocol, s.creates_per_second, s.queries_per_second, s.concurrency_max FROM suppliers s
  WHERE s.status <> 'retired' OR EXISTS (
    SELECT 1 FROM attempts a WHERE a.supplier_id = s.id AND a.status IN ('prepared', 'accepted', 'unknown'))
  ORDER BY s.code`;

interface Served {
  readonly limits: string;
  readonly workers: readonly Worker[];
  readonly ended: Promise<unknown>;
}

export interface SupplierWorkersParts {
  readonly pool: Pool;
  readonly options: SharedWorkerOptions;
  readonly provider: SupplyActivityProvider;
}

/**
 * Two workers for each supplier, one for submissions and one for questions, made and replaced as suppliers come and their
 * limits change. Rates are kept by the server for all processes together.
 */
export class SupplierWorkers {
  private readonly logger = new Logger(SupplierWorkers.name);
  private readonly served = new Map<string, Served>();

  constructor(private readonly parts: SupplierWorkersParts) {}

  /** Looks for suppliers until it is stopped; then lets what runs come to its end. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.look().catch((error: unknown) =>
        this.logger.warn(`suppliers could not be read: ${String(error)}`),
      );
      await pause(LOOK_EVERY_MS, stop);
    }
    await Promise.allSettled([...this.served.keys()].map((code) => this.dismiss(code)));
  }

  private async look(): Promise<void> {
    const { rows } = await this.parts.pool.query<SupplierLimits>(READ);
    const known = rows.filter((row) => hasProtocol(row.protocol));
    for (const row of known) {
      const limits = JSON.stringify(row);
      const now = this.served.get(row.code);
      if (now?.limits === limits && now.workers.every((one) => one.getState() === 'RUNNING'))
        continue;
      if (now) void this.dismiss(row.code);
      this.served.set(row.code, await this.serve(row, limits));
    }
    const codes = new Set(known.map((row) => row.code));
    for (const code of this.served.keys()) if (!codes.has(code)) void this.dismiss(code);
  }

  private async serve(row: SupplierLimits, limits: string): Promise<Served> {
    const protocol = adapterFor(row.protocol).limits;
    const queriesOfProtocol = Math.max(
      ...Object.values(protocol.query).map((one) => one.perSecond),
    );
    const workers = await Promise.all([
      this.worker(
        row,
        'send',
        row.creates_per_second ?? protocol.createsPerSecond ?? CREATES_PER_SECOND,
      ),
      this.worker(row, 'query', row.queries_per_second ?? queriesOfProtocol),
    ]);
    this.logger.log(`supplier ${row.code} is served`);
    return { limits, workers, ended: Promise.allSettled(workers.map((worker) => worker.run())) };
  }

  private worker(row: SupplierLimits, kind: 'send' | 'query', perSecond: number): Promise<Worker> {
    const names: (keyof SupplyActivities)[] = kind === 'send' ? ['sendAttempt'] : ['queryAttempt'];
    return Worker.create({
      ...this.parts.options,
      taskQueue: supplierQueue(row.code, kind),
      activities: bindActivities<SupplyActivities>(this.parts.provider, names),
      maxTaskQueueActivitiesPerSecond: perSecond,
      maxConcurrentActivityTaskExecutions: row.concurrency_max,
      maxConcurrentActivityTaskPolls: 2,
      maxHeartbeatThrottleInterval: '2 seconds',
    });
  }

  private async dismiss(code: string): Promise<void> {
    const served = this.served.get(code);
    if (!served) return;
    this.served.delete(code);
    for (const worker of served.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await served.ended;
  }
}
