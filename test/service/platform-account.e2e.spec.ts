import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { bookTopUp, createPlatformAccount } from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const YUAN_HAO = 10_000;
let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 8, 'test');
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

async function aPlatform(code: string): Promise<string> {
  const made = await pool.query<{ id: string }>(
    'INSERT INTO platforms (code, name) VALUES ($1, $1) RETURNING id',
    [code],
  );
  const id = made.rows[0]?.id ?? '';
  await createPlatformAccount(pool, { id, code });
  return id;
}

async function postingsOf(platformId: string): Promise<string[]> {
  const found = await pool.query<{ line: string }>(
    `SELECT a.kind || ' ' || p.amount_hao AS line FROM ledger_postings p
     JOIN ledger_accounts a ON a.id = p.account_id
     WHERE p.entry_id IN (SELECT entry_id FROM ledger_postings o JOIN ledger_accounts oa ON oa.id = o.account_id
       WHERE oa.platform_id = $1)
     ORDER BY p.id`,
    [platformId],
  );
  return found.rows.map((row) => row.line);
}

it('books a top-up once, however often and however simultaneously it is handed in', async () => {
  const platformId = await aPlatform('often');
  const topUp = { platformId, amountHao: 7 * YUAN_HAO, key: 'bank-1', memo: 'first' };
  const booked = await Promise.all(Array.from({ length: 8 }, () => bookTopUp(pool, topUp)));
  expect(booked.filter((result) => result.isNew)).toHaveLength(1);
  expect(await bookTopUp(pool, topUp)).toEqual({ isNew: false, balanceHao: 7 * YUAN_HAO });
  expect(await postingsOf(platformId)).toEqual(['bank 70000', 'platform-balance -70000']);
});

it('adds different top-ups up exactly', async () => {
  const platformId = await aPlatform('many');
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      bookTopUp(pool, { platformId, amountHao: at + 1, key: `many-${at}`, memo: '' }),
    ),
  );
  const last = await bookTopUp(pool, { platformId, amountHao: 1, key: 'many-last', memo: '' });
  expect(last.balanceHao).toBe(211);
});

it('throws where a key comes back with another amount', async () => {
  const platformId = await aPlatform('changed');
  await bookTopUp(pool, { platformId, amountHao: 5, key: 'changed', memo: '' });
  await expect(
    bookTopUp(pool, { platformId, amountHao: 6, key: 'changed', memo: '' }),
  ).rejects.toThrow('top-up:changed repeats');
});

it('makes the accounts once', async () => {
  const platformId = await aPlatform('twice');
  await createPlatformAccount(pool, { id: platformId, code: 'twice' });
  const found = await pool.query(
    `SELECT code FROM ledger_accounts WHERE code IN ('bank', 'platform:twice')`,
  );
  expect(found.rowCount).toBe(2);
});
