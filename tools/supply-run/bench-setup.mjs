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
/** Has a supplier of its own, which hangs on command. */
export const OTHER_PRODUCT = 'BENCH-OTHER';
const SUPPLIERS = [
  { code: 'bench', protocol: 'kakayun', account: '10001', secret: 'bench-secret', sells: PRODUCT },
  {
    code: 'other',
    protocol: 'kakayun',
    account: '10002',
    secret: 'other-secret',
    sells: OTHER_PRODUCT,
  },
];
const AT_ONCE = { settleMs: 0 };
/** Takes every call and never answers: the caller gives up after its 30 seconds. */
const HANGING = { answer: 'silence', works: false, query: 'silence' };
const QUIET = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** @param {string} simulator */
const documentOf = (simulator) => ({
  suppliers: SUPPLIERS.map(({ code, protocol, account, secret }) => ({
    code,
    protocol,
    baseUrl: `${simulator}/s/${code}`,
    isSandbox: true,
    credentials: { account, secret },
    limits: {
      createsPerSecond: 1_000,
      queriesPerSecond: 1_000,
      concurrency: 100,
      replyTimeoutSeconds: 30,
    },
  })),
  products: SUPPLIERS.map(({ sells }) => ({
    code: sells,
    status: 'on-sale',
    mayWait: false,
    waitSeconds: 3_600,
  })),
  prices: SUPPLIERS.map(({ sells }) => ({ product: sells, unitPrice: '30.00' })),
  routes: SUPPLIERS.map(({ code, sells }) => ({
    product: sells,
    supplier: code,
    supplierProductId: '555',
    cost: '28.00',
  })),
});

/**
 * Two suppliers that deliver at once, each with a product that only it has, and a worker with one activity that does nothing.
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
  for (const { sells: _, ...supplier } of SUPPLIERS) {
    await control(simulator, 'suppliers', { ...supplier, balanceHao: 1e13, products });
    await control(simulator, `suppliers/${supplier.code}/behaviour`, { defaults: AT_ONCE });
  }
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
    /** @param {boolean} hangs */
    letOtherHang: (hangs) =>
      control(simulator, 'suppliers/other/behaviour', { defaults: hangs ? HANGING : AT_ONCE }),
    close: async () => {
      worker.shutdown();
      await working;
      await native.close();
      await connection.close();
      await sql.end();
    },
  };
}
