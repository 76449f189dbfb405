import type pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  accountIdOfKind,
  balanceAt,
  bookMove,
  expireHolds,
  runChecks,
  trialBalanceAt,
} from '#domain/stores';
import { ledgerWorld, outcomes, unique } from '../support/ledger-world.js';
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

describe('an entry', () => {
  it('is booked once under its key, with the same content; with another it is an error', async () => {
    const platformId = await world.aPlatform(0);
    const key = unique();
    const both = await Promise.all([
      world.topUp(platformId, 500, { key }),
      world.topUp(platformId, 500, { key }),
    ]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(both[0]?.entryId).toBe(both[1]?.entryId);
    await expect(world.topUp(platformId, 501, { key })).rejects.toThrow('repeats what was booked');
    expect(await world.balanceOf(platformId)).toEqual([500, 0]);
  });

  it('never takes an account below its floor, however many try at once', async () => {
    const platformId = await world.aPlatform(1_000);
    const tries = await outcomes(Array.from({ length: 12 }, () => world.hold(platformId, 300)));
    expect(tries.filter((one) => one === 'done')).toHaveLength(3);
    expect(new Set(tries)).toEqual(new Set(['done', 'ledger.below-floor']));
    expect(await world.balanceOf(platformId)).toEqual([100, 900]);
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
    const platformId = await world.aPlatform(0);
    const { entryId } = await world.topUp(platformId, 700);
    const tries = await outcomes(Array.from({ length: 6 }, () => world.reverse(entryId)));
    expect(tries.filter((one) => one === 'done')).toHaveLength(1);
    expect(new Set(tries)).toEqual(new Set(['done', 'ledger.already-reversed']));
    expect(await world.balanceOf(platformId)).toEqual([0, 0]);
  });

  it('is refused where the money is gone, and for a reversal', async () => {
    const platformId = await world.aPlatform(0);
    const { entryId } = await world.topUp(platformId, 700);
    const { id } = await world.hold(platformId, 100);
    await expect(world.reverse(entryId)).rejects.toThrow('ledger.below-floor');
    await world.end(id, 'voided');
    const { entryId: reversal } = await world.reverse(entryId);
    await expect(world.reverse(reversal)).rejects.toThrow('ledger.not-reversible');
    await expect(world.reverse('999999999')).rejects.toThrow('ledger.entry-not-found');
  });
});

describe('a hold', () => {
  it('ends in one way, once, of all that are tried at once', async () => {
    const platformId = await world.aPlatform(1_000);
    const { id } = await world.hold(platformId, 400);
    expect(await world.balanceOf(platformId)).toEqual([600, 400]);
    const tries = await outcomes([
      world.end(id, 'posted'),
      world.end(id, 'voided'),
      world.end(id, 'expired'),
      world.end(id, 'posted'),
    ]);
    expect(tries.filter((one) => one === 'hold.not-open').length).toBeGreaterThanOrEqual(2);
    const [balanceHao, heldHao] = await world.balanceOf(platformId);
    expect(heldHao).toBe(0);
    expect([600, 1_000]).toContain(balanceHao);
    const { rows } = await pool.query(
      `SELECT kind FROM ledger_entries WHERE idempotency_key = $1`,
      [`hold:${id}:ended`],
    );
    expect(rows).toHaveLength(1);
  });

  it('is taken in part, and the rest goes back in the same moment', async () => {
    const platformId = await world.aPlatform(1_000);
    const { id } = await world.hold(platformId, 400);
    await expect(world.end(id, 'posted', 401)).rejects.toThrow('hold.amount');
    const tries = await outcomes([
      world.end(id, 'posted', 150),
      world.end(id, 'posted', 150),
      world.end(id, 'posted', 151),
      world.end(id, 'voided'),
    ]);
    expect(tries).toContain('hold.not-open');
    const { rows } = await pool.query<{ status: string; posted_hao: string | null }>(
      'SELECT status, posted_hao FROM balance_holds WHERE id = $1',
      [id],
    );
    const takenHao = Number(rows[0]?.posted_hao ?? 0);
    expect([0, 150, 151]).toContain(takenHao);
    expect(await world.balanceOf(platformId)).toEqual([1_000 - takenHao, 0]);
  });

  it('is one hold under its key, and another amount under it is an error', async () => {
    const platformId = await world.aPlatform(1_000);
    const key = unique();
    const [one, two] = await Promise.all([
      world.hold(platformId, 300, key),
      world.hold(platformId, 300, key),
    ]);
    expect(one).toEqual(two);
    expect(await world.balanceOf(platformId)).toEqual([700, 300]);
    await expect(world.hold(platformId, 301, key)).rejects.toThrow('repeats what was held');
  });

  it('gives its money back when its time is over', async () => {
    const platformId = await world.aPlatform(1_000);
    await world.hold(platformId, 400);
    await expireHolds(pool, NOW + 999);
    expect(await world.balanceOf(platformId)).toEqual([600, 400]);
    await expireHolds(pool, NOW + 1_000);
    expect(await world.balanceOf(platformId)).toEqual([1_000, 0]);
    await expireHolds(pool, NOW + 2_000);
    expect(await world.balanceOf(platformId)).toEqual([1_000, 0]);
  });
});

describe('balances at a date', () => {
  it('are what the postings up to then say, by the day of posting or of effect', async () => {
    const platformId = await world.aPlatform(0);
    const day = 86_400_000;
    await world.topUp(platformId, 100, { nowMs: NOW - 2 * day });
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

it('leaves books in which the doctor finds nothing', async () => {
  const results = await inTransaction(pool, (client) =>
    runChecks(client, { isTemporalAway: true }),
  );
  expect(results.filter(({ violations }) => violations > 0)).toEqual([]);
});
