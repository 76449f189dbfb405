import { Module, type DynamicModule } from '@nestjs/common';
import { openSqlPool } from '#domain/database';
import { CardVault, MasterKeys } from '#domain/stores';
import type { WorkerConfig } from './config.js';
import { AlertSender } from './alert/alert-sender.js';
import { ComplaintActivityProvider } from './complaint/complaint.activity-provider.js';
import { AlertLane } from './outbox/alert-lane.js';
import { LicenceActivityProvider } from './licence/licence.activity-provider.js';
import { IncidentActivityProvider } from './incident/incident.activity-provider.js';
import { LargeOrderActivityProvider } from './large-order/large-order.activity-provider.js';
import { WorkerMetrics } from './health/metrics.js';
import { OrderActivityProvider } from './order/order.activity-provider.js';
import { CallbackSender } from './platform/callback-sender.js';
import { PlatformActivityProvider } from './platform/platform.activity-provider.js';
import { ReplenishmentActivityProvider } from './replenishment/replenishment.activity-provider.js';
import { NotificationHandler } from './supply/notification-handler.js';
import { SupplierHealthLoop } from './supply/supplier-health.loop.js';
import { SupplierHttp } from './supply/supplier-http.js';
import { SettlementActivityProvider } from './settlement/settlement.activity-provider.js';
import { SupplyActivityProvider } from './supply/supply.activity-provider.js';
import { TemporalLink } from './temporal/temporal-link.js';
import { WorkerRunner } from './worker.runner.js';

/** Puts the worker together: one pool, one connection to Temporal, one owner of start and stop. */
@Module({})
export class WorkerModule {
  static forRoot(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      providers: [{ provide: WorkerRunner, useFactory: () => assemble(config) }],
    };
  }
}

function assemble(config: WorkerConfig): WorkerRunner {
  const pool = openSqlPool(config.databaseUrl, config.databaseConnections, 'kagong-worker');
  const metrics = new WorkerMetrics();
  const masterKeys = MasterKeys.parse(config.masterKeys);
  const vault = new CardVault(masterKeys, config.fingerprintKey);
  const supply = { pool, vault, clockSpeed: config.supplyClockSpeed };
  const http = new SupplierHttp();
  const suppliers = new SupplyActivityProvider({
    pool,
    supply,
    masterKeys,
    http,
    notifyBaseUrl: config.supplyNotifyUrl,
  });
  const sender = new CallbackSender({ pool, vault, masterKeys, metrics });
  const orders = new OrderActivityProvider(pool, supply);
  return new WorkerRunner({
    config,
    pool,
    metrics,
    temporal: new TemporalLink(config, metrics),
    replenishments: new ReplenishmentActivityProvider(supply),
    complaints: new ComplaintActivityProvider(pool),
    orders,
    incidents: new IncidentActivityProvider(pool),
    largeOrders: new LargeOrderActivityProvider(pool, orders),
    settlement: new SettlementActivityProvider(pool),
    licences: new LicenceActivityProvider(pool),
    supply: suppliers,
    sender,
    alerts: new AlertLane({ pool, masterKeys, sender: new AlertSender(http, config.mail) }),
    health: new SupplierHealthLoop({ pool, masterKeys, http }),
    notifications: new NotificationHandler(pool, supply, masterKeys, (attemptId) =>
      suppliers.askAbout(attemptId),
    ),
    platforms: new PlatformActivityProvider(sender),
  });
}
