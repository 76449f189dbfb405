import { execFile } from 'node:child_process';
import path from 'node:path';
import { verify } from '@node-rs/argon2';
import { bookTopUp, createPlatformAccount } from '#domain/stores';
import { openSqlPool } from '#domain/database';
import { aCaller, startTestApi, type TestApi } from '../support/api.js';
import { aProduct } from '../support/trade.js';

// An installation knows only what the migrations and the panel have made: no sample data, no helper rows.
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
}, 60_000);
afterAll(async () => {
  await api?.close();
});

const PROGRAM = path.resolve(import.meta.dirname, '../../dist/tools/add-staff.js');

function addStaff(args: readonly string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: api.databaseUrl };
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? 1 : 0, said: stdout + stderr });
    });
  });
}

it('sells on a database that was only migrated', async () => {
  const made = await api.db.query<{ id: string }>(
    `INSERT INTO platforms (code, name) VALUES ('first', 'first') RETURNING id`,
  );
  const platformId = made.rows[0]?.id ?? '';
  const pool = openSqlPool(api.databaseUrl, 1, 'test');
  await createPlatformAccount(pool, { id: platformId, code: 'first' });
  await bookTopUp(pool, { platformId, amountHao: 10_000_000, key: 'first', memo: 'first' });
  await pool.end();
  const product = await aProduct(api.db);
  await product.stock(1);
  const platform = await aCaller(api, platformId);
  const answer = await platform.submit({
    merchantOrderNo: 'FIRST-1',
    productCode: product.code,
    quantity: 1,
  });
  expect([answer.status, answer.json['status']]).toEqual([201, 'succeeded']);
});

it('gets its first owner by a command, once, with a password that is shown once', async () => {
  const first = await addStaff(['--email', 'Owner@Example.test']);
  const password = /Password: (\S+)/.exec(first.said)?.[1] ?? '';
  const rows = await api.db.query<{ email: string; role: string; password_hash: string }>(
    'SELECT * FROM staff',
  );
  expect(rows.rows).toMatchObject([{ email: 'owner@example.test', role: 'owner' }]);
  expect(await verify(rows.rows[0]?.password_hash ?? '', password)).toBe(true);
  expect(await addStaff(['--email', 'owner@example.test'])).toMatchObject({ code: 1 });
  expect((await addStaff(['--email', 'x@example.test', '--role', 'king'])).said).toContain(
    'no role king',
  );
});

it('tells a foreign cursor and a refused callback host as such, and uses up the nonce of both', async () => {
  const made = await api.db.query<{ id: string }>(
    `INSERT INTO platforms (code, name) VALUES ('second', 'second') RETURNING id`,
  );
  const platform = await aCaller(api, made.rows[0]?.id ?? '');
  const cursor = await platform.call('GET', '/open/v1/products?cursor=AA');
  expect([cursor.status, cursor.json['code']]).toEqual([400, 'request.invalid']);
  const order = {
    merchantOrderNo: 'CB-1',
    productCode: 'X',
    quantity: 1,
    callbackUrl: 'https://nowhere.test/',
  };
  const nonce = 'refused-host-abcdefghijkl';
  const codes = [await platform.submit(order, { nonce }), await platform.submit(order, { nonce })];
  expect(codes.map((one) => one.json['code'])).toEqual([
    'callback.url-not-allowed',
    'auth.refused',
  ]);
});
