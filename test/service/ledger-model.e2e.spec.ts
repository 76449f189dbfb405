import fc from 'fast-check';
import pg from 'pg';
import type { EntryKind } from '#domain';
import { inTransaction, openSqlPool } from '#domain/database';
import { bookMove, runChecks, spreadBalances } from '#domain/stores';
import { ledgerWorld, outcomes, unique } from '../support/ledger-world.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const NOW = Date.now();
const RUNS = 20;
const COMMANDS_MAX = 16;
const REVERSALS = 200;
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

const move = (kind: EntryKind, platformId: string, amountHao: number) =>
  inTransaction(pool, (client) =>
    bookMove(client, { key: unique(), kind, platformId, amountHao, nowMs: NOW }),
  );
const violations = async () =>
  (await inTransaction(pool, (client) => runChecks(client, { isTemporalAway: true })))
    .filter((check) => check.violations > 0)
    .map(({ name, examples }) => [name, ...examples]);

/** What an auditor who never looks into the database expects. */
interface Audit {
  balanceHao: number;
  readonly holds: Map<string, number>;
  /** Entries that may be reversed, by what their reversal takes from the balance. */
  readonly entries: Map<string, number>;
}
interface Real {
  readonly platformId: string;
}
type Command = fc.AsyncCommand<Audit, Real>;

const heldHao = (audit: Audit): number =>
  [...audit.holds.values()].reduce((sum, hao) => sum + hao, 0);

async function agree(audit: Audit, { platformId }: Real): Promise<void> {
  expect(await world.balanceOf(platformId)).toEqual([audit.balanceHao, heldHao(audit)]);
}

const command = (
  name: string,
  run: (audit: Audit, real: Real) => Promise<void>,
  check: (audit: Audit) => boolean = () => true,
): Command => ({
  check,
  run: async (audit, real) => {
    await run(audit, real);
    await agree(audit, real);
  },
  toString: () => name,
});

const topUp = (hao: number): Command =>
  command(`top up ${hao}`, async (audit, { platformId }) => {
    const { entryId } = await world.topUp(platformId, hao);
    audit.entries.set(entryId, hao);
    audit.balanceHao += hao;
  });

/** Succeeds exactly where the balance covers it. */
const charge = (hao: number): Command =>
  command(`charge ${hao}`, async (audit, { platformId }) => {
    const [told] = await outcomes([move('order-charge', platformId, hao)]);
    expect(told).toBe(audit.balanceHao >= hao ? 'done' : 'ledger.below-floor');
    if (told === 'done') audit.balanceHao -= hao;
  });

const refund = (hao: number): Command =>
  command(`refund ${hao}`, async (audit, { platformId }) => {
    await move('order-refund', platformId, hao);
    audit.balanceHao += hao;
  });

const hold = (hao: number): Command =>
  command(`hold ${hao}`, async (audit, { platformId }) => {
    if (audit.balanceHao < hao)
      return expect(world.hold(platformId, hao)).rejects.toThrow('ledger.below-floor');
    const { id } = await world.hold(platformId, hao);
    audit.holds.set(id, hao);
    audit.balanceHao -= hao;
  });

/** Two ends are tried at once: one is told that it came too late. */
const endHold = (to: 'posted' | 'voided' | 'expired'): Command =>
  command(
    `${to} twice`,
    async (audit, { platformId }) => {
      const [[id, hao] = ['', 0]] = [...audit.holds];
      const other = to === 'posted' ? 'voided' : 'posted';
      const tries = await outcomes([world.end(id, to), world.end(id, other)]);
      expect(tries).toEqual(['done', 'hold.not-open']);
      audit.holds.delete(id);
      const [balanceHao] = await world.balanceOf(platformId);
      expect([audit.balanceHao, audit.balanceHao + hao]).toContain(balanceHao);
      audit.balanceHao = balanceHao;
    },
    (audit) => audit.holds.size > 0,
  );

/** Each reversal is tried twice at once: exactly one succeeds, and neither where the money is gone. */
const reverse = (pick: number): Command =>
  command(
    `reverse ${pick} twice`,
    async (audit) => {
      const [entryId, hao] = [...audit.entries][pick % audit.entries.size] ?? ['', 0];
      const tries = await outcomes([world.reverse(entryId), world.reverse(entryId)]);
      if (audit.balanceHao < hao)
        return expect(tries).toEqual(['ledger.below-floor', 'ledger.below-floor']);
      expect(tries).toEqual(['done', 'ledger.already-reversed'].sort());
      audit.entries.delete(entryId);
      audit.balanceHao -= hao;
    },
    (audit) => audit.entries.size > 0,
  );

/** The process dies when all is written and nothing is committed. */
const killed = (hao: number): Command =>
  command(`killed over ${hao}`, async (_audit, { platformId }) => {
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await client.query('BEGIN');
    await bookMove(client as unknown as pg.PoolClient, {
      key: unique(),
      kind: 'platform-top-up',
      platformId,
      amountHao: hao,
      nowMs: NOW,
    });
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await client.end().catch(() => undefined);
  });

const spread = (): Command =>
  command('spread', async () => {
    await spreadBalances(pool, NOW);
  });

const amount = fc.integer({ min: 1, max: 1_000 });

it('does what an auditor expects, over any course of charges, refunds, holds, reversals and deaths', async () => {
  const commands = fc.commands(
    [
      amount.map(topUp),
      amount.map(charge),
      amount.map(refund),
      amount.map(hold),
      fc.constantFrom('posted' as const, 'voided' as const, 'expired' as const).map(endHold),
      fc.nat(100).map(reverse),
      amount.map(killed),
      fc.constant(spread()),
    ],
    { maxCommands: COMMANDS_MAX },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (course) => {
      const platformId = await world.aPlatform(0);
      const audit: Audit = { balanceHao: 0, holds: new Map(), entries: new Map() };
      await fc.asyncModelRun(() => ({ model: audit, real: { platformId } }), course);
    }),
    { numRuns: RUNS },
  );
  await spreadBalances(pool, NOW);
  expect(await violations()).toEqual([]);
}, 120_000);

it('reverses each of many entries once, though each is reversed twice at once', async () => {
  const platformId = await world.aPlatform(0);
  const entries = await Promise.all(
    Array.from({ length: REVERSALS }, (_, index) => world.topUp(platformId, 1 + index)),
  );
  const tries = await outcomes(
    entries.flatMap(({ entryId }) => [world.reverse(entryId), world.reverse(entryId)]),
  );
  expect(tries.filter((one) => one === 'done')).toHaveLength(REVERSALS);
  expect(tries.filter((one) => one === 'ledger.already-reversed')).toHaveLength(REVERSALS);
  expect(await world.balanceOf(platformId)).toEqual([0, 0]);
  await spreadBalances(pool, NOW);
  expect(await violations()).toEqual([]);
}, 120_000);
