import type pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  acceptOrders,
  bookGrant,
  bookPayment,
  bookPayout,
  endOrder,
  expireGrants,
  runChecks,
  spreadBalances,
} from '#domain/stores';
import { aSubmit } from '../support/accepting.js';
import { ledgerWorld, outcomes, unique } from '../support/ledger-world.js';
import { createTestDatabase, type TestDatabase, withClient } from '../support/postgres.js';
import { aProduct, type TestProduct } from '../support/trade.js';

const NOW = Date.now();
const PRICE_HAO = 985_000;
let database: TestDatabase;
let pool: pg.Pool;
let world: ReturnType<typeof ledgerWorld>;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 6, 'test');
  world = ledgerWorld(pool, NOW);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const pay = (platformId: string, amountHao: number, payer: string, receiptNo = unique()) =>
  inTransaction(pool, (client) =>
    bookPayment(client, {
      platformId,
      amountHao,
      payer,
      receiptNo,
      key: unique(),
      memo: 'test',
      nowMs: NOW,
    }),
  );
const grant = (platformId: string, amountHao: number, expiresAtMs: number | null) =>
  inTransaction(pool, (client) =>
    bookGrant(client, {
      platformId,
      amountHao,
      expiresAtMs,
      key: unique(),
      memo: 'test',
      nowMs: NOW,
    }),
  );
const payOut = (platformId: string, amountHao: number, payer: string, key = unique()) =>
  inTransaction(pool, (client) =>
    bookPayout(client, { platformId, amountHao, payer, key, memo: 'test', nowMs: NOW }),
  );
const lotsOf = async (platformId: string): Promise<readonly (readonly [string, number])[]> => {
  await spreadBalances(pool, NOW);
  const { rows } = await pool.query<{ name: string; hao: string }>(
    `SELECT coalesce(payer, kind) AS name, remaining_hao AS hao FROM balance_lots WHERE platform_id = $1 ORDER BY id`,
    [platformId],
  );
  return rows.map(({ name, hao }) => [name, Number(hao)] as const);
};
const violations = async () =>
  (await inTransaction(pool, (client) => runChecks(client, { isTemporalAway: true })))
    .filter((check) => check.violations > 0)
    .map(({ name, examples }) => [name, ...examples]);

it('spends what was granted first, then the oldest payment, and gives refunds back to the same lots', async () => {
  const platformId = await world.aPlatform(0);
  await pay(platformId, 5_000, '甲');
  await pay(platformId, 5_000, '乙');
  await grant(platformId, 1_000, null);
  const { id } = await world.hold(platformId, 7_000);
  expect(await lotsOf(platformId)).toEqual([
    ['甲', 0],
    ['乙', 4_000],
    ['granted', 0],
  ]);
  await world.end(id, 'voided');
  expect(await lotsOf(platformId)).toEqual([
    ['甲', 5_000],
    ['乙', 5_000],
    ['granted', 1_000],
  ]);
  expect(await violations()).toEqual([]);
});

it('books a receipt once, whoever types it in', async () => {
  const platformId = await world.aPlatform(0);
  const receiptNo = unique();
  const tries = await outcomes(
    Array.from({ length: 4 }, () => pay(platformId, 500, '甲', receiptNo)),
  );
  expect(tries.filter((one) => one === 'done')).toHaveLength(1);
  expect(new Set(tries)).toEqual(new Set(['done', 'ledger.receipt-booked']));
  expect(await world.balanceOf(platformId)).toEqual([500, 0]);
});

it('pays out to who paid it in and to nobody else, no more than is left, and nothing twice', async () => {
  const platformId = await world.aPlatform(0);
  await pay(platformId, 5_000, '甲');
  await pay(platformId, 3_000, '乙');
  await grant(platformId, 1_000, null);
  await world.hold(platformId, 2_000);
  await expect(payOut(platformId, 4_100, '甲')).rejects.toThrow('ledger.not-the-payer');
  await expect(payOut(platformId, 100, '丙')).rejects.toThrow('ledger.not-the-payer');
  const key = unique();
  const both = await Promise.all([
    payOut(platformId, 4_000, '甲', key),
    payOut(platformId, 4_000, '甲', key),
  ]);
  expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await lotsOf(platformId)).toEqual([
    ['甲', 0],
    ['乙', 3_000],
    ['granted', 0],
  ]);
  const race = await outcomes([payOut(platformId, 2_000, '乙'), payOut(platformId, 2_000, '乙')]);
  expect(race).toEqual(['done', 'ledger.not-the-payer']);
  expect(await violations()).toEqual([]);
});

