import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  bookTopUp,
  createPlatformAccount,
  decideCredit,
  readExposure,
  runChecks,
  scorePlatform,
  scorePlatforms,
} from '#domain/stores';
import { aCaller, type TestPlatform } from '../support/api.js';
import { TestShop } from '../support/shop.js';
import { aProduct, type TestProduct } from '../support/trade.js';

const YUAN = 10_000;
const DAY_MS = 86_400_000;

let shop: TestShop;
let pool: pg.Pool;
let product: TestProduct;
beforeAll(async () => {
  shop = await TestShop.open();
  pool = openSqlPool(shop.api.databaseUrl, 4, 'credit-spec');
  product = await aProduct(shop.api.db);
  await product.stock(300);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await shop.close();
});

/** A platform with nothing prepaid that staff trust with so much; 98.50 yuan is the price of one order. */
async function aDebtor(agreedYuan: number): Promise<TestPlatform> {
  const code = `debtor-${randomUUID()}`.slice(0, 40);
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO platforms (code, name) VALUES ($1, $1) RETURNING id',
    [code],
  );
  const id = rows[0]?.id ?? '';
  await createPlatformAccount(pool, { id, code });
  const platform = await aCaller(shop.api, id);
  await decide({ platformId: platform.id, agreedHao: agreedYuan * YUAN });
  return platform;
}

const decide = (
  decision: Omit<Parameters<typeof decideCredit>[1], 'nowMs'>,
  nowMs = Date.now(),
): Promise<void> => inTransaction(pool, (client) => decideCredit(client, { ...decision, nowMs }));

interface Account {
  readonly id: string;
  readonly balance: string;
  readonly floor: number;
  readonly order_floor: number | null;
  readonly credit_stage: string;
}

