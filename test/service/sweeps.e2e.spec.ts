import { Logger } from '@nestjs/common';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { acceptOrders } from '#domain/stores';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { missingRunsSweep } from '../../apps/worker/src/sweeps/missing-runs.sweep.js';
import { failOverdueOrders } from '../../apps/worker/src/sweeps/overdue-orders.sweep.js';
import { SweepLoop } from '../../apps/worker/src/sweeps/sweep-loop.js';
import {
  fillMissedOrders,
  forgetOldNonces,
  resendOrphanedCallbacks,
} from '../../apps/worker/src/sweeps/sweep-queries.js';
import { aBuyer, aSubmit, type Buyer } from '../support/accepting.js';
import { aCalledPlatform, anOwedCallback } from '../support/owed-callback.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { outboxRows, until, writeOutboxRow } from '../support/relay.js';
import { aProduct, type TestProduct } from '../support/trade.js';

/** Nothing is bought here: no attempt is ever forgotten. */
const NO_SUPPLIERS = {
  askAbout: () => Promise.reject(new Error('nobody is asked')),
  settle: () => Promise.reject(new Error('nothing is settled')),
};
const NO_MAIL = { smtpUrl: undefined, from: 'kagong@localhost' };

const MINUTE_MS = 60_000;
const CALLBACK_URL = 'https://shop.example.test/callback';
let database: TestDatabase;
let pool: pg.Pool;
let db: pg.Client;
let buyer: Buyer;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'sweeps-spec');
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
  await aCalledPlatform(pool);
}, 60_000);
afterAll(async () => {
  await Promise.all([pool.end(), db.end()]);
  await database.drop();
});
beforeEach(async () => {
  buyer = await aBuyer(db);
  await pool.query('DELETE FROM outbox_messages');
});

/** One order as the API would have accepted it so many minutes ago; a waiting one is due ten minutes after that. */
async function accepted(product: TestProduct, { minutesAgo = 0, callsBack = false } = {}) {
  const submit = aSubmit(buyer, product.code);
  const request = { ...submit.request, callbackUrl: callsBack ? CALLBACK_URL : null };
  const nowMs = Date.now() - minutesAgo * MINUTE_MS;
  await pool.query(`UPDATE prices SET valid_from = '2020-01-01'`);
  const [answer] = await acceptOrders(pool, [{ ...submit, request }], {
    nowMs,
    startWorkflows: 'all',
  });
  if (answer?.kind !== 'accepted') throw new Error(`not accepted: ${answer?.kind}`);
  await pool.query('DELETE FROM outbox_messages');
  return answer.order.id;
}

async function standing(orderId: string): Promise<Record<string, unknown>> {
  const found = await pool.query<Record<string, unknown>>(
    'SELECT status, fail_code, refunded_hao::int FROM orders WHERE id = $1',
    [orderId],
  );
  return found.rows[0] ?? {};
}

async function balanceHao(): Promise<number> {
  const found = await pool.query<{ balance: number }>(
    'SELECT balance_hao::float8 AS balance FROM ledger_accounts WHERE platform_id = $1',
    [buyer.platformId],
  );
  return found.rows[0]?.balance ?? NaN;
}

const finishAll = (): Promise<unknown> =>
  pool.query(`UPDATE orders SET status = 'failed', deadline_at = NULL WHERE status = 'processing'`);

