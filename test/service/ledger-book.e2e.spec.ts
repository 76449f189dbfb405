import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  accountIdOfKind,
  balanceAt,
  bookMove,
  closePeriod,
  createPlatformAccount,
  endHold,
  expireHolds,
  ledgerSealer,
  placeHold,
  readPlatformBalance,
  reverseEntry,
  runChecks,
  trialBalanceAt,
} from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const NOW = Date.now();
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 8, 'test');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const unique = (): string => randomBytes(6).toString('hex');

async function aPlatform(balanceHao = 1_000_000): Promise<string> {
  const code = `p-${unique()}`;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO platforms (code, name) VALUES ($1, 'test') RETURNING id`,
    [code],
  );
  const id = rows[0]?.id ?? '';
  await createPlatformAccount(pool, { id, code });
  if (balanceHao > 0) await topUp(id, balanceHao);
  return id;
}

const topUp = (
  platformId: string,
  amountHao: number,
  more: { key?: string; nowMs?: number } = {},
) =>
  inTransaction(pool, (client) =>
    bookMove(client, {
      key: more.key ?? unique(),
      kind: 'platform-top-up',
      platformId,
      amountHao,
      memo: 'test',
      nowMs: more.nowMs ?? NOW,
    }),
  );
const hold = (platformId: string, amountHao: number, key = unique()) =>
  inTransaction(pool, (client) =>
    placeHold(client, {
      key,
      platformId,
      amountHao,
      reason: 'test',
      expiresAtMs: NOW + 1_000,
      nowMs: NOW,
    }),
  );
const end = (id: string, to: 'posted' | 'voided' | 'expired') =>
  inTransaction(pool, (client) => endHold(client, { id, to, memo: 'test', nowMs: NOW }));
const reverse = (entryId: string) =>
  inTransaction(pool, (client) =>
    reverseEntry(client, { entryId, reason: 'test', nowMs: NOW, allows: () => true }),
  );
const balanceOf = async (platformId: string): Promise<readonly [number, number]> => {
  const { balanceHao, heldHao } = await readPlatformBalance(pool, platformId);
  return [balanceHao, heldHao];
};
const outcomes = async (work: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(work))
    .map((one) => (one.status === 'fulfilled' ? 'done' : String((one.reason as Error).message)))
    .sort();

describe('an entry', () => {
  it('is booked once under its key, with the same content; with another it is an error', async () => {
    const platformId = await aPlatform(0);
    const key = unique();
    const both = await Promise.all([
      topUp(platformId, 500, { key }),
      topUp(platformId, 500, { key }),
    ]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(both[0]?.entryId).toBe(both[1]?.entryId);
    await expect(topUp(platformId, 501, { key })).rejects.toThrow('repeats what was booked');
    expect(await balanceOf(platformId)).toEqual([500, 0]);
  });

  it('never takes an account below its floor, however many try at once', async () => {
    const platformId = await aPlatform(1_000);
    const tries = await outcomes(Array.from({ length: 12 }, () => hold(platformId, 300)));
    expect(tries.filter((one) => one === 'done')).toHaveLength(3);
    expect(new Set(tries)).toEqual(new Set(['done', 'ledger.below-floor']));
    expect(await balanceOf(platformId)).toEqual([100, 900]);
  });

  it.each([
    ['unbalanced', [5, -4]],
    ['of one line', [5]],
  ])('that is %s is refused by the database itself', async (_, amounts) => {
    const bankId = await inTransaction(pool, (client) => accountIdOfKind(client, 'bank', null));
    const insert = pool.query(
      `WITH e AS (INSERT INTO ledger_entries (idempotency_key, kind, memo, posted_at) VALUES ($1, 'manual', 'x', now()) RETURNING id)
       INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
       SELECT e.id * 64 + no, e.id, no, $2, hao FROM e, unnest($3::bigint[]) WITH ORDINALITY AS l(hao, no)`,
      [unique(), bankId, amounts],
    );
    await expect(insert).rejects.toThrow('does not balance');
  });

  it.each(['ledger_entries', 'ledger_postings', 'lot_uses', 'ledger_seals'])(
    'stays as it was written: %s takes no update, delete or truncate',
    async (table) => {
      for (const change of [
        `DELETE FROM ${table}`,
        `UPDATE ${table} SET id = id`,
        `TRUNCATE ${table}`,
      ])
        await expect(pool.query(change)).rejects.toThrow('append-only');
    },
  );
});

describe('a reversal', () => {
  it('happens once, of many who try at once', async () => {
    const platformId = await aPlatform(0);
    const { entryId } = await topUp(platformId, 700);
    const tries = await outcomes(Array.from({ length: 6 }, () => reverse(entryId)));
    expect(tries.filter((one) => one === 'done')).toHaveLength(1);
    expect(new Set(tries)).toEqual(new Set(['done', 'ledger.already-reversed']));
    expect(await balanceOf(platformId)).toEqual([0, 0]);
  });

  it('is refused where the money is gone, and for a reversal', async () => {
    const platformId = await aPlatform(0);
    const { entryId } = await topUp(platformId, 700);
    const { id } = await hold(platformId, 100);
    await expect(reverse(entryId)).rejects.toThrow('ledger.below-floor');
    await end(id, 'voided');
    const { entryId: reversal } = await reverse(entryId);
    await expect(reverse(reversal)).rejects.toThrow('ledger.not-reversible');
    await expect(reverse('999999999')).rejects.toThrow('ledger.entry-not-found');
  });
});

describe('a hold', () => {
  it('ends in one way, once, of all that are tried at once', async () => {
    const platformId = await aPlatform(1_000);
    const { id } = await hold(platformId, 400);
    expect(await balanceOf(platformId)).toEqual([600, 400]);
    const tries = await outcomes([
      end(id, 'posted'),
      end(id, 'voided'),
      end(id, 'expired'),
      end(id, 'posted'),
    ]);
    expect(tries.filter((one) => one === 'hold.not-open').length).toBeGreaterThanOrEqual(2);
    const [balanceHao, heldHao] = await balanceOf(platformId);
    expect(heldHao).toBe(0);
    expect([600, 1_000]).toContain(balanceHao);
    const { rows } = await pool.query(
      `SELECT kind FROM ledger_entries WHERE idempotency_key = $1`,
      [`hold:${id}:ended`],
    );
    expect(rows).toHaveLength(1);
  });

  it('is one hold under its key, and another amount under it is an error', async () => {
    const platformId = await aPlatform(1_000);
    const key = unique();
    const [one, two] = await Promise.all([hold(platformId, 300, key), hold(platformId, 300, key)]);
    expect(one).toEqual(two);
    expect(await balanceOf(platformId)).toEqual([700, 300]);
    await expect(hold(platformId, 301, key)).rejects.toThrow('repeats what was held');
  });

  it('gives its money back when its time is over', async () => {
    const platformId = await aPlatform(1_000);
    await hold(platformId, 400);
    await expireHolds(pool, NOW + 999);
    expect(await balanceOf(platformId)).toEqual([600, 400]);
    await expireHolds(pool, NOW + 1_000);
    expect(await balanceOf(platformId)).toEqual([1_000, 0]);
    await expireHolds(pool, NOW + 2_000);
    expect(await balanceOf(platformId)).toEqual([1_000, 0]);
  });
});

describe('balances at a date', () => {
  it('are what the postings up to then say, by the day of posting or of effect', async () => {
    const platformId = await aPlatform(0);
    const day = 86_400_000;
    await topUp(platformId, 100, { nowMs: NOW - 2 * day });
    await inTransaction(pool, (client) =>
      bookMove(client, {
        key: unique(),
        kind: 'platform-top-up',
        platformId,
        amountHao: 40,
        effectiveMs: NOW - 3 * day,
        nowMs: NOW - day,
      }),
    );
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
      [platformId],
    );
    const accountId = rows[0]?.id ?? '';
    const at = (days: number, basis: 'posted' | 'effective') =>
      balanceAt(pool, { accountId, at: new Date(NOW - days * day + 1), basis });
    expect(await Promise.all([at(2, 'posted'), at(1, 'posted'), at(3, 'posted')])).toEqual([
      -100, -140, 0,
    ]);
    expect(await Promise.all([at(3, 'effective'), at(2, 'effective')])).toEqual([-40, -140]);
    const [{ balance_hao: cached }] = (
      await pool.query<{ balance_hao: string }>(
        'SELECT balance_hao FROM ledger_accounts WHERE id = $1',
        [accountId],
      )
    ).rows as [{ balance_hao: string }];
    expect(-(await at(0, 'posted'))).toBe(Number(cached));
    const trial = await trialBalanceAt(pool, new Date(NOW + 1), 'posted');
    expect(trial.reduce((sum, { amountHao }) => sum + amountHao, 0)).toBe(0);
  });
});

describe('the chain over the books', () => {
  it('covers what has landed, leaves what may still land before it, and breaks where an entry changes', async () => {
    const seal = ledgerSealer();
    const platformId = await aPlatform(0);
    const slow = await pool.connect();
    await slow.query('BEGIN');
    await bookMove(slow, {
      key: 'slow',
      kind: 'platform-top-up',
      platformId: await aPlatform(0),
      amountHao: 5,
      nowMs: NOW,
    });
    await topUp(platformId, 10);
    expect([await seal(pool, NOW), await seal(pool, NOW)]).toEqual([0, 0]);
    await slow.query('COMMIT');
    slow.release();
    const { rows } = await pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM ledger_entries',
    );
    expect(await seal(pool, NOW)).toBe(rows[0]?.count);
    await topUp(platformId, 10);
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
    const platformId = await aPlatform(0);
    const january = Date.parse('2020-01-15T00:00:00+08:00');
    await topUp(platformId, 100, { nowMs: january });
    const close = (month: string) =>
      inTransaction(pool, (client) => closePeriod(client, { month, by: 'test', nowMs: NOW }));
    await pool.query(`INSERT INTO ledger_periods (month, starts_at, ends_at, status, closed_at, balances)
      VALUES ('2019-12', '2019-12-01 +8', '2020-01-01 +8', 'closed', now(), '{}')`);
    await expect(close('2020-02')).rejects.toThrow('ledger.period-out-of-turn');
    expect(await close('2020-01')).toEqual({ month: '2020-01', isNew: true });
    expect(await close('2020-01')).toEqual({ month: '2020-01', isNew: false });
    await expect(topUp(platformId, 5, { nowMs: january })).rejects.toThrow('the books are closed');
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
    const platformId = await aPlatform(0);
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
