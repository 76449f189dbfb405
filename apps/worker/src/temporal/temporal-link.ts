import { Logger } from '@nestjs/common';
import type { WorkflowClient } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { DomainError } from '#domain';
import { TemporalAccess, workflowClient } from '#workflows/client';
import type { WorkerConfig } from '../config.js';
import type { WorkerMetrics } from '../health/metrics.js';
import { pause } from '../pause.js';

const PING_UP_MS = 5_000;
const PING_DOWN_MS = 1_000;
const PING_DEADLINE_MS = 2_000;
/** `TASK_QUEUE_TYPE_WORKFLOW` of Temporal's API. */
const WORKFLOW_TASKS = 1;

/**
 * The worker's one connection to Temporal. The client goes over the workers' own connection: only so can the server
 * hand a new run's first task back in the answer to its start.
 */
export class TemporalLink extends TemporalAccess {
  private readonly logger = new Logger(TemporalLink.name);
  private connection: NativeConnection | undefined;
  private workflows: WorkflowClient | undefined;
  private up = false;

  constructor(
    private readonly config: WorkerConfig,
    private readonly metrics: WorkerMetrics,
  ) {
    super();
  }

  /** Whether Temporal answered when it was last asked. */
  get isUp(): boolean {
    return this.up;
  }

  /** Connects, again and again until it succeeds; undefined where the program stops before. */
  async connect(stop: AbortSignal): Promise<NativeConnection | undefined> {
    const { temporalAddress: address, temporalNamespace: namespace } = this.config;
    while (!stop.aborted) {
      try {
        const connection = await NativeConnection.connect({ address });
        this.connection = connection;
        this.workflows = workflowClient(connection, namespace);
        await this.waitForNamespace(stop);
        return connection;
      } catch {
        await this.connection?.close().catch(() => undefined);
        this.connection = undefined;
        this.logger.warn(`Temporal at ${address} does not answer yet`);
        await pause(PING_DOWN_MS * 2, stop);
      }
    }
    return undefined;
  }

  /** A worker that polls a namespace which does not exist yet would end at once. */
  private async waitForNamespace(stop: AbortSignal): Promise<void> {
    while (!stop.aborted && !(await this.ping())) await pause(PING_DOWN_MS, stop);
  }

  /** Watches the server for as long as the program runs. */
  async watch(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await pause(this.up ? PING_UP_MS : PING_DOWN_MS, stop);
      if (!stop.aborted) await this.ping();
    }
  }

  private async ping(): Promise<boolean> {
    const { connection } = this;
    if (!connection) return false;
    const namespace = this.config.temporalNamespace;
    const isUp = await connection
      .withDeadline(Date.now() + PING_DEADLINE_MS, () =>
        connection.workflowService.describeNamespace({ namespace }),
      )
      .then(
        () => true,
        () => false,
      );
    this.note(isUp);
    return isUp;
  }

  /** Workflow tasks of this queue that wait for a worker, as the server counts them. */
  async workflowBacklog(taskQueue: string): Promise<number> {
    const { connection } = this;
    if (!connection) return 0;
    const namespace = this.config.temporalNamespace;
    const described = await connection.withDeadline(Date.now() + PING_DEADLINE_MS, () =>
      connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: WORKFLOW_TASKS,
        reportStats: true,
      }),
    );
    return Number(described.stats?.approximateBacklogCount ?? 0);
  }

  private note(isUp: boolean): void {
    if (isUp !== this.up) this.logger.log(isUp ? 'Temporal answers' : 'Temporal is away');
    this.up = isUp;
    this.metrics.temporalUp.set(isUp ? 1 : 0);
  }

  override async call<Result>(work: (client: WorkflowClient) => Promise<Result>): Promise<Result> {
    try {
      return await super.call(work);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'service.unavailable') this.note(false);
      throw error;
    }
  }

  protected override client(): Promise<WorkflowClient> {
    if (!this.workflows) return Promise.reject(new DomainError('service.unavailable'));
    return Promise.resolve(this.workflows);
  }

  override async close(): Promise<void> {
    this.up = false;
    await this.connection?.close();
  }
}