describe('the sweep for overdue orders', () => {
  it('fails an order whose deadline nobody kept, refunds it once and tells its run and its platform', async () => {
    const product = await aProduct(db);
    const before = await balanceHao();
    const orderId = await accepted(product, { minutesAgo: 11, callsBack: true });
    expect(await balanceHao()).toBe(before - 985_000);

    expect(await failOverdueOrders(pool)).toBe(1);
    expect(await standing(orderId)).toEqual({
      status: 'failed',
      fail_code: 'out-of-stock',
      refunded_hao: 985_000,
    });
    expect(await balanceHao()).toBe(before);
    const kinds = (await outboxRows(pool)).map((row) => row.split(' ')[0]);
    expect(new Set(kinds)).toEqual(new Set(['order-changed', 'send-callback']));

    expect(await failOverdueOrders(pool)).toBe(0);
    expect(await balanceHao()).toBe(before);
  });

  it('leaves alone what is not due, what the run may still see to, and what is final', async () => {
    const product = await aProduct(db);
    const young = await accepted(product, { minutesAgo: 9 });
    const justDue = await accepted(product, { minutesAgo: 10 });
    await product.stock(1);
    const sold = await accepted(await stocked(), { minutesAgo: 60 });
    expect(await failOverdueOrders(pool)).toBe(0);
    expect(await standing(young)).toMatchObject({ status: 'processing' });
    expect(await standing(justDue)).toMatchObject({ status: 'processing' });
    expect(await standing(sold)).toMatchObject({ status: 'succeeded', refunded_hao: 0 });
    expect(await outboxRows(pool)).toEqual([]);
    await finishAll();
  });
});

async function stocked(): Promise<TestProduct> {
  const product = await aProduct(db);
  await product.stock(1);
  return product;
}

describe('the sweep for orphaned callbacks', () => {
  it('asks once for a callback that is long due and that nobody sends', async () => {
    const { callbackId } = await anOwedCallback(pool, CALLBACK_URL, { dueInMs: -11 * MINUTE_MS });
    expect(await resendOrphanedCallbacks(pool)).toBe(1);
    expect(await outboxRows(pool)).toEqual([`send-callback ${callbackId}`]);
    expect(await resendOrphanedCallbacks(pool)).toBe(0);
    await pool.query(`UPDATE callback_deliveries SET status = 'dead', next_at = NULL`);
  });

  it('leaves alone what is due lately, what comes later, what has ended and what is on its way', async () => {
    const dueInMs = -60 * MINUTE_MS;
    await anOwedCallback(pool, CALLBACK_URL, { dueInMs: -9 * MINUTE_MS });
    await anOwedCallback(pool, CALLBACK_URL, { dueInMs: 60 * MINUTE_MS });
    const onItsWay = await anOwedCallback(pool, CALLBACK_URL, { dueInMs, isAskedFor: true });
    for (const status of ['acknowledged', 'dead']) {
      const { callbackId } = await anOwedCallback(pool, CALLBACK_URL, { dueInMs });
      await pool.query('UPDATE callback_deliveries SET status = $2 WHERE id = $1', [
        callbackId,
        status,
      ]);
    }
    expect(await resendOrphanedCallbacks(pool)).toBe(0);
    expect(await outboxRows(pool)).toEqual([`send-callback ${onItsWay.callbackId}`]);
  });
});

describe('the sweep for old nonces', () => {
  it('forgets those that no request can bring again, and no others', async () => {
    await pool.query('DELETE FROM api_nonces');
    await pool.query(
      `INSERT INTO api_nonces (credential_id, nonce, seen_at)
       SELECT $1::uuid, 'old-' || number, now() - interval '12 minutes' FROM generate_series(1, 4500) AS number
       UNION ALL SELECT $1::uuid, 'young-' || number, now() - number * interval '1 minute'
       FROM generate_series(0, 10) AS number`,
      [buyer.credentialId],
    );
    expect(await forgetOldNonces(pool)).toBe(4_500);
    const left = await pool.query<{ nonce: string }>('SELECT nonce FROM api_nonces');
    expect(left.rows).toHaveLength(11);
    expect(left.rows.every(({ nonce }) => nonce.startsWith('young-'))).toBe(true);
    expect(await forgetOldNonces(pool)).toBe(0);
  });
});

