import pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import { bookMove, closePeriod, ledgerSealer, runChecks } from '#domain/stores';
import { ledgerWorld, unique } from '../support/ledger-world.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const NOW = Date.now();
let database: TestDatabase;
let pool: pg.Pool;
let world: ReturnType<typeof ledgerWorld>;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 8, 'test');
  world = ledgerWorld(pool, NOW);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('the chain over the books', () => {
  it('covers what has landed, leaves what may still land before it, and breaks where an entry changes', async () => {
    const seal = ledgerSealer();
    const platformId = await world.aPlatform(0);
    const slow = await pool.connect();
    await slow.query('BEGIN');
    await bookMove(slow, {
      key: 'slow',
      kind: 'platform-top-up',
      platformId: await world.aPlatform(0),
      amountHao: 5,
      nowMs: NOW,
    });
    await world.topUp(platformId, 10);
    expect([await seal(pool, NOW), await seal(pool, NOW)]).toEqual([0, 0]);
    await slow.query('COMMIT');
    slow.release();
    const { rows } = await pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM ledger_entries',
    );
    // Transactions of other databases on the same server hold the chain back, too: what it misses now it covers later.
    let sealedCount = 0;
    for (let tries = 0; tries < 100 && sealedCount < (rows[0]?.count ?? 0); tries += 1) {
      sealedCount += await seal(pool, NOW);
      await new Promise((next) => setTimeout(next, 50));
    }
    expect(sealedCount).toBe(rows[0]?.count);
    await world.topUp(platformId, 10);
    await seal(pool, NOW);
    await seal(pool, NOW);
    const chain = async () =>
      (await inTransaction(pool, (client) => runChecks(client, { isTemporalAway: true }))).find(
        ({ name }) => name === 'books-are-chained',
      );
    expect(await chain()).toMatchObject({ violations: 0 });
    const forger = new pg.Client({ connectionString: database.url });
    await forger.connect();
    await forger.query('BEGIN');
    await forger.query('SET LOCAL session_replication_role = replica');
    await forger.query(`UPDATE ledger_postings SET amount_hao = amount_hao * 2 WHERE entry_id =
      (SELECT id FROM ledger_entries WHERE idempotency_key = 'slow')`);
    expect(
      (await runChecks(forger, { isTemporalAway: true })).find(
        ({ name }) => name === 'books-are-chained',
      )?.violations,
    ).toBeGreaterThan(0);
    await forger.query('ROLLBACK');
    await forger.end();
  });
});

describe('a closed month', () => {
  it('takes no posting; what comes late is posted now with the day of its effect', async () => {
    const platformId = await world.aPlatform(0);
    const january = Date.parse('2020-01-15T00:00:00+08:00');
    await world.topUp(platformId, 100, { nowMs: january });
    const close = (month: string) =>
      inTransaction(pool, (client) => closePeriod(client, { month, by: 'test', nowMs: NOW }));
    await pool.query(`INSERT INTO ledger_periods (month, starts_at, ends_at, status, closed_at, balances)
      VALUES ('2019-12', '2019-12-01 +8', '2020-01-01 +8', 'closed', now(), '{}')`);
    await expect(close('2020-02')).rejects.toThrow('ledger.period-out-of-turn');
    expect(await close('2020-01')).toEqual({ month: '2020-01', isNew: true });
    expect(await close('2020-01')).toEqual({ month: '2020-01', isNew: false });
    await expect(world.topUp(platformId, 5, { nowMs: january })).rejects.toThrow(
      'the books are closed',
    );
    await inTransaction(pool, (client) =>
      bookMove(client, {
        key: unique(),
        kind: 'platform-top-up',
        platformId,
        amountHao: 5,
        effectiveMs: january,
        nowMs: NOW,
      }),
    );
    await expect(
      pool.query(
        `UPDATE ledger_periods SET status = 'open', closed_at = NULL WHERE month = '2020-01'`,
      ),
    ).rejects.toThrow('is closed');
  });

  it('waits for entries under way: none is in between', async () => {
    const platformId = await world.aPlatform(0);
    const client = await pool.connect();
    await client.query('BEGIN');
    await bookMove(client, {
      key: unique(),
      kind: 'platform-top-up',
      platformId,
      amountHao: 7,
      nowMs: Date.parse('2020-02-15T00:00:00+08:00'),
    });
    let isClosed = false;
    const closing = inTransaction(pool, (other) =>
      closePeriod(other, { month: '2020-02', by: 'test', nowMs: NOW }),
    ).then(() => (isClosed = true));
    await new Promise((next) => setTimeout(next, 150));
    expect(isClosed).toBe(false);
    await client.query('COMMIT');
    client.release();
    await closing;
    const { rows } = await pool.query<{ balances: Record<string, string> }>(
      `SELECT balances FROM ledger_periods WHERE month = '2020-02'`,
    );
    expect(Object.values(rows[0]?.balances ?? {})).toContain('-7');
  });
});

it('leaves books in which the doctor finds nothing', async () => {
  const results = await inTransaction(pool, (client) =>
    runChecks(client, { isTemporalAway: true }),
  );
  expect(results.filter(({ violations }) => violations > 0)).toEqual([]);
});
