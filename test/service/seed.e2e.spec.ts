import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { MasterKeys, runChecks } from '#domain/stores';
import type { SeedConfig } from '../../tools/seed/config.js';
import { addSampleComplaints } from '../../tools/seed/sample-complaints.js';
import { addSampleRisk } from '../../tools/seed/sample-risk.js';
import { Seeder } from '../../tools/seed/seeder.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const NOW_MS = Date.UTC(2026, 10, 24, 4);
let database: TestDatabase;
let pool: pg.Pool;
let seeder: Seeder;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 3, 'test');
  seeder = new Seeder(pool, aConfig(), NOW_MS);
  await seeder.addTrade();
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

function aConfig(): SeedConfig {
  const platforms = ['demo', 'demo2', 'limited'].map((code) => ({
    code,
    key: `ak_${code}_123`,
    secret: randomBytes(16).toString('hex'),
    callbackSecret: `whsec_${randomBytes(24).toString('base64')}`,
  }));
  return {
    simulatorUrl: 'http://127.0.0.1:4010',
    databaseUrl: database.url,
    masterKeys: MasterKeys.parse(`m1:${randomBytes(32).toString('base64')}`),
    fingerprintKey: randomBytes(32),
    secrets: { platforms, staff: [] },
  };
}

async function rows(sql: string): Promise<unknown[][]> {
  const found = await pool.query<Record<string, unknown>>(sql);
  return found.rows.map((row) => Object.values(row));
}

it('loads the goods that platforms are promised, with their prices and stock', async () => {
  expect(
    await rows(
      `SELECT p.code, p.status, p.may_wait, r.unit_price_hao::int,
         (SELECT count(*)::int FROM card_stock s WHERE s.product_id = p.id) AS stock
       FROM products p JOIN prices r ON r.product_id = p.id AND r.platform_id IS NULL ORDER BY p.code`,
    ),
  ).toEqual([
    ['EMPTY-10', 'on-sale', true, 99_000, 0],
    ['GAME-30', 'on-sale', false, 300_000, 0],
    ['GONE-10', 'off-sale', true, 99_000, 0],
    ['NOWAIT-10', 'on-sale', false, 99_000, 0],
    ['PHONE-50', 'on-sale', false, 500_000, 0],
    ['RACE-10', 'on-sale', true, 99_000, 0],
    ['STEAM-100', 'on-sale', true, 985_000, 3_000],
    ['VIDEO-30', 'on-sale', true, 320_000, 0],
    ['XBOX-50', 'on-sale', true, 453_333, 300],
  ]);
});

it('gives each platform an account whose balance is the sum of its postings', async () => {
  expect(
    await rows(
      `SELECT a.code, a.balance_hao, a.floor_hao, (-sum(p.amount_hao))::text AS booked FROM ledger_accounts a
       JOIN ledger_postings p ON p.account_id = a.id WHERE a.platform_id IS NOT NULL
       GROUP BY a.id ORDER BY a.code`,
    ),
  ).toEqual([
    ['deposit:demo2', '500000000', '0', '500000000'],
    ['platform:demo', '12000000000', '0', '12000000000'],
    ['platform:demo2', '12002000000', '0', '12002000000'],
    ['platform:limited', '1000000', '0', '1000000'],
    ['prepayment:demo', '30000000', '0', '30000000'],
  ]);
});

it('changes nothing the second time, not even what was sold or changed since', async () => {
  await pool.query(`UPDATE products SET name = 'renamed' WHERE code = 'XBOX-50'`);
  await pool.query(`DELETE FROM card_stock`);
  const count = `SELECT (SELECT count(*) FROM cards), (SELECT count(*) FROM card_stock),
    (SELECT count(*) FROM ledger_postings), (SELECT count(*) FROM api_credentials),
    (SELECT count(*) FROM prices), (SELECT count(*) FROM customers), (SELECT string_agg(name, ',' ORDER BY code) FROM products)`;
  const before = await rows(count);
  await seeder.addTrade();
  expect(await rows(count)).toEqual(before);
});

it('hashes passwords with argon2id, and only once', async () => {
  const people = [{ email: 'Admin@example.test', password: 'long-enough', role: 'owner' as const }];
  expect(await seeder.addStaff(people)).toBe(1);
  expect(await seeder.addStaff(people)).toBe(0);
  expect(
    await rows(
      `SELECT email, role, password_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%' FROM staff`,
    ),
  ).toEqual([['admin@example.test', 'owner', true]]);
});

it('shows a large order that has paid a part of its prepayment and takes nothing from the shelves', async () => {
  const { rows } = await pool.query(
    `SELECT l.phase, l.paid_hao, (SELECT count(*)::int FROM card_reservations) AS reserved
     FROM large_orders l JOIN orders o ON o.id = l.order_id WHERE o.merchant_order_no = 'SAMPLE-LARGE-1'`,
  );
  expect(rows).toEqual([{ phase: 'prepayment', paid_hao: '30000000', reserved: 0 }]);
});

it('shows platforms that settle: one that prepays, one that is a little late', async () => {
  await addSampleRisk(pool, aConfig());
  const statements = await rows(
    `SELECT p.code, s.status, s.line_count, s.due_hao, s.outstanding_hao FROM statements s JOIN platforms p ON p.id = s.platform_id
     ORDER BY p.code, s.period_to`,
  );
  expect(statements.slice(0, 3)).toEqual([
    ['demo', 'paid', 0, '0', '0'],
    ['demo', 'paid', 2, '0', '0'],
    ['xingchen', 'paid', 1, '6800000', '0'],
  ]);
  // The first days of a month are too early for lateness.
  expect(statements[3]?.slice(2)).toEqual([2, '4200000', '3000000']);
  const client = await pool.connect();
  const results = await runChecks(client, { isTemporalAway: true });
  client.release();
  const found = results.filter(({ violations }) => violations > 0).map(({ name }) => name);
  // A test above has emptied the shelves.
  expect(found).toEqual(['batch-adds-up']);
});

it('shows complaints in several states, one of them late, and adds none a second time', async () => {
  await addSampleComplaints(pool, 'service@example.test', Date.now());
  await addSampleComplaints(pool, 'service@example.test', Date.now());
  expect(
    await rows('SELECT severity, status, cycle_no, is_breached FROM complaints ORDER BY id'),
  ).toEqual([
    ['P1', 'received', 1, false],
    ['P2', 'waiting-customer', 1, false],
    ['P1', 'solution-offered', 1, false],
    ['REG', 'handling', 1, false],
    ['P2', 'solved', 1, true],
    ['P0', 'solved', 2, false],
  ]);
  const client = await pool.connect();
  const results = await runChecks(client, { isTemporalAway: true });
  client.release();
  const found = results.filter(({ violations }) => violations > 0).map(({ name }) => name);
  expect(found).toEqual(['batch-adds-up']);
});

it('has booked the past first, so that the statement of this month will miss nothing', async () => {
  const later = await rows(
    `SELECT count(*)::int FROM ledger_accounts a JOIN statements s ON s.platform_id = a.platform_id
     JOIN statement_lines l ON l.statement_id = s.id
     JOIN ledger_postings p ON p.account_id = a.id AND p.id < l.posting_id
     JOIN ledger_entries e ON e.id = p.entry_id AND e.posted_at >= s.ends_at WHERE a.kind = 'platform-balance'`,
  );
  expect(later).toEqual([[0]]);
});