async function accountOf({ id }: TestPlatform): Promise<Account> {
  const { rows } = await pool.query<Account>(
    `SELECT id, balance_hao::text AS balance, floor_hao::float8 AS floor, order_floor_hao::float8 AS order_floor, credit_stage
     FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error('a platform has its account');
  return row;
}

const submit = (platform: TestPlatform) => platform.submit(shop.anOrder(product));
const pay = (platform: TestPlatform, yuan: number) =>
  bookTopUp(pool, {
    platformId: platform.id,
    amountHao: yuan * YUAN,
    key: `${platform.id}:${Math.random()}`,
    memo: 'paid',
  });

it('accepts exactly 20 of 50 orders at once against a credit limit that allows 20', async () => {
  const platform = await aDebtor(1_970);
  const answers = await Promise.all(Array.from({ length: 50 }, () => submit(platform)));
  const accepted = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status === 422);
  expect(accepted).toHaveLength(20);
  expect(refused.map(({ json }) => json['code'])).toEqual(Array(30).fill('credit.exceeded'));
  expect(await platform.balanceFen()).toBe(-197_000);
  expect(await readExposure(pool, platform.id)).toMatchObject({
    receivableHao: 1_970 * YUAN,
    totalHao: 1_970 * YUAN,
  });
}, 30_000);

it('gives no credit where nobody has agreed to any', async () => {
  const platform = await aDebtor(0);
  expect((await submit(platform)).json).toMatchObject({ code: 'credit.exceeded' });
});

it('tells the platform its limit as orders are held to it', async () => {
  const platform = await aDebtor(500);
  const { json } = await platform.call('GET', '/open/v1/balance');
  expect(json).toMatchObject({ balance: '0.00', creditLimit: '500.00' });
});

it('gives a new platform 2,000 yuan at most, whatever was agreed', async () => {
  const platform = await aDebtor(90_000);
  expect((await accountOf(platform)).floor).toBe(-2_000 * YUAN);
});

it('cuts a limit that is in use at once: what comes in pays the debt before it buys again', async () => {
  const platform = await aDebtor(1_000);
  await Promise.all(Array.from({ length: 8 }, () => submit(platform)));
  await decide({ platformId: platform.id, agreedHao: 300 * YUAN });
  expect((await submit(platform)).json).toMatchObject({ code: 'credit.exceeded' });
  await pay(platform, 400);
  expect((await submit(platform)).status).toBe(422);
  await pay(platform, 200);
  expect((await submit(platform)).status).toBe(201);
});

describe('an overdue platform', () => {
  /** A debt of 98.50 yuan, seen so many days after its term of 7 days. */
  async function overdue(days: number): Promise<TestPlatform> {
    const platform = await aDebtor(500);
    expect((await submit(platform)).status).toBe(201);
    await scorePlatform(pool, {
      platformId: platform.id,
      nowMs: Date.now() + (7 + days) * DAY_MS + 60_000,
    });
    return platform;
  }

  it('gets no more credit after 7 days, but may spend what it pays in', async () => {
    const platform = await overdue(7);
    expect((await accountOf(platform)).credit_stage).toBe('credit-stopped');
    expect((await submit(platform)).json).toMatchObject({ code: 'credit.exceeded' });
    await pay(platform, 200);
    expect((await submit(platform)).status).toBe(201);
  });

  it('gets nothing after 15 days, not even for what it pays in', async () => {
    const platform = await overdue(15);
    expect((await accountOf(platform)).credit_stage).toBe('sales-stopped');
    await pay(platform, 1_000);
    expect((await submit(platform)).json).toMatchObject({ code: 'credit.exceeded' });
  });

  it('is in collection after 30 days, and free again once it has paid', async () => {
    const platform = await overdue(30);
    expect((await accountOf(platform)).credit_stage).toBe('collection');
    await pay(platform, 1_000);
    await scorePlatform(pool, { platformId: platform.id, nowMs: Date.now() });
    expect((await accountOf(platform)).credit_stage).toBe('open');
    expect((await submit(platform)).status).toBe(201);
  });
});

describe('the daily score', () => {
  it('is written once a day with all that went in, however often it runs', async () => {
    const nowMs = Date.now();
    await scorePlatforms(pool, nowMs);
    await scorePlatforms(pool, nowMs + 1_000);
    const { rows } = await pool.query<{ days: string; platforms: string; lacking: string }>(
      `SELECT (SELECT count(*) FROM credit_scores WHERE day = (now() AT TIME ZONE 'Asia/Shanghai')::date) AS days,
         (SELECT count(*) FROM platforms) AS platforms,
         (SELECT count(*) FROM credit_scores WHERE NOT inputs ? 'daysKnown' OR NOT parts ? 'punctuality') AS lacking`,
    );
    expect(rows[0]?.days).toBe(rows[0]?.platforms);
    expect(rows[0]?.lacking).toBe('0');
  });

  it('gives way to a person’s for 30 days', async () => {
    const platform = await aDebtor(500);
    const nowMs = Date.now();
    await decide({
      platformId: platform.id,
      overrideScore: 900,
      overrideReason: 'known for years',
    });
    const scoreAt = async (atMs: number): Promise<unknown> => {
      await scorePlatform(pool, { platformId: platform.id, nowMs: atMs });
      const { rows } = await pool.query<{ score: number }>(
        'SELECT score FROM credit_lines WHERE platform_id = $1',
        [platform.id],
      );
      return rows[0]?.score;
    };
    expect(await scoreAt(nowMs + 29 * DAY_MS)).toBe(900);
    expect(await scoreAt(nowMs + 31 * DAY_MS)).toBeLessThan(900);
  });
});

it('leaves the books in order', async () => {
  const client = await pool.connect();
  const results = await runChecks(client, { isTemporalAway: true }).finally(() => client.release());
  const found = results.flatMap(({ name, examples }) => examples.map((one) => `${name}: ${one}`));
  expect(found.filter((one) => !/lot|seal|chain/.test(one))).toEqual([]);
}, 30_000);
