import { Logger } from '@nestjs/common';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { acceptOrders } from '#domain/stores';
import { leaseRows } from '../../apps/worker/src/outbox/outbox-rows.js';
import { aBuyer, aSubmit, type Buyer } from '../support/accepting.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import { aCalledPlatform, anOwedCallback, callbackStanding } from '../support/owed-callback.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import {
  outboxRows,
  TestRelay,
  until,
  writeOutboxRow,
  type RelayOptions,
} from '../support/relay.js';
import { aProduct, type TestProduct } from '../support/trade.js';

const KINDS = ['start-order', 'order-changed', 'fill-stock', 'send-callback'] as const;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const receiver = new CallbackReceiver();
let database: TestDatabase;
let pool: pg.Pool;
let db: pg.Client;
let buyer: Buyer;
let relays: TestRelay[] = [];

beforeAll(async () => {
  Logger.overrideLogger(false); // some rows here fail on purpose
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 8, 'relay-onlooker');
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
  buyer = await aBuyer(db);
  await aCalledPlatform(pool);
  await receiver.listen();
}, 60_000);
afterAll(async () => {
  await receiver.close();
  await Promise.all([pool.end(), db.end()]);
  await database.drop();
});
beforeEach(async () => {
  await pool.query('DELETE FROM outbox_messages');
  receiver.received.length = 0;
  receiver.answer = answers.text(200, 'ok');
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  relays = [];
});

function startRelay(options: RelayOptions = {}): void {
  relays.push(new TestRelay(database.url, options));
}

async function accept(product: TestProduct, count = 1): Promise<string[]> {
  const submits = Array.from({ length: count }, () => aSubmit(buyer, product.code));
  const done = await acceptOrders(pool, submits, { nowMs: Date.now(), startWorkflows: 'all' });
  return done.map((one) => (one.kind === 'accepted' ? one.order.id : one.kind));
}

async function statuses(orderIds: readonly string[]): Promise<string[]> {
  const found = await pool.query<{ status: string }>(
    'SELECT status FROM orders WHERE id = ANY($1::bigint[]) ORDER BY id',
    [orderIds],
  );
  return found.rows.map((row) => row.status);
}

const isEmpty = async (): Promise<boolean> => (await outboxRows(pool)).length === 0;

describe('the relay while Temporal is away', () => {
  it('gives stock that has arrived to the orders that wait, and keeps what it owes to their runs', async () => {
    const product = await aProduct(db);
    const [first = '', second = ''] = await accept(product, 2);
    startRelay();
    await product.stock(1);
    await writeOutboxRow(pool, 'fill-stock', product.id);
    await until('one filled', async () => (await statuses([first]))[0] === 'succeeded');
    await until('the row is done', async () => {
      const rows = await outboxRows(pool);
      return !rows.includes(`fill-stock ${product.id}`);
    });
    expect(await statuses([first, second])).toEqual(['succeeded', 'processing']);
    expect(await outboxRows(pool)).toEqual([
      `start-order ${first}`,
      `start-order ${second}`,
      `order-changed ${first}`,
    ]);
  });

  it('sends the first try of a callback', async () => {
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startRelay();
    await until('the row is done', isEmpty);
    expect(receiver.received).toHaveLength(1);
    expect(await callbackStanding(pool, callbackId)).toEqual({
      status: 'acknowledged',
      try_count: 1,
    });
  });

  it('sends the second try, too, when its time has come and not before', async () => {
    const sentAtMs: number[] = [];
    receiver.answer = (response) => {
      sentAtMs.push(Date.now());
      response.writeHead(sentAtMs.length < 3 ? 500 : 200).end();
    };
    await pool.query(`UPDATE platforms SET callback_ladder_seconds = '{0,2,1,1}'`);
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startRelay();
    await until('the row is done', isEmpty);
    await pool.query('UPDATE platforms SET callback_ladder_seconds = NULL');
    const [first = 0, second = 0, third = 0] = sentAtMs;
    for (const [waitMs, plannedMs] of [
      [second - first, 2_000],
      [third - second, 1_000],
    ] as const) {
      expect(waitMs).toBeGreaterThanOrEqual(plannedMs);
      expect(waitMs).toBeLessThan(plannedMs + 1_500);
    }
    expect(await callbackStanding(pool, callbackId)).toEqual({
      status: 'acknowledged',
      try_count: 3,
    });
  });

  it('walks the ladder to its end and gives up', async () => {
    receiver.answer = answers.text(503);
    await pool.query(`UPDATE platforms SET callback_ladder_seconds = '{0,1}'`);
    const { callbackId } = await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startRelay();
    await until('the row is done', isEmpty);
    await pool.query('UPDATE platforms SET callback_ladder_seconds = NULL');
    expect(receiver.received).toHaveLength(2);
    expect(await callbackStanding(pool, callbackId)).toEqual({ status: 'dead', try_count: 2 });
  });

  it('sends no callback before the create call has let go of it', async () => {
    await anOwedCallback(pool, receiver.url(), { isAskedFor: true, dueInMs: 1_500 });
    startRelay();
    await pause(700);
    expect(receiver.received).toHaveLength(0);
    await until('the row is done', isEmpty);
    expect(receiver.received).toHaveLength(1);
  });

  it('gives a row back whose call finds Temporal gone, without counting it as a failure', async () => {
    const product = await aProduct(db);
    const [orderId = ''] = await accept(product);
    startRelay({ seemsUp: true });
    await pause(1_000);
    expect(await outboxRows(pool)).toEqual([`start-order ${orderId}`]);
    const rows = await pool.query<{ try_count: number }>('SELECT try_count FROM outbox_messages');
    expect(rows.rows).toEqual([{ try_count: 0 }]);
  });
});

