import { fileURLToPath } from 'node:url';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import {
  BACKOFFICE,
  PLATFORM_IO,
  type LicenceActivities,
  type ComplaintActivities,
  type IncidentActivities,
  type LargeOrderActivities,
  type OrderActivities,
  type PlatformActivities,
  type ReplenishmentActivities,
  type SettlementActivities,
} from '#workflows';
import type { WorkerConfig } from '../config.js';
import type { LicenceActivityProvider } from '../licence/licence.activity-provider.js';
import type { ComplaintActivityProvider } from '../complaint/complaint.activity-provider.js';
import type { IncidentActivityProvider } from '../incident/incident.activity-provider.js';
import type { LargeOrderActivityProvider } from '../large-order/large-order.activity-provider.js';
import type { OrderActivityProvider } from '../order/order.activity-provider.js';
import type { PlatformActivityProvider } from '../platform/platform.activity-provider.js';
import type { ReplenishmentActivityProvider } from '../replenishment/replenishment.activity-provider.js';
import type { SettlementActivityProvider } from '../settlement/settlement.activity-provider.js';
import { activityErrorInterceptor } from './activity-error.interceptor.js';
import { bindActivities } from './bind-activities.js';

/** Written by `tools/bundle`: `dist/workflow-bundle.js`. */
const BUNDLE = fileURLToPath(new URL('../../../../workflow-bundle.js', import.meta.url));

export interface WorkerParts {
  readonly config: WorkerConfig;
  readonly connection: NativeConnection;
  readonly complaints: ComplaintActivityProvider;
  readonly orders: OrderActivityProvider;
  readonly incidents: IncidentActivityProvider;
  readonly largeOrders: LargeOrderActivityProvider;
  readonly platforms: PlatformActivityProvider;
  readonly replenishments: ReplenishmentActivityProvider;
  readonly settlement: SettlementActivityProvider;
  readonly licences: LicenceActivityProvider;
}

export type SharedWorkerOptions = ReturnType<typeof workerOptions>;

/** What all workers of the process share. */
export function workerOptions(config: WorkerConfig, connection: NativeConnection) {
  return {
    connection,
    namespace: config.temporalNamespace,
    interceptors: { activity: [activityErrorInterceptor] },
    shutdownGraceTime: '15 seconds',
    shutdownForceTime: '20 seconds',
  } satisfies Partial<WorkerOptions>;
}

/** One worker per task queue; they share the connection and the process. */
export async function createWorkers(parts: WorkerParts): Promise<Worker[]> {
  const shared = workerOptions(parts.config, parts.connection);
  const backoffice = await Worker.create({
    ...shared,
    taskQueue: BACKOFFICE,
    workflowBundle: { codePath: BUNDLE },
    activities: {
      ...bindActivities<ComplaintActivities>(parts.complaints, ['advanceComplaint']),
      ...bindActivities<OrderActivities>(parts.orders, [
        'advanceOrder',
        'failOverdueOrder',
        'cancelWaitingOrder',
        'retryWaitingOrder',
      ]),
      ...bindActivities<ReplenishmentActivities>(parts.replenishments, ['advanceReplenishment']),
      ...bindActivities<IncidentActivities>(parts.incidents, ['giveIncidentBatch']),
      ...bindActivities<LargeOrderActivities>(parts.largeOrders, [
        'advanceStages',
        'recordStagePayment',
        'acceptDeliveredStage',
        'extendStageDeadline',
      ]),
      ...bindActivities<LicenceActivities>(parts.licences, ['lookAtLicence']),
      ...bindActivities<SettlementActivities>(parts.settlement, [
        'planStatements',
        'makeStatement',
        'watchStatement',
      ]),
    },
    // All its steps are local: an idle poll for ordinary ones would be a request for nothing.
    enableNonLocalActivities: false,
    maxCachedWorkflows: 500,
    maxConcurrentWorkflowTaskExecutions: 16,
    maxConcurrentWorkflowTaskPolls: 4,
    maxConcurrentLocalActivityExecutions: 20,
    // A worker that died keeps its cached runs to itself no longer than this.
    stickyQueueScheduleToStartTimeout: '3 seconds',
  });
  const platformIo = await Worker.create({
    ...shared,
    taskQueue: PLATFORM_IO,
    activities: bindActivities<PlatformActivities>(parts.platforms, ['tryCallback']),
    maxConcurrentActivityTaskExecutions: 50,
    maxHeartbeatThrottleInterval: '2 seconds',
  });
  return [backoffice, platformIo];
}
