import { Logger } from '@nestjs/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { acceptOrders, fillWaitingOrders, replayCallback } from '#domain/stores';
import { callbackWorkflowId, orderWorkflowId, type DeliverCallback } from '#workflows';
import { aBuyer, aSubmit, type Buyer } from '../support/accepting.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import { aCalledPlatform, anOwedCallback, callbackStanding } from '../support/owed-callback.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { outboxRows, TestRelay, until, writeOutboxRow } from '../support/relay.js';
import { TestTemporal } from '../support/temporal-server.js';
import { aProduct, type TestProduct } from '../support/trade.js';

const receiver = new CallbackReceiver();
let server: TestTemporal;
let database: TestDatabase;
let pool: pg.Pool;
let db: pg.Client;
let buyer: Buyer;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  Logger.overrideLogger(false);
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  server = await TestTemporal.start();
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'relay-onlooker');
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
  buyer = await aBuyer(db);
  await aCalledPlatform(pool);
  await receiver.listen();
}, 120_000);
afterAll(async () => {
  await receiver.close();
  await pool?.end();
  await db?.end();
  await database?.drop();
  await server?.stop();
  // The native runtime would keep Jest from ending.
  await Runtime.instance().shutdown();
}, 60_000);
beforeEach(async () => {
  await pool.query('DELETE FROM outbox_messages');
  await pool.query('UPDATE platforms SET callback_ladder_seconds = NULL');
  receiver.received.length = 0;
  receiver.answer = answers.text(200, 'ok');
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
}, 60_000);

/** The relay alone: what it starts goes on only where a worker is there, too. */
function startRelay(): void {
  const relay = new TestRelay(database.url, { temporal: server });
  stops.push(() => relay.stop());
}

function startWorker(): void {
  stops.push(server.startWorker(database.url));
}

async function aWaitingOrder(product: TestProduct): Promise<{ id: string; run: string }> {
  const options = { nowMs: Date.now(), startWorkflows: 'all' } as const;
  const [answer] = await acceptOrders(pool, [aSubmit(buyer, product.code)], options);
  if (answer?.kind !== 'accepted') throw new Error('the order was not accepted');
  return { id: answer.order.id, run: orderWorkflowId(answer.order.orderNo) };
}

const allDone = (): Promise<void> =>
  until('all rows are done', async () => (await outboxRows(pool)).length === 0, 30_000);
const isListed = (workflowId: string): Promise<void> =>
  until('the run is listed', async () => (await server.runIds(workflowId)).length > 0);
const hasEnded = (workflowId: string): Promise<void> =>
  until(
    'the run has ended',
    async () => (await server.standing(workflowId)) === 'COMPLETED',
    60_000,
  );

describe('an order whose start is asked for', () => {
  it('gets one run, however often that happens, also after its end', async () => {
    const product = await aProduct(db);
    const order = await aWaitingOrder(product);
    for (let no = 0; no < 3; no += 1) await writeOutboxRow(pool, 'start-order', order.id);
    startRelay();
    startRelay();
    await allDone();
    await isListed(order.run);
    const [first] = await server.runIds(order.run);
    await writeOutboxRow(pool, 'start-order', order.id);
    await allDone();

    await product.stock(1);
    await fillWaitingOrders(pool, { productId: product.id, nowMs: Date.now() });
    startWorker();
    await hasEnded(order.run);
    await writeOutboxRow(pool, 'start-order', order.id);
    await allDone();
    expect(await server.runIds(order.run)).toEqual([first]);
  }, 120_000);

  it('gets its one run also where news of its end is told first', async () => {
    const product = await aProduct(db);
    const order = await aWaitingOrder(product);
    await pool.query('DELETE FROM outbox_messages');
    await product.stock(1);
    await fillWaitingOrders(pool, { productId: product.id, nowMs: Date.now() });
    expect(await outboxRows(pool)).toEqual([`order-changed ${order.id}`]);
    startRelay();
    await allDone();
    await writeOutboxRow(pool, 'start-order', order.id);
    await allDone();
    startWorker();
    await hasEnded(order.run);
    expect(await server.client.getHandle(order.run).result()).toEqual({ status: 'succeeded' });
    expect(await server.runIds(order.run)).toHaveLength(1);
  }, 120_000);
});

describe('a callback', () => {
  it('that is acknowledged at once needs no run', async () => {
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startRelay();
    await allDone();
    expect(await callbackStanding(pool, callbackId)).toMatchObject({ status: 'acknowledged' });
    expect(await server.standing(callbackWorkflowId(callbackId, 0))).toBe('none');
  }, 60_000);

  it('that is not acknowledged gets a run for the rest of its ladder', async () => {
    receiver.answer = (response) =>
      void response.writeHead(receiver.received.length < 3 ? 500 : 200).end();
    await pool.query(`UPDATE platforms SET callback_ladder_seconds = '{0,3,1}'`);
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startWorker();
    await hasEnded(callbackWorkflowId(callbackId, 0));
    const run = server.client.getHandle(callbackWorkflowId(callbackId, 0));
    expect(await run.result()).toEqual({ end: 'acknowledged' });
    expect(receiver.received).toHaveLength(3);
    expect(await callbackStanding(pool, callbackId)).toEqual({
      status: 'acknowledged',
      try_count: 3,
    });
  }, 120_000);

  it('whose first try was made while Temporal was away gets its run when it is back, with the wait that is left', async () => {
    receiver.answer = answers.text(500);
    await pool.query(`UPDATE platforms SET callback_ladder_seconds = '{0,600,1}'`);
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    const alone = new TestRelay(database.url);
    await until('the row has its next time', async () => {
      const planned =
        'SELECT 1 FROM outbox_messages WHERE leased_until IS NULL AND not_before > now()';
      return (await pool.query(planned)).rowCount === 1;
    });
    await alone.stop();
    const id = callbackWorkflowId(callbackId, 0);
    expect(await server.standing(id)).toBe('none');

    await pool.query('UPDATE outbox_messages SET not_before = now()');
    startRelay();
    await allDone();
    expect(await server.standing(id)).toBe('RUNNING');
    const { events } = await server.client.getHandle(id).fetchHistory();
    const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
    const input = defaultPayloadConverter.fromPayload<DeliverCallback>(payload ?? {});
    expect(input).toMatchObject({ callbackId, triesBefore: 0 });
    expect(input.firstDelayMs).toBeGreaterThan(500_000);
    expect(input.firstDelayMs).toBeLessThan(600_000);
    expect(receiver.received).toHaveLength(1);
    await server.client.getHandle(id).terminate();
  }, 120_000);

  it('asked for again by staff gets a round of its own, counted from the tries before', async () => {
    receiver.answer = answers.text(500);
    await pool.query(`UPDATE platforms SET callback_ladder_seconds = '{0,1}'`);
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startWorker();
    await hasEnded(callbackWorkflowId(callbackId, 0));
    expect(await callbackStanding(pool, callbackId)).toEqual({ status: 'dead', try_count: 2 });

    const actor = { kind: 'staff', name: 'staff@example.test' } as const;
    await replayCallback(pool, { callbackId, actor });
    await hasEnded(callbackWorkflowId(callbackId, 2));
    expect(await callbackStanding(pool, callbackId)).toEqual({ status: 'dead', try_count: 4 });
  }, 120_000);
});
