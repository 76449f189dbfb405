import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { exchange, type Answer, type TestPlatform } from '../support/api.js';
import { isAlive, sleep, TestSystem } from '../support/system.js';

let system: TestSystem;
const stamp = Date.now().toString(36);
let serial = 0;
const anOrder = (productCode: string, quantity: number, more: object = {}) => ({
  merchantOrderNo: `F${stamp}${(serial += 1)}`,
  productCode,
  quantity,
  ...more,
});

interface View {
  readonly orderNo: string;
  readonly status: string;
  readonly cards: readonly { cardNo: string; cardPassword: string }[];
}
const viewOf = (answer: Answer): View => answer.json as unknown as View;

async function importCards(product: string, codes: readonly string[]): Promise<void> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'kagong-')), 'cards.csv');
  await writeFile(file, `${codes.map((code) => `${code},PW-${code}`).join('\n')}\n`);
  const result = await system.command('import', ['--product', product, '--file', file]);
  expect(result['imported']).toBe(codes.length);
}

/** A client as a careful platform has it: it sends the same number until it is answered. */
async function submitUntilAnswered(platform: TestPlatform, order: object): Promise<View> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await platform.submit(order).catch(() => undefined);
    if (answer && answer.status < 500) return viewOf(answer);
    await sleep(100 + Math.random() * 300);
  }
  throw new Error('never answered');
}

async function runStatus(orderNo: string): Promise<string> {
  const { temporalUi, temporalNamespace } = await system.run();
  const id = encodeURIComponent(`order:${orderNo}`);
  const target = `/api/v1/namespaces/${temporalNamespace}/workflows/${id}`;
  const info = (await exchange(temporalUi, 'GET', target)).json['workflowExecutionInfo'] as
    { status?: string } | undefined;
  return (info?.status ?? 'none').replace('WORKFLOW_EXECUTION_STATUS_', '');
}

async function eventually(what: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const endMs = Date.now() + withinMs;
  while (Date.now() < endMs) {
    if (await what().catch(() => false)) return true;
    await sleep(300);
  }
  return false;
}

const isRunCompleted = (view: View): Promise<boolean> =>
  eventually(async () => (await runStatus(view.orderNo)) === 'COMPLETED', 90_000);

async function doctorFinds(): Promise<unknown> {
  const report = await system.command('doctor', []);
  const checks = report['checks'] as unknown as { name: string; violations: number }[];
  return checks.filter((check) => check.violations > 0);
}

beforeAll(async () => {
  system = await TestSystem.start();
}, 240_000);
afterAll(async () => {
  await system?.stop();
  await system?.remove();
}, 60_000);

const PARTS = ['postgres', 'temporal', 'simulator', 'api', 'worker', 'admin'];

it('keeps every order whole while api, worker, Temporal and Postgres are killed one after the other', async () => {
  const platform = await system.platform('demo');
  const count = 500;
  await importCards(
    'STEAM-100',
    Array.from({ length: count * 2 }, (_, index) => `KILL-${stamp}-${index}`),
  );
  const orders = Array.from({ length: count }, () => anOrder('STEAM-100', 1 + (serial % 2)));
  const first = new Map<string, View>();
  const victims = ['api', 'worker', 'temporal', 'postgres'];
  const killAll = async (): Promise<void> => {
    for (const [index, part] of victims.entries()) {
      while (first.size < ((index + 1) / (victims.length + 1)) * count) await sleep(20);
      await system.signal(part, 'SIGKILL');
    }
  };
  const unsent = [...orders];
  const client = async (): Promise<void> => {
    for (let order = unsent.shift(); order; order = unsent.shift())
      first.set(order.merchantOrderNo, await submitUntilAnswered(platform, order));
  };
  await Promise.all([killAll(), ...Array.from({ length: 12 }, client)]);
  const isReady = async (): Promise<boolean> =>
    (await exchange((await system.run()).api, 'GET', '/health/ready')).status === 200;
  expect(await eventually(isReady, 60_000)).toBe(true);

  const codes = new Set<string>();
  for (const order of orders) {
    const view = viewOf(await platform.order(order.merchantOrderNo));
    expect([view.status, view.cards.length]).toEqual(['succeeded', order.quantity]);
    expect(first.get(order.merchantOrderNo)?.orderNo).toBe(view.orderNo);
    for (const card of view.cards) codes.add(card.cardNo);
  }
  expect(codes.size).toBe(orders.reduce((sum, order) => sum + order.quantity, 0));
  const isWhole = async (): Promise<boolean> => (await system.alive()).length === PARTS.length;
  expect(await eventually(isWhole, 60_000)).toBe(true);
  for (const view of [...first.values()].slice(-3)) expect(await isRunCompleted(view)).toBe(true);
  expect(await doctorFinds()).toEqual([]);
}, 420_000);