describe('the sweep for missed fills', () => {
  it('asks once for stock to be given out that lies there while an order waits', async () => {
    const product = await aProduct(db);
    await accepted(product);
    await product.stock(1);
    expect(await fillMissedOrders(pool)).toBe(1);
    expect(await outboxRows(pool)).toEqual([`fill-stock ${product.id}`]);
    expect(await fillMissedOrders(pool)).toBe(0);
    await finishAll();
  });

  it('asks for nothing where stock is too little or expired, or where nobody waits', async () => {
    const empty = await aProduct(db);
    await accepted(empty);
    const expired = await aProduct(db);
    await accepted(expired);
    await expired.stock(1);
    await pool.query(`UPDATE card_stock SET expires_on = '2020-01-01' WHERE product_id = $1`, [
      expired.id,
    ]);
    await stocked();
    expect(await fillMissedOrders(pool)).toBe(0);
    expect(await outboxRows(pool)).toEqual([]);
    await finishAll();
  });
});

describe('the sweep for missing runs', () => {
  it('asks for the run of an order that has waited a minute, and not again for ten', async () => {
    const product = await aProduct(db);
    const orderId = await accepted(product, { minutesAgo: 2 });
    const sweep = missingRunsSweep();
    expect(await sweep(pool)).toBe(1);
    expect(await outboxRows(pool)).toEqual([`start-order ${orderId}`]);
    await pool.query('DELETE FROM outbox_messages');
    expect(await sweep(pool)).toBe(0);
    expect(await outboxRows(pool)).toEqual([]);
    await finishAll();
  });

  it('comes to every order, however many wait, and begins again after ten minutes', async () => {
    const product = await aProduct(db);
    const template = await accepted(product, { minutesAgo: 2 });
    await pool.query(
      `INSERT INTO orders SELECT copy.*
       FROM orders o, generate_series(1, 1099) AS number, jsonb_populate_record(o, jsonb_build_object(
         'id', nextval(pg_get_serial_sequence('orders', 'id')),
         'order_no', 'many-' || number, 'merchant_order_no', 'many-' || number)) AS copy
       WHERE o.id = $1`,
      [template],
    );
    let nowMs = Date.now();
    const sweep = missingRunsSweep(() => nowMs);
    const asked = new Set<string>();
    const round = async (): Promise<number> => {
      const count = await sweep(pool);
      for (const row of await outboxRows(pool)) asked.add(row);
      await pool.query('DELETE FROM outbox_messages');
      return count;
    };
    expect([await round(), await round(), await round(), await round()]).toEqual([
      500, 500, 100, 0,
    ]);
    expect(asked.size).toBe(1_100);
    nowMs += 10 * MINUTE_MS;
    expect(await round()).toBe(500);
    await finishAll();
  });

  it('leaves alone young orders, final ones and those whose start is on its way', async () => {
    const product = await aProduct(db);
    await accepted(product);
    const onItsWay = await accepted(product, { minutesAgo: 2 });
    await accepted(await stocked(), { minutesAgo: 2 });
    await writeOutboxRow(pool, 'start-order', onItsWay);
    expect(await missingRunsSweep()(pool)).toBe(0);
    expect(await outboxRows(pool)).toEqual([`start-order ${onItsWay}`]);
    await finishAll();
  });
});

describe('the loop of all sweeps', () => {
  it('sweeps in one process at a time, and tells what it set right', async () => {
    const product = await aProduct(db);
    const orderId = await accepted(product, { minutesAgo: 11 });
    const metrics = new WorkerMetrics();
    const stopping = new AbortController();
    await db.query('SELECT pg_advisory_lock(7702, 1)');
    const idle = new SweepLoop(pool, { metrics, keeper: NO_SUPPLIERS, mail: NO_MAIL }).run(
      stopping.signal,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await standing(orderId)).toMatchObject({ status: 'processing' });

    await db.query('SELECT pg_advisory_unlock(7702, 1)');
    const active = new SweepLoop(pool, { metrics, keeper: NO_SUPPLIERS, mail: NO_MAIL }).run(
      stopping.signal,
    );
    await until(
      'the order is failed',
      async () => (await standing(orderId))['status'] === 'failed',
    );
    stopping.abort();
    await Promise.all([idle, active]);
    expect(await metrics.registry.metrics()).toContain(
      'kagong_sweep_repairs_total{sweep="overdue-orders"} 1',
    );
  });
});
