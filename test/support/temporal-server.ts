import { spawn } from 'node:child_process';
import path from 'node:path';
import type { WorkflowClient } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { MERCHANT_ORDER_NO, ORDER_NO, ORDER_STATUS, PLATFORM_CODE, PRODUCT_CODE } from '#workflows';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS } from './sold-order.js';

const WORKER = path.resolve(import.meta.dirname, '../../dist/apps/worker/src/main.js');

const NAMESPACE = 'kagong';

/** A Temporal dev server of its own for one spec file. */
export class TestTemporal {
  readonly namespace = NAMESPACE;

  private constructor(private readonly env: TestWorkflowEnvironment) {}

  static async start(): Promise<TestTemporal> {
    const binary = process.env['TEMPORAL_CLI'];
    if (!binary) throw new Error('TEMPORAL_CLI must name the dev server: `npm test` does that');
    const env = await TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'existing-path', path: binary },
        namespace: NAMESPACE,
        searchAttributes: [ORDER_NO, MERCHANT_ORDER_NO, PLATFORM_CODE, PRODUCT_CODE, ORDER_STATUS],
      },
    });
    return new TestTemporal(env);
  }

  stop(): Promise<void> {
    return this.env.teardown();
  }

  get address(): string {
    return this.env.address;
  }

  get client(): WorkflowClient {
    return this.env.client.workflow;
  }

  /** The runs there are and were under an id, the newest first; the server lists them a moment after they began. */
  async runIds(workflowId: string): Promise<string[]> {
    const runs: string[] = [];
    for await (const run of this.client.list({ query: `WorkflowId = "${workflowId}"` }))
      runs.push(run.runId);
    return runs;
  }

  /** How the newest run stands, or `none`. */
  async standing(workflowId: string): Promise<string> {
    const described = this.client.getHandle(workflowId).describe();
    return described.then(
      (run) => run.status.name,
      () => 'none',
    );
  }

  /** The built worker, as it runs in production, on this server; returns how to end it. */
  startWorker(databaseUrl: string): () => Promise<void> {
    const child = spawn(process.execPath, [WORKER], {
      stdio: 'ignore',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: databaseUrl,
        KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
        KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
        TEMPORAL_ADDRESS: this.address,
        TEMPORAL_NAMESPACE: this.namespace,
        WORKER_METRICS_PORT: '0',
      },
    });
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return async () => {
      child.kill('SIGTERM');
      await gone;
    };
  }
}
