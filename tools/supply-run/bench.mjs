// npm run bench -- supply: orders that need a supplier, beside workflows with one activity that does nothing, on the same
// server in the same run. Brings servers of its own.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import pg from 'pg';
import { ROOT } from '../lib/paths.mjs';
import { printError } from '../lib/progress.mjs';
import { PlatformClient } from '../platform-client.mjs';
import { tableOf, write } from './bench-report.mjs';
import { control } from './faults.mjs';
import { rest } from './run-tools.mjs';
import { start } from './system.mjs';

const QUEUE = 'bench-noop';
const SUPPLIER = { code: 'bench', protocol: 'kakayun', account: '10001', secret: 'bench-secret' };

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '400' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});
const count = Number(values.quick ? 60 : values.orders);
const seconds = Number(values.quick ? 5 : values.seconds);
const began = Date.now();
const say = (/** @type {string} */ text) =>
  console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

await main().catch((error) => {
  printError(error);
  process.exitCode = 1;
});

async function main() {
  const system = await start({ clockSpeed: 1 }, say);
  try {
    const bench = await prepare(system);
    const figures = await measure(bench);
    const table = tableOf(figures, { count, seconds });
    console.log(table);
    if (!values.quick) {
      write(table);
      say('written to docs/performance.md');
    }
    if (values.json) console.log(JSON.stringify(figures));
    await bench.close();
  } finally {
    await system.stop();
    rmSync(system.dataDir, { recursive: true, force: true });
  }
}

/** @param {Awaited<ReturnType<typeof start>>} system */
async function prepare(system) {
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
    taskQueue: QUEUE,
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
  products: [{ code: 'BENCH-CARD', status: 'on-sale', mayWait: false, waitSeconds: 3_600 }],
  prices: [{ product: 'BENCH-CARD', unitPrice: '30.00' }],
  routes: [{ product: 'BENCH-CARD', supplier: 'bench', supplierProductId: '555', cost: '28.00' }],
});

/** @typedef {Awaited<ReturnType<typeof prepare>>} Bench */

/** @param {Bench} bench */
export async function measure(bench) {
  await noops(bench, 20, 10);
  await orders(bench, 'warm', 20);
  say('workflows with one activity that does nothing, as fast as they go');
  const noopsPerSecond = await noops(bench, count, 40);
  say(`${noopsPerSecond.toFixed(1)}/s; orders through an instant supplier, as fast as they go`);
  const ordersPerSecond = await orders(bench, 'full', count);
  const rate = ordersPerSecond / 3;
  say(`${ordersPerSecond.toFixed(1)}/s; both at ${rate.toFixed(1)}/s for ${seconds} s`);
  const noopMs = await pacedNoops(bench, rate);
  const orderMs = await pacedOrders(bench, rate);
  return {
    noopsPerSecond,
    ordersPerSecond,
    ratio: ordersPerSecond / noopsPerSecond,
    ratePerSecond: rate,
    noop: { p50: share(noopMs, 0.5), p99: share(noopMs, 0.99) },
    order: { p50: share(orderMs, 0.5), p99: share(orderMs, 0.99) },
    history: await historyOf(bench),
  };
}

let lastNo = 0;
/** @param {Bench} bench */
function runNoop({ client }) {
  lastNo += 1;
  return client.workflow.execute('noop', {
    taskQueue: QUEUE,
    workflowId: `noop-${lastNo}`,
    args: [],
  });
}

/** Workflows per second, so many at a time. @param {Bench} bench @param {number} total @param {number} inFlight */
async function noops(bench, total, inFlight) {
  const beganMs = Date.now();
  let left = total;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await runNoop(bench);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (total * 1_000) / (Date.now() - beganMs);
}

/** @param {Bench} bench @param {string} no */
const submit = ({ platform }, no) =>
  platform.submitOrder({ merchantOrderNo: no, productCode: 'BENCH-CARD', quantity: 1 });

/** Orders per second, from the first accepted to the last delivered. @param {Bench} bench @param {string} name @param {number} total */
async function orders(bench, name, total) {
  for (let index = 0; index < total; index += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, total - index) }, (_, at) =>
        submit(bench, `${name}-${index + at}`),
      ),
    );
  const [first] = await untilAllEnded(bench, name, total);
  return (total * 1_000) / Number(first.ms);
}

/** @param {Bench} bench @param {string} name @param {number} total */
async function untilAllEnded({ sql }, name, total) {
  for (const endMs = Date.now() + 300_000; Date.now() < endMs; await rest(200)) {
    const { rows } = await sql.query(
      `SELECT count(*)::int AS ended, extract(epoch FROM max(updated_at) - min(created_at)) * 1000 AS ms
       FROM orders WHERE merchant_order_no LIKE $1 AND status = 'succeeded'`,
      [`${name}-%`],
    );
    if (rows[0].ended >= total) return rows;
  }
  throw new Error('the orders do not end');
}

/** One after the other at a fixed rate; milliseconds from start to end of each. @param {Bench} bench @param {number} rate */
async function pacedNoops(bench, rate) {
  /** @type {number[]} */
  const taken = [];
  await paced(rate, async () => {
    const beganMs = performance.now();
    await runNoop(bench);
    taken.push(performance.now() - beganMs);
  });
  return taken;
}

/** Milliseconds from acceptance to delivery, as the rows tell. @param {Bench} bench @param {number} rate */
async function pacedOrders(bench, rate) {
  let sent = 0;
  await paced(rate, () => {
    sent += 1;
    return submit(bench, `paced-${sent}`);
  });
  await untilAllEnded(bench, 'paced', sent);
  const { rows } = await bench.sql.query(
    `SELECT extract(epoch FROM updated_at - created_at)::float8 * 1000 AS ms
     FROM orders WHERE merchant_order_no LIKE 'paced-%'`,
  );
  return rows.map((row) => row.ms);
}

/** @param {number} rate @param {() => Promise<unknown>} act */
async function paced(rate, act) {
  const running = [];
  const beganMs = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    await rest(Math.max(0, beganMs + (index * 1_000) / rate - performance.now()));
    running.push(act());
  }
  await Promise.all(running);
}

/** @param {number[]} taken @param {number} part */
function share(taken, part) {
  const sorted = [...taken].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Events and bytes of the histories of some orders. @param {Bench} bench */
async function historyOf({ client, sql }) {
  const { rows } = await sql.query(
    `SELECT order_no FROM orders WHERE merchant_order_no LIKE 'paced-%' ORDER BY id LIMIT 20`,
  );
  await rest(3_000);
  const told = await Promise.all(
    rows.map(({ order_no: orderNo }) => client.workflow.getHandle(`order:${orderNo}`).describe()),
  );
  const events = told.map(({ historyLength }) => historyLength);
  const bytes = told.map(({ historySize }) => historySize ?? 0);
  return { events: share(events, 0.5), eventsMax: Math.max(...events), bytes: share(bytes, 0.5) };
}
