import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import pg from 'pg';
import { ROOT } from '../lib/paths.mjs';
import { PlatformClient } from '../platform-client.mjs';
import { control } from './faults.mjs';
import { rest } from './run-tools.mjs';

export const NOOP_QUEUE = 'bench-noop';
export const PRODUCT = 'BENCH-CARD';
const SUPPLIER = { code: 'bench', protocol: 'kakayun', account: '10001', secret: 'bench-secret' };
const QUIET = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** @param {string} simulator */
const documentOf = (simulator) => ({
  suppliers: [
    {
      code: SUPPLIER.code,
      protocol: SUPPLIER.protocol,
      baseUrl: `${simulator}/s/${SUPPLIER.code}`,
      isSandbox: true,
      credentials: { account: SUPPLIER.account, secret: SUPPLIER.secret },
      limits: { createsPerSecond: 1_000, queriesPerSecond: 1_000, concurrency: 100 },
    },
  ],
  products: [{ code: PRODUCT, status: 'on-sale', mayWait: false, waitSeconds: 3_600 }],
  prices: [{ product: PRODUCT, unitPrice: '30.00' }],
  routes: [{ product: PRODUCT, supplier: 'bench', supplierProductId: '555', cost: '28.00' }],
});

/**
 * A supplier that delivers at once, a product that only it has, and a worker with one activity that does nothing.
 * @param {Awaited<ReturnType<typeof import('./system.mjs').start>>} system
 */
export async function prepare(system) {
  const run = system.run();
  const {
    supplierSimulator: simulator,
    temporalAddress: address,
    temporalNamespace: namespace,
  } = run;
  const products = [{ id: '555', kind: 'card', priceHao: 280_000 }];
  await control(simulator, 'suppliers', { ...SUPPLIER, balanceHao: 1e13, products });
  await control(simulator, 'suppliers/bench/behaviour', { defaults: { settleMs: 0 } });
  const file = path.join(system.dataDir, 'bench.json');
  writeFileSync(file, JSON.stringify(documentOf(simulator)));
  execFileSync(process.execPath, ['tools/command.mjs', 'apply', '--file', file], {
    cwd: ROOT,
    env: { ...process.env, KAGONG_DATA_DIR: system.dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const sql = new pg.Client({ connectionString: run.databaseUrl });
  await sql.connect();
  const native = await NativeConnection.connect({ address });
  const workflowsPath = fileURLToPath(new URL('./noop.workflow.mjs', import.meta.url));
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue: NOOP_QUEUE,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: QUIET }),
    activities: { doNothing: () => Promise.resolve() },
    maxConcurrentWorkflowTaskExecutions: 16,
  });
  const working = worker.run();
  const connection = await Connection.connect({ address });
  await rest(7_000);
  return {
    client: new Client({ connection, namespace }),
    platform: new PlatformClient({ api: run.api, ...run.platforms[0] }),
    sql,
    close: async () => {
      worker.shutdown();
      await working;
      await native.close();
      await connection.close();
      await sql.end();
    },
  };
}
