import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import {
  BACKOFFICE,
  PLATFORM_IO,
  supplierQueue,
  type ComplaintActivities,
  type IncidentActivities,
  type LargeOrderActivities,
  type LicenceActivities,
  type OrderActivities,
  type PlatformActivities,
  type ReplenishmentActivities,
  type SettlementActivities,
  type SupplyActivities,
} from '#workflows';
import { bundleFromSources } from './workflow-bundle.js';

const SEARCH_ATTRIBUTES = [
  'OrderNo',
  'MerchantOrderNo',
  'PlatformCode',
  'ProductCode',
  'OrderStatus',
  'ComplaintNo',
  'ComplaintSeverity',
];
const KEYWORD = 2;
const KEYWORD_LIST = 7;

/** Steps of orders and platforms as a test plays them; one that is not given must not be called. */
export type PlayedActivities = Partial<
  ComplaintActivities &
    OrderActivities &
    IncidentActivities &
    LargeOrderActivities &
    LicenceActivities &
    PlatformActivities &
    ReplenishmentActivities &
    SettlementActivities &
    SupplyActivities
>;

/** Calls to suppliers; one that is not played must not be due. */
type PlayedCalls = {
  readonly [Name in keyof SupplyActivities]: SupplyActivities[Name] | undefined;
};

/** Suppliers that tests play. */
const SUPPLIERS = ['a', 'b'];

/**
 * The workflows of the sources on a server whose clock jumps over waiting times. One clock for all: a file uses one
 * world and lets its tests run one after the other.
 */
export class TimeSkippingWorld {
  private constructor(
    readonly env: TestWorkflowEnvironment,
    private readonly bundle: WorkflowBundle,
  ) {}

  static async start(): Promise<TimeSkippingWorld> {
    const binary = process.env['TEMPORAL_TEST_SERVER'];
    if (!binary)
      throw new Error(
        'TEMPORAL_TEST_SERVER must name the time-skipping server: run `npm run test:workflow`',
      );
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
      shutdownSignals: [],
    });
    // Bundled first: on a busy machine the server would otherwise be late for its deadline.
    const bundle = await bundleFromSources();
    const env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: binary } },
    });
    await env.connection.operatorService.addSearchAttributes({
      namespace: env.namespace ?? 'default',
      searchAttributes: {
        ...Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, KEYWORD])),
        SupplierCode: KEYWORD_LIST,
      },
    });
    return new TimeSkippingWorld(env, bundle);
  }

  async stop(): Promise<void> {
    await this.env.teardown();
    // The native runtime would keep Jest from ending.
    await Runtime.instance().shutdown();
  }

  nowMs(): Promise<number> {
    return this.env.currentTimeMs();
  }

  /** Runs `story` while workers are there that play these activities. */
  async play<Result>(activities: PlayedActivities, story: () => Promise<Result>): Promise<Result> {
    const { tryCallback, sendAttempt, queryAttempt, ...steps } = activities;
    if (sendAttempt ?? queryAttempt)
      return this.playSuppliers({ sendAttempt, queryAttempt }, () =>
        this.play({ ...steps, ...(tryCallback ? { tryCallback } : {}) }, story),
      );
    const connection = this.env.nativeConnection;
    const backoffice = await Worker.create({
      connection,
      taskQueue: BACKOFFICE,
      workflowBundle: this.bundle,
      activities: { ...steps },
    });
    if (!tryCallback) return backoffice.runUntil(story);
    const platformIo = await Worker.create({
      connection,
      taskQueue: PLATFORM_IO,
      activities: { tryCallback },
    });
    return platformIo.runUntil(() => backoffice.runUntil(story));
  }

  /** Each supplier has a queue for submissions and one for questions. */
  private async playSuppliers<Result>(
    { sendAttempt, queryAttempt }: PlayedCalls,
    story: () => Promise<Result>,
  ): Promise<Result> {
    const connection = this.env.nativeConnection;
    let inner = story;
    for (const code of SUPPLIERS)
      for (const [kind, activities] of [
        ['send', { sendAttempt }],
        ['query', { queryAttempt }],
      ] as const) {
        const played = Object.fromEntries(
          Object.entries(activities).filter(([, activity]) => activity !== undefined),
        );
        if (Object.keys(played).length === 0) continue;
        const taskQueue = supplierQueue(code, kind);
        const worker = await Worker.create({ connection, taskQueue, activities: played });
        const before = inner;
        inner = () => worker.runUntil(before);
      }
    return inner();
  }
}