it('sells from stock and fills waiting orders while Temporal hangs, and its runs appear when it is back', async () => {
  const platform = await system.platform('demo');
  const pid = await system.signal('temporal', 'SIGSTOP');
  try {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => platform.submit(anOrder('STEAM-100', 1))),
    );
    expect(answers.map((one) => [one.status, viewOf(one).cards.length])).toEqual(
      answers.map(() => [201, 1]),
    );
    const waiting = anOrder('RACE-10', 3);
    expect(viewOf(await platform.submit(waiting)).status).toBe('processing');
    await importCards(
      'RACE-10',
      [1, 2, 3].map((index) => `AWAY-${stamp}-${index}`),
    );
    const isFilled = async (): Promise<boolean> =>
      viewOf(await platform.order(waiting.merchantOrderNo)).status === 'succeeded';
    expect(await eventually(isFilled, 20_000)).toBe(true);
    process.kill(pid, 'SIGCONT');
    for (const answer of answers) expect(await isRunCompleted(viewOf(answer))).toBe(true);
  } finally {
    if (isAlive(pid)) process.kill(pid, 'SIGCONT');
  }
}, 240_000);

it('leaves a marker of a code in no file in clear: database, Temporal, logs, outbox', async () => {
  const platform = await system.platform('demo');
  const marker = `CANARY${stamp}ZX`;
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => received.push(chunk));
    request.on('end', () => response.end('ok'));
  });
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready));
  const callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await importCards(
    'EMPTY-10',
    [1, 2, 3, 4].map((index) => `${marker}-${index}`),
  );
  const sold = await platform.submit(anOrder('EMPTY-10', 2, { callbackUrl }));
  expect(sold.text).toContain(marker);
  await platform.submit(anOrder('EMPTY-10', 3, { callbackUrl }));
  await importCards('EMPTY-10', [`${marker}-5`]);
  // The marker did travel: five codes, each as number and in its password.
  const hasArrived = (): Promise<boolean> =>
    Promise.resolve(received.join('').split(marker).length > 10);
  expect(await eventually(hasArrived, 30_000)).toBe(true);
  receiver.close();

  const files = await filesOfSystem();
  for (const kind of ['temporal', 'pg_wal', 'logs'])
    expect(files.some((file) => file.includes(kind))).toBe(true);
  const found: string[] = [];
  for (const file of files) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    if (content.includes(marker)) found.push(file);
  }
  expect(found).toEqual([]);
}, 180_000);

it('stops on one signal, leaves no process behind, and finds its data again', async () => {
  const before = await (await system.platform('demo')).balanceFen();
  const { pids } = await system.run();
  expect(await system.stop()).toBe(0);
  expect(Object.values(pids).filter(isAlive)).toEqual([]);
  await expect(stat(path.join(system.dataDir, 'run.json'))).rejects.toThrow();
  system = await TestSystem.start(system.dataDir);
  expect(await (await system.platform('demo')).balanceFen()).toBe(before);
}, 240_000);

/** All that the system has written: its data folder, and Postgres' where that stands elsewhere. */
async function filesOfSystem(): Promise<string[]> {
  const client = new pg.Client({ connectionString: (await system.run()).databaseUrl });
  await client.connect();
  await client.query('CHECKPOINT');
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
  await client.end();
  const folders = new Set([system.dataDir, ...rows.map((row) => row.data_directory)]);
  return (await Promise.all([...folders].map(filesBelow))).flat();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
