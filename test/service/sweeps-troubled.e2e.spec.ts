import { Logger } from '@nestjs/common';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { acceptOrders } from '#domain/stores';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { OrderActivityProvider } from '../../apps/worker/src/order/order.activity-provider.js';
import { failOverdueOrders } from '../../apps/worker/src/sweeps/overdue-orders.sweep.js';
import { SweepLoop } from '../../apps/worker/src/sweeps/sweep-loop.js';
import { aBuyer, aSubmit, type Buyer } from '../support/accepting.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { outboxRows, until } from '../support/relay.js';
import { aProduct, type TestProduct } from '../support/trade.js';
import { testVault } from '../support/sold-order.js';

/** Nothing is bought here: no attempt is ever forgotten. */
const NO_SUPPLIERS = {
  askAbout: () => Promise.reject(new Error('nobody is asked')),
  settle: () => Promise.reject(new Error('nothing is settled')),
};
const NO_MAIL = { smtpUrl: undefined, from: 'kagong@localhost' };

const MINUTE_MS = 60_000;
let database: TestDatabase;
let pool: pg.Pool;
let db: pg.Client;
let buyer: Buyer;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'sweeps-troubled-spec');
  // Nobody needs to wait for five seconds to see that a lock is taken.
  pool.on('connect', (client) => void client.query(`SET lock_timeout = '300ms'`));
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
  buyer = await aBuyer(db);
}, 60_000);
afterAll(async () => {
  await Promise.all([pool.end(), db.end()]);
  await database.drop();
});

/** One order as the API would have accepted it so many minutes ago, when there was no stock. */
async function waiting(product: TestProduct, minutesAgo: number): Promise<string> {
  await pool.query(`UPDATE prices SET valid_from = '2020-01-01'`);
  const [answer] = await acceptOrders(pool, [aSubmit(buyer, product.code)], {
    nowMs: Date.now() - minutesAgo * MINUTE_MS,
    startWorkflows: 'all',
  });
  if (answer?.kind !== 'accepted') throw new Error(`not accepted: ${answer?.kind}`);
  await pool.query('DELETE FROM outbox_messages');
  return answer.order.id;
}

async function statusOf(orderId: string): Promise<string | undefined> {
  const found = await pool.query<{ status: string }>('SELECT status FROM orders WHERE id = $1', [
    orderId,
  ]);
  return found.rows[0]?.status;
}

/** What happens while another transaction holds what this statement locks. */
async function whileLocked(text: string, values: unknown[], work: () => Promise<void>) {
  await db.query('BEGIN');
  try {
    await db.query(text, values);
    await work();
  } finally {
    await db.query('ROLLBACK');
  }
}

/** Runs the loop of all sweeps until it is so. */
async function sweepUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const stopping = new AbortController();
  const loop = new SweepLoop(pool, {
    metrics: new WorkerMetrics(),
    keeper: NO_SUPPLIERS,
    mail: NO_MAIL,
  }).run(stopping.signal);
  try {
    await until(what, isSo);
  } finally {
    stopping.abort();
    await loop;
  }
}

describe('a deadline that passes while cards lie there', () => {
  it('is met with the cards by the sweep, not with a refund', async () => {
    const product = await aProduct(db);
    const first = await waiting(product, 12);
    const second = await waiting(product, 11);
    await product.stock(1);
    expect(await failOverdueOrders(pool)).toBe(1);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['succeeded', 'failed']);
  });

  it("is met with the cards by the order's own run", async () => {
    const product = await aProduct(db);
    const first = await waiting(product, 12);
    const second = await waiting(product, 11);
    await product.stock(1);
    const activities = new OrderActivityProvider(pool, { pool, vault: testVault(), clockSpeed: 1 });
    expect(await activities.failOverdueOrder({ orderId: second })).toMatchObject({
      status: 'failed',
    });
    expect(await activities.failOverdueOrder({ orderId: first })).toMatchObject({
      status: 'succeeded',
    });
  });
});

describe('one piece of work that fails', () => {
  it('does not keep the other overdue orders from their end', async () => {
    const product = await aProduct(db);
    const locked = await waiting(product, 13);
    const next = await waiting(product, 12);
    await whileLocked('SELECT 1 FROM orders WHERE id = $1 FOR UPDATE', [locked], async () => {
      expect(await failOverdueOrders(pool)).toBe(1);
      expect([await statusOf(locked), await statusOf(next)]).toEqual(['processing', 'failed']);
    });
    expect(await failOverdueOrders(pool)).toBe(1);
    expect(await statusOf(locked)).toBe('failed');
  });

  it('does not keep other products from theirs, and waits itself rather than failing unfilled', async () => {
    const product = await aProduct(db);
    const locked = await waiting(product, 13);
    const other = await waiting(await aProduct(db), 12);
    await product.stock(1);
    const lock = 'SELECT pg_advisory_xact_lock(7701, hashtext($1))';
    await whileLocked(lock, [product.code], async () => {
      expect(await failOverdueOrders(pool)).toBe(1);
      expect([await statusOf(locked), await statusOf(other)]).toEqual(['processing', 'failed']);
    });
    expect(await failOverdueOrders(pool)).toBe(0);
    expect(await statusOf(locked)).toBe('succeeded');
  });

  it('does not keep the other sweeps from their work', async () => {
    const orderId = await waiting(await aProduct(db), 2);
    await whileLocked('LOCK TABLE card_stock IN ACCESS EXCLUSIVE MODE', [], () =>
      sweepUntil('its run is asked for', async () =>
        (await outboxRows(pool)).includes(`start-order ${orderId}`),
      ),
    );
  });
});

describe('an import whose process was killed', () => {
  it('is recorded as failed although nobody imports again', async () => {
    const product = await aProduct(db);
    const made = await pool.query<{ id: string }>(
      `INSERT INTO card_imports (product_id, file_name, started_by) VALUES ($1, 'dead.txt', 'x') RETURNING id`,
      [product.id],
    );
    await sweepUntil('the record is ended', async () => {
      const found = await pool.query('SELECT 1 FROM card_imports WHERE id = $1 AND status = $2', [
        made.rows[0]?.id,
        'failed',
      ]);
      return found.rowCount === 1;
    });
  });
});

describe('asking to retry now', () => {
  it('is noted once for each wish, however often its step runs', async () => {
    const product = await aProduct(db);
    const orderId = await waiting(product, 1);
    const activities = new OrderActivityProvider(pool, { pool, vault: testVault(), clockSpeed: 1 });
    const ask = (updateId: string) =>
      activities.retryWaitingOrder({
        orderId,
        productId: product.id,
        updateId,
        actor: { kind: 'staff', name: 'ops' },
      });
    for (const updateId of ['first', 'first', 'second', 'first']) await ask(updateId);
    const events = await pool.query(
      `SELECT 1 FROM order_events WHERE order_id = $1 AND type = 'retry-asked'`,
      [orderId],
    );
    expect(events.rowCount).toBe(2);
  });
});
