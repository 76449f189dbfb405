import { setMaxListeners } from 'node:events';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Worker } from '@temporalio/worker';
import type { Pool } from 'pg';
import { BACKOFFICE } from '#workflows';
import {
  CallbackWorkflows,
  ComplaintWorkflows,
  ensureStatementSchedule,
  LicenceWorkflows,
  IncidentWorkflows,
  OrderWorkflows,
  ReplenishmentWorkflows,
} from '#workflows/client';
import type { ComplaintActivityProvider } from './complaint/complaint.activity-provider.js';
import { ComplaintClockLoop } from './complaint/complaint-clock.loop.js';
import type { WorkerConfig } from './config.js';
import { HealthServer } from './health/health-server.js';
import type { WorkerMetrics } from './health/metrics.js';
import type { LicenceActivityProvider } from './licence/licence.activity-provider.js';
import type { IncidentActivityProvider } from './incident/incident.activity-provider.js';
import type { LargeOrderActivityProvider } from './large-order/large-order.activity-provider.js';
import type { OrderActivityProvider } from './order/order.activity-provider.js';
import type { AlertLane } from './outbox/alert-lane.js';
import { CallbackLane } from './outbox/callback-lane.js';
import { CompensationLane } from './outbox/compensation-lane.js';
import { LicenceLane } from './outbox/licence-lane.js';
import { ComplaintLane } from './outbox/complaint-lane.js';
import { IncidentLane } from './outbox/incident-lane.js';
import { NotificationLane } from './outbox/notification-lane.js';
import { OrderLane } from './outbox/order-lane.js';
import { OutboxLoop, type OutboxLane } from './outbox/outbox-loop.js';
import { OutboxWakes } from './outbox/outbox-wakes.js';
import { ReplenishmentLane } from './outbox/replenishment-lane.js';
import { StartGate } from './outbox/start-gate.js';
import { StockLane } from './outbox/stock-lane.js';
import type { CallbackSender } from './platform/callback-sender.js';
import type { PlatformActivityProvider } from './platform/platform.activity-provider.js';
import type { ReplenishmentActivityProvider } from './replenishment/replenishment.activity-provider.js';
import type { SettlementActivityProvider } from './settlement/settlement.activity-provider.js';
import { SweepLoop } from './sweeps/sweep-loop.js';
import type { NotificationHandler } from './supply/notification-handler.js';
import type { SupplierHealthLoop } from './supply/supplier-health.loop.js';
import { SupplierWorkers } from './supply/supplier-workers.js';
import type { SupplyActivityProvider } from './supply/supply.activity-provider.js';
import type { TemporalLink } from './temporal/temporal-link.js';
import { createWorkers, workerOptions } from './temporal/workers.js';

export interface RunnerParts {
  readonly config: WorkerConfig;
  readonly pool: Pool;
  readonly temporal: TemporalLink;
  readonly metrics: WorkerMetrics;
  readonly complaints: ComplaintActivityProvider;
  readonly orders: OrderActivityProvider;
  readonly incidents: IncidentActivityProvider;
  readonly largeOrders: LargeOrderActivityProvider;
  readonly platforms: PlatformActivityProvider;
  readonly replenishments: ReplenishmentActivityProvider;
  readonly supply: SupplyActivityProvider;
  readonly settlement: SettlementActivityProvider;
  readonly licences: LicenceActivityProvider;
  readonly sender: CallbackSender;
  readonly notifications: NotificationHandler;
  readonly alerts: AlertLane;
  readonly health: SupplierHealthLoop;
}

/** Starts everything that runs in this process and stops it in the right order; nobody else does either. */
export class WorkerRunner implements OnApplicationShutdown {
  private readonly logger = new Logger(WorkerRunner.name);
  private readonly stopping = new AbortController();
  private readonly health: HealthServer;
  private readonly gate: StartGate;
  private workers: Worker[] = [];
  private running: Promise<unknown>[] = [];

  constructor(private readonly parts: RunnerParts) {
    this.health = new HealthServer(parts);
    this.gate = new StartGate(() => parts.temporal.workflowBacklog(BACKOFFICE));
  }

  /** Comes back as soon as the work has begun; `onFatal` is called when a worker cannot go on. */
  async start(onFatal: (error: unknown) => void): Promise<void> {
    const { config, pool, metrics } = this.parts;
    const port = await this.health.listen(config.host, config.metricsPort);
    this.logger.log(`health and metrics on port ${port}`);
    const { signal } = this.stopping;
    // Every loop listens to it; that is no leak.
    setMaxListeners(0, signal);
    const wakes = new OutboxWakes(config.databaseUrl);
    this.running = [
      this.gate.run(signal),
      wakes.run(signal),
      ...this.lanes().map((lane) => new OutboxLoop(pool, lane, metrics, wakes).run(signal)),
      new SweepLoop(pool, {
        metrics,
        keeper: this.parts.supply,
        mail: config.mail,
      }).run(signal),
      new ComplaintClockLoop(pool).run(signal),
      this.parts.health.run(signal),
      this.runWorkers(signal).catch(onFatal),
    ];
  }

  /** What needs no Temporal runs from the first moment; the workers as soon as it answers. */
  private async runWorkers(signal: AbortSignal): Promise<void> {
    const { config, temporal } = this.parts;
    const connection = await temporal.connect(signal);
    if (!connection || signal.aborted) return;
    this.workers = await createWorkers({ ...this.parts, connection });
    const runs = this.workers.map((worker) => worker.run());
    const { pool, supply: provider } = this.parts;
    const options = workerOptions(config, connection);
    runs.push(new SupplierWorkers({ pool, options, provider }).run(signal));
    if (signal.aborted) this.drain();
    // Without it the sweep makes statements, an hour later.
    await ensureStatementSchedule(connection, config.temporalNamespace).catch((error: unknown) =>
      this.logger.error('the schedule of statements could not be made', error),
    );
    this.logger.log('workers are polling');
    await Promise.all([...runs, temporal.watch(signal)]);
  }

  private lanes(): OutboxLane[] {
    const { config, pool, temporal, metrics } = this.parts;
    const isTemporalUp = (): boolean => temporal.isUp;
    return [
      new StockLane(pool),
      new NotificationLane(this.parts.notifications),
      this.parts.alerts,
      new CompensationLane(pool),
      new OrderLane({
        pool,
        orders: new OrderWorkflows(temporal),
        metrics,
        startWorkflows: config.orderWorkflows,
        inFlightMax: config.startsInFlight,
        isTemporalUp,
        gate: this.gate,
      }),
      new ComplaintLane({ pool, complaints: new ComplaintWorkflows(temporal), isTemporalUp }),
      new IncidentLane({ pool, incidents: new IncidentWorkflows(temporal), isTemporalUp }),
      new ReplenishmentLane({
        pool,
        replenishments: new ReplenishmentWorkflows(temporal),
        isTemporalUp,
      }),
      new LicenceLane({ pool, licences: new LicenceWorkflows(temporal), isTemporalUp }),
      new CallbackLane({
        pool,
        sender: this.parts.sender,
        callbacks: new CallbackWorkflows(temporal),
        metrics,
        isTemporalUp,
      }),
    ];
  }

  /** Takes nothing new, lets what runs come to its end, then closes what it ran on. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.drain();
    await Promise.allSettled(this.running);
    await this.parts.temporal.close().catch(() => undefined);
    await this.health.close();
    await this.parts.pool.end();
    this.logger.log('stopped');
  }

  private drain(): void {
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  }
}