describe('the relay that starts runs only for orders that wait', () => {
  it('deletes the rows of final orders and keeps those of waiting ones', async () => {
    const product = await aProduct(db);
    await product.stock(2);
    const orderIds = await accept(product, 3);
    expect(await statuses(orderIds)).toEqual(['succeeded', 'succeeded', 'processing']);
    // Temporal cannot be reached: a row that goes away went without a run.
    startRelay({ seemsUp: true, startWorkflows: 'waiting' });
    await until('two rows are gone', async () => (await outboxRows(pool)).length === 1);
    await pause(300);
    expect(await outboxRows(pool)).toEqual([`start-order ${orderIds[2]}`]);
  });
});

describe('relays beside each other', () => {
  it('never hold the same row at the same time', async () => {
    for (let no = 1; no <= 300; no += 1)
      await writeOutboxRow(pool, KINDS[no % KINDS.length] ?? 'fill-stock', String(no));
    const taken = await Promise.all(Array.from({ length: 8 }, () => leaseRows(pool, KINDS, 15)));
    const ids = taken.flat().map((row) => row.id);
    expect(ids.length).toBeGreaterThanOrEqual(8 * 15);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('call each platform once for each callback', async () => {
    receiver.answer = (response) => void setTimeout(() => response.end('ok'), 30);
    for (let no = 0; no < 120; no += 1)
      await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    startRelay();
    startRelay();
    await until('all rows are done', isEmpty, 30_000);
    const ids = receiver.received.map((call) => call.headers['webhook-id']);
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
  });
});

describe('a row whose worker died', () => {
  it('stays with it until its lease is over and is then done by another', async () => {
    await anOwedCallback(pool, receiver.url(), { isAskedFor: true });
    expect(await leaseRows(pool, KINDS, 10)).toHaveLength(1);
    startRelay();
    await pause(500);
    expect(receiver.received).toHaveLength(0);
    const lease = await pool.query<{ seconds: number }>(
      'SELECT extract(epoch FROM leased_until - now())::float8 AS seconds FROM outbox_messages',
    );
    expect(lease.rows[0]?.seconds).toBeGreaterThan(5);
    expect(lease.rows[0]?.seconds).toBeLessThan(10);

    await pool.query('UPDATE outbox_messages SET leased_until = now()');
    await until('the row is done', isEmpty);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a row that fails', () => {
  it('comes again later each time, and holds up no other', async () => {
    await writeOutboxRow(pool, 'fill-stock', 'no-such-product');
    const product = await aProduct(db);
    const [orderId = ''] = await accept(product);
    await product.stock(1);
    await writeOutboxRow(pool, 'fill-stock', product.id);
    startRelay();
    await until('the good row', async () => (await statuses([orderId]))[0] === 'succeeded');
    const failing = async (): Promise<{ try_count: number; waits_s: number }[]> =>
      (
        await pool.query<{ try_count: number; waits_s: number }>(
          `SELECT try_count, extract(epoch FROM not_before - now())::float8 AS waits_s
           FROM outbox_messages WHERE subject = 'no-such-product'`,
        )
      ).rows;
    await until('two failures', async () => (await failing())[0]?.try_count === 2);
    expect((await failing())[0]?.waits_s).toBeGreaterThan(1);
  });
});

describe('a line of starts that grows while Temporal is away', () => {
  it('is not read by the lanes of stock and callbacks', async () => {
    await pool.query(
      `INSERT INTO outbox_messages (kind, subject, not_before)
       SELECT 'start-order', number::text, now() FROM generate_series(1, 30000) AS number`,
    );
    await pool.query('ANALYZE outbox_messages');
    const relayPool = openSqlPool(database.url, 1, 'relay-plan');
    try {
      const kinds = ['fill-stock', 'send-callback'] as const;
      expect(await leaseRows(relayPool, kinds, 50)).toEqual([]);
      const prepared = await relayPool.query<{ statement: string }>(
        `SELECT statement FROM pg_prepared_statements WHERE name = 'outbox-lease'`,
      );
      const explained = await relayPool.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${prepared.rows[0]?.statement}`,
        [kinds, 50],
      );
      const plan = explained.rows[0]?.['QUERY PLAN'][0].Plan ?? {};
      // Some blocks of indexes; the line itself fills hundreds.
      const blocks = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
      expect(blocks).toBeGreaterThan(0);
      expect(blocks).toBeLessThan(30);
    } finally {
      await relayPool.end();
    }
  });
});
