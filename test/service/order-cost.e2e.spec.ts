import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { acceptOrders } from '#domain/stores';
import { ApiConfig } from '../../apps/api/src/config.js';
import { AcceptanceLine } from '../../apps/api/src/orders/acceptance-line.js';
import { countFlights } from '../../tools/bench/flights.js';
import { median } from '../../tools/bench/statistics.js';
import { aBuyer, aSubmit, type Buyer } from '../support/accepting.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS } from '../support/sold-order.js';
import { aProduct, type TestProduct } from '../support/trade.js';

const WAL_BYTES_MAX = 3_000;
const ROUND_TRIPS_MAX = 2;
const ROUNDS = 9;
const BATCH_SIZE = 32;
/** Makes a connection report all it has counted. It must touch a table: counts of commits alone are kept back. */
const REPORT = 'SELECT pg_stat_force_next_flush() FROM card_stock LIMIT 1';

describe('what an in-stock order costs the database', () => {
  let database: TestDatabase;
  let db: pg.Client;
  /** Looks from another database, so that looking is no part of the cost. */
  let onlooker: pg.Client;
  let buyer: Buyer;
  let product: TestProduct;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new pg.Client({ connectionString: database.url });
    await db.connect();
    onlooker = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
    await onlooker.connect();
    buyer = await aBuyer(db);
    product = await aProduct(db);
    await product.stock(1_000);
  });

  afterAll(async () => {
    await Promise.all([db.end(), onlooker.end()]);
    await database.drop();
  });

  it('is one commit, two round trips and less than 3 kB of WAL when it comes alone', async () => {
    const cost = await medianCost(1);
    expect(cost.commits).toBe(1);
    expect(cost.roundTrips).toBeLessThanOrEqual(ROUND_TRIPS_MAX);
    expect(cost.walBytes).toBeLessThanOrEqual(WAL_BYTES_MAX);
  });

  it('is a thirty-second part of one commit and two round trips when 32 come together', async () => {
    const cost = await medianCost(BATCH_SIZE);
    expect(cost.commits).toBe(1);
    expect(cost.roundTrips).toBeLessThanOrEqual(ROUND_TRIPS_MAX);
    expect(cost.walBytes / BATCH_SIZE).toBeLessThanOrEqual(WAL_BYTES_MAX);
  });

  it('makes the orders that come while a batch is in the database share the next one', async () => {
    const pool = openSqlPool(database.url, 4, 'test');
    const line = aLine(pool);
    const commits = await commitsOf(pool, async () => {
      const answers = await Promise.all(
        Array.from({ length: 1 + BATCH_SIZE }, () => line.accept(aSubmit(buyer, product.code))),
      );
      expect(answers.map((answer) => answer.kind)).toEqual(answers.map(() => 'accepted'));
    });
    expect(commits).toBe(2);
    await pool.end();
  });

  it('lets the orders of other products go past a batch that waits for a lock', async () => {
    const other = await aProduct(db);
    await other.stock(1);
    const pool = openSqlPool(database.url, 4, 'test');
    const line = aLine(pool);
    await db.query('BEGIN');
    await db.query('SELECT pg_advisory_xact_lock(7701, hashtext($1))', [product.code]);
    const heldUp = line.accept(aSubmit(buyer, product.code));
    const passing = await line.accept(aSubmit(await anotherBuyer(), other.code));
    expect(passing.kind).toBe('accepted');
    await db.query('ROLLBACK');
    expect((await heldUp).kind).toBe('accepted');
    await pool.end();
  });

  /** Rows written in a transaction that is still open would not be seen. */
  async function anotherBuyer(): Promise<Buyer> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return await aBuyer(client);
    } finally {
      await client.end();
    }
  }

  function aLine(pool: pg.Pool): AcceptanceLine {
    const config = ApiConfig.read({
      DATABASE_URL: database.url,
      KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
      KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
    });
    return new AcceptanceLine(pool, config);
  }

  /** Of one transaction with so many orders; the middle of several, because a page is new now and then. */
  async function medianCost(
    batchSize: number,
  ): Promise<{ commits: number; roundTrips: number; walBytes: number }> {
    const pool = openSqlPool(database.url, 1, 'test');
    const flights = countFlights(pool);
    const sell = async (): Promise<void> => {
      const batch = Array.from({ length: batchSize }, () => aSubmit(buyer, product.code));
      const options = { nowMs: Date.now(), startWorkflows: 'all' } as const;
      for (const answer of await acceptOrders(pool, batch, options))
        expect(answer).toMatchObject({ kind: 'accepted', order: { status: 'succeeded' } });
    };
    await sell();
    await db.query('CHECKPOINT');
    await sell();
    const costs: { commits: number; roundTrips: number; walBytes: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const walBefore = await walBytesOf(pool);
      let roundTrips = 0;
      const commits = await commitsOf(pool, async () => {
        flights.reset();
        await sell();
        roundTrips = flights.count();
      });
      costs.push({ commits, roundTrips, walBytes: (await walBytesOf(pool)) - walBefore });
    }
    await pool.end();
    const middle = (pick: (cost: (typeof costs)[number]) => number): number =>
      median(costs.map(pick));
    return {
      commits: middle((cost) => cost.commits),
      roundTrips: middle((cost) => cost.roundTrips),
      walBytes: middle((cost) => cost.walBytes),
    };
  }

  /** What the pool's own server process has written: others on the same server do not count. */
  async function walBytesOf(pool: pg.Pool): Promise<number> {
    const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await pool.query(REPORT);
    const found = await onlooker.query<{ bytes: string }>(
      'SELECT wal_bytes AS bytes FROM pg_stat_get_backend_wal($1)',
      [rows[0]?.pid],
    );
    return Number(found.rows[0]?.bytes);
  }

  async function commitsOf(pool: pg.Pool, work: () => Promise<void>): Promise<number> {
    const before = await commitsNow(pool);
    await work();
    // The second look made every connection report, each in a commit of its own.
    return (await commitsNow(pool)) - before - pool.options.max;
  }

  /** Every connection that the pool may have is there and made to report what it has not reported yet. */
  async function commitsNow(pool: pg.Pool): Promise<number> {
    const all = Array.from({ length: pool.options.max }, () => pool.connect());
    const clients = await Promise.all(all);
    for (const client of clients) await client.query(REPORT);
    for (const client of clients) client.release();
    const { rows } = await onlooker.query<{ commits: string }>(
      'SELECT xact_commit AS commits FROM pg_stat_database WHERE datname = $1',
      [new URL(database.url).pathname.slice(1)],
    );
    return Number(rows[0]?.commits);
  }
});
