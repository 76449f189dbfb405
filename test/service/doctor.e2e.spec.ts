import type pg from 'pg';
import { beginSnapshot, checkCiphertexts, DOCTOR_CHECKS, runChecks } from '#domain/stores';
import { createTestDatabase, withClient, type TestDatabase } from '../support/postgres.js';
import type { Rows } from '../support/doctor-plant.js';
import { COMPENSATION_PLANTS } from '../support/doctor-plants-compensation.js';
import { INCIDENT_PLANTS } from '../support/doctor-plants-incident.js';
import { MONEY_PLANTS, ORPHAN_PLANTS } from '../support/doctor-plants-books.js';
import { LEDGER_PLANTS } from '../support/doctor-plants-ledger.js';
import { LICENCE_PLANTS } from '../support/doctor-plants-licence.js';
import { LARGE_ORDER_PLANTS } from '../support/doctor-plants-large.js';
import { REPLENISHMENT_PLANTS } from '../support/doctor-plants-replenishment.js';
import { RECONCILIATION_PLANTS } from '../support/doctor-plants-reconciliation.js';
import { COMPLAINT_PLANTS } from '../support/doctor-plants-complaint.js';
import { RISK_PLANTS } from '../support/doctor-plants-risk.js';
import { SETTLEMENT_PLANTS } from '../support/doctor-plants-settlement.js';
import { SUPPLY_PLANTS } from '../support/doctor-plants-supply.js';
import { TRADE_PLANTS } from '../support/doctor-plants-trade.js';
import { anOrderWithRows, aTrade, testVault } from '../support/sold-order.js';

const PLANTS = [
  ...TRADE_PLANTS,
  ...MONEY_PLANTS,
  ...ORPHAN_PLANTS,
  ...LEDGER_PLANTS,
  ...RISK_PLANTS,
  ...SUPPLY_PLANTS,
  ...LARGE_ORDER_PLANTS,
  ...REPLENISHMENT_PLANTS,
  ...RECONCILIATION_PLANTS,
  ...COMPENSATION_PLANTS,
  ...INCIDENT_PLANTS,
  ...SETTLEMENT_PLANTS,
  ...LICENCE_PLANTS,
  ...COMPLAINT_PLANTS,
];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Runs in a transaction that is rolled back, so that plants do not meet each other. */
async function withRows<Result>(
  work: (client: pg.Client, rows: Rows) => Promise<Result>,
): Promise<Result> {
  return withClient(database.url, async (client) => {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    const trade = await aTrade(client, { cards: 6 });
    const sold = await anOrderWithRows(client, trade, { quantity: 2, status: 'succeeded' });
    const waiting = await anOrderWithRows(client, trade, { quantity: 1, status: 'processing' });
    const result = await work(client, { sold, waiting });
    await client.query('ROLLBACK');
    return result;
  });
}

const sqlNow = (client: pg.Client, statement: string): Promise<unknown> => client.query(statement);

const findings = async (
  client: pg.Client,
  isTemporalAway = false,
): Promise<{ name: string; examples: readonly string[] }[]> => {
  const results = await runChecks(client, { isTemporalAway });
  return results.filter((result) => result.violations > 0);
};

it('finds nothing where everything is as it must be, and looks at something in every table that is filled', async () => {
  await withRows(async (client) => {
    const results = await runChecks(client, { isTemporalAway: false });
    expect(results.filter((result) => result.violations > 0)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(25);
    const unseen = results.filter((result) => result.looked === 0).map((result) => result.name);
    const ofOthers = [
      ...SUPPLY_PLANTS,
      ...LEDGER_PLANTS,
      ...LARGE_ORDER_PLANTS,
      ...REPLENISHMENT_PLANTS,
      ...RECONCILIATION_PLANTS,
      ...COMPENSATION_PLANTS,
      ...INCIDENT_PLANTS,
      ...RISK_PLANTS,
      ...SETTLEMENT_PLANTS,
      ...LICENCE_PLANTS,
      ...COMPLAINT_PLANTS,
    ].map((plant) => plant.check);
    expect(unseen.filter((name) => !ofOthers.includes(name))).toEqual([
      'outbox-is-emptied',
      'callback-try-has-its-callback',
    ]);
  });
});

it.each(PLANTS)(
  '$check fires, with its fellows only, when $what',
  async ({ check, breaksToo = [], plant, example }) => {
    await withRows(async (client, rows) => {
      await plant(client, rows);
      const found = await findings(client);
      expect(found.map((result) => result.name).sort()).toEqual([check, ...breaksToo].sort());
      const examples = found.find((result) => result.name === check)?.examples ?? [];
      expect(examples.join('\n')).toMatch(example);
    });
  },
);

it('has a planted violation for every check, so that none is a check in name only', () => {
  const planted = new Set(PLANTS.map((plant) => plant.check));
  expect(DOCTOR_CHECKS.map((check) => check.name).filter((name) => !planted.has(name))).toEqual([]);
});

it('does not call a violation what only waits for Temporal', async () => {
  await withRows(async (client) => {
    await sqlNow(
      client,
      `UPDATE callback_deliveries SET status = 'scheduled', next_at = now() - interval '1 day'`,
    );
    const results = await runChecks(client, { isTemporalAway: true });
    const skipped = results.filter((result) => result.skipped !== undefined);
    expect(skipped.map((result) => [result.name, result.looked, result.violations])).toEqual([
      ['callback-is-on-its-way', 0, 0],
      ['outbox-is-emptied', 0, 0],
      ['open-attempt-is-watched', 0, 0],
      ['replenishment-ends-in-time', 0, 0],
    ]);
    expect(results.filter((result) => result.violations > 0)).toEqual([]);
  });
});

it('counts all violations and shows five of them', async () => {
  await withRows(async (client) => {
    await sqlNow(
      client,
      `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at)
       SELECT 1000 + no, 'retry-asked', 'system', 'test', now() FROM generate_series(1, 40) AS no`,
    );
    const [found] = (await runChecks(client, { isTemporalAway: false })).filter(
      (result) => result.violations > 0,
    );
    expect(found).toMatchObject({ name: 'event-has-its-order', violations: 40 });
    expect(found?.examples).toHaveLength(5);
  });
});

describe('the newest ciphertexts', () => {
  it('open with the keys and match their fingerprints', async () => {
    await withRows(async (client) => {
      expect(await checkCiphertexts(client, testVault())).toMatchObject({
        looked: 6,
        violations: 0,
      });
    });
  });

  it('are found when one bit of them has changed, or when two cards were exchanged', async () => {
    await withRows(async (client) => {
      await sqlNow(
        client,
        `UPDATE cards SET sealed = set_bit(sealed, 130, 1 - get_bit(sealed, 130)) WHERE id = (SELECT min(id) FROM cards)`,
      );
      await sqlNow(
        client,
        `UPDATE cards SET fingerprint = '\\x0011' WHERE id = (SELECT max(id) FROM cards)`,
      );
      const result = await checkCiphertexts(client, testVault());
      expect(result).toMatchObject({ name: 'card-opens-and-matches', looked: 6, violations: 2 });
      expect(result.examples.join()).toMatch(
        /is not the card of its fingerprint.*cannot be opened/,
      );
    });
  });
});

it('writes nothing: its snapshot is read-only', async () => {
  await withClient(database.url, async (client) => {
    await beginSnapshot(client);
    await expect(client.query('DELETE FROM card_stock')).rejects.toThrow('read-only transaction');
  });
});