it('takes back what is left of a grant on its last day, also of what a refund brings back later', async () => {
  const platformId = await world.aPlatform(0);
  await pay(platformId, 1_000, '甲');
  await grant(platformId, 1_000, NOW + 1_000);
  const { id } = await world.hold(platformId, 300);
  await expireGrants(pool, NOW + 999);
  expect(await world.balanceOf(platformId)).toEqual([1_700, 300]);
  await expireGrants(pool, NOW + 1_000);
  expect(await world.balanceOf(platformId)).toEqual([1_000, 300]);
  await world.end(id, 'voided');
  await spreadBalances(pool, NOW);
  await expireGrants(pool, NOW + 1_000);
  await expireGrants(pool, NOW + 2_000);
  expect(await world.balanceOf(platformId)).toEqual([1_000, 0]);
  expect(await violations()).toEqual([]);
});

it('finds a posting that landed later than one with a higher number', async () => {
  const platformId = await world.aPlatform(0);
  await pay(platformId, 1_000, '甲');
  const { rows } = await pool.query<{ id: string }>(
    `SELECT nextval('ledger_entries_id_seq')::text AS id`,
  );
  const { id } = await world.hold(platformId, 100);
  expect(await lotsOf(platformId)).toEqual([['甲', 900]]);
  await withClient(database.url, async (client) => {
    const accounts = `SELECT id FROM ledger_accounts WHERE kind = `;
    await client.query(
      `WITH e AS (INSERT INTO ledger_entries (id, idempotency_key, kind, memo, posted_at) VALUES ($1, $2, 'manual', 'late', now()) RETURNING id),
         a AS (UPDATE ledger_accounts SET balance_hao = balance_hao - 50 WHERE kind = 'platform-balance' AND platform_id = $3 RETURNING id)
       INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
       SELECT e.id * 64 + 1, e.id, 1, a.id, 50 FROM e, a UNION ALL SELECT e.id * 64 + 2, e.id, 2, (${accounts} 'revenue'), -50 FROM e`,
      [rows[0]?.id, unique(), platformId],
    );
  });
  expect(await lotsOf(platformId)).toEqual([['甲', 850]]);
  await world.end(id, 'voided');
  expect(await lotsOf(platformId)).toEqual([['甲', 950]]);
  expect(await violations()).toEqual([]);
});

describe('orders', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await withClient(database.url, (client) => aProduct(client));
  });

  it('write no lots, and what is refunded goes back to the lots that paid', async () => {
    const platformId = await world.aPlatform(0);
    await pay(platformId, 3 * PRICE_HAO, '甲');
    const { rows } = await pool.query<{ code: string; credential_id: string }>(
      `INSERT INTO api_credentials (platform_id, key, secret_sealed) SELECT id, code, '' FROM platforms WHERE id = $1
       RETURNING key AS code, id AS credential_id`,
      [platformId],
    );
    const buyer = {
      platformId,
      platformCode: rows[0]?.code ?? '',
      credentialId: rows[0]?.credential_id ?? '',
    };
    await lotsOf(platformId);
    const before = await pool.query('SELECT 1 FROM lot_uses');
    const submits = [aSubmit(buyer, product.code), aSubmit(buyer, product.code)];
    const accepted = await acceptOrders(pool, submits, {
      nowMs: Date.now(),
      startWorkflows: 'all',
    });
    expect(accepted.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect((await pool.query('SELECT 1 FROM lot_uses')).rowCount).toBe(before.rowCount);
    const spentHao = 3 * PRICE_HAO - (await world.balanceOf(platformId))[0];
    expect(await lotsOf(platformId)).toEqual([['甲', 3 * PRICE_HAO - spentHao]]);
    const order = await pool.query<{ id: string }>(
      `SELECT id FROM orders WHERE platform_id = $1 LIMIT 1`,
      [platformId],
    );
    await endOrder(pool, {
      orderId: order.rows[0]?.id ?? '',
      to: 'cancelled',
      failCode: 'cancelled-by-staff',
      actor: { kind: 'staff', name: 'test' },
      nowMs: Date.now(),
    });
    expect(await lotsOf(platformId)).toEqual([['甲', 3 * PRICE_HAO - spentHao / 2]]);
  });
});
