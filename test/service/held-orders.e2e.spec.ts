import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import {
  advanceOrder,
  decideCase,
  decideSignal,
  endWatch,
  refuseOverdueCases,
  runChecks,
  startWatch,
} from '#domain/stores';
import type { TestPlatform } from '../support/api.js';
import { codesOf, TestShop } from '../support/shop.js';
import { testVault } from '../support/sold-order.js';
import { aProduct, type TestProduct } from '../support/trade.js';

let shop: TestShop;
let pool: pg.Pool;
let product: TestProduct;
beforeAll(async () => {
  shop = await TestShop.open();
  pool = openSqlPool(shop.api.databaseUrl, 4, 'held-orders-spec');
  product = await aProduct(shop.api.db);
  await product.stock(60);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await shop.close();
});

/** A platform whose orders above 100 yuan wait for a person. */
async function aLimitedPlatform(): Promise<TestPlatform> {
  const platform = await shop.aPlatform();
  await shop.api.db.query(
    `INSERT INTO credit_lines (platform_id, order_limit_hao) VALUES ($1, 1000000)
     ON CONFLICT (platform_id) DO UPDATE SET order_limit_hao = EXCLUDED.order_limit_hao`,
    [platform.id],
  );
  return platform;
}

const watch = (platform: TestPlatform, subject = '', raisedBy = 'ann@example.test') =>
  inOne((client) =>
    startWatch(client, {
      platformId: platform.id,
      subject,
      reason: 'looks odd',
      raisedBy,
      signalId: null,
      nowMs: Date.now(),
    }),
  );

async function inOne<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

const submit = (platform: TestPlatform, quantity = 1, more: object = {}) =>
  platform.submit(shop.anOrder(product, quantity, more));
const look = (platform: TestPlatform, merchantOrderNo: unknown) =>
  platform.order(String(merchantOrderNo));
const balanceOf = async (platform: TestPlatform): Promise<string> =>
  String((await platform.call('GET', '/open/v1/balance')).json['balance']);

async function caseOf(orderNo: unknown): Promise<{ id: string; orderId: string; status: string }> {
  const { rows } = await pool.query<{ id: string; orderId: string; status: string }>(
    `SELECT c.id, c.order_id AS "orderId", c.status FROM risk_cases c JOIN orders o ON o.id = c.order_id WHERE o.order_no = $1`,
    [orderNo],
  );
  const [row] = rows;
  if (!row) throw new Error(`no case of ${String(orderNo)}`);
  return row;
}

const decide = async (
  orderNo: unknown,
  decision: 'released' | 'refused',
  decider = 'bob@example.test',
) =>
  decideCase(pool, {
    caseId: (await caseOf(orderNo)).id,
    decision,
    decider,
    reason: 'looked at it',
    nowMs: Date.now(),
  });

const findings = async (): Promise<readonly string[]> => {
  const results = await inOne((client) => runChecks(client, { isTemporalAway: true }));
  return results.flatMap(({ name, examples }) => examples.map((one) => `${name}: ${one}`));
};

describe('an order above the limit of one order', () => {
  it('is charged and held, gets no cards, and tells its platform nothing but that', async () => {
    const platform = await aLimitedPlatform();
    const before = await balanceOf(platform);
    const held = await submit(platform, 2);
    expect(held.status).toBe(201);
    expect(held.json).toMatchObject({
      status: 'held',
      deliveredQuantity: 0,
      cards: [],
      failCode: null,
      failReason: null,
    });
    expect(Number(before) - Number(await balanceOf(platform))).toBeCloseTo(
      Number(held.json['amount']),
    );
    expect((await submit(platform, 1)).json).toMatchObject({ status: 'succeeded' });
    expect(Object.keys(held.json).join()).not.toMatch(/risk|watch|reason[^,]*hold/i);
  });

  it('is delivered from stock like any other once another person releases it', async () => {
    const platform = await aLimitedPlatform();
    const held = await submit(platform, 2);
    await decide(held.json['orderNo'], 'released');
    expect((await look(platform, held.json['merchantOrderNo'])).json).toMatchObject({
      status: 'processing',
    });
    await shop.fill(product);
    const filled = await look(platform, held.json['merchantOrderNo']);
    expect(filled.json).toMatchObject({ status: 'succeeded', deliveredQuantity: 2 });
    expect(codesOf([filled])).toHaveLength(2);
  });

  it('is refunded when it is refused, under a code that says nothing of a suspicion', async () => {
    const platform = await aLimitedPlatform();
    const before = await balanceOf(platform);
    const held = await submit(platform, 2, { callbackUrl: undefined });
    await decide(held.json['orderNo'], 'refused');
    const refused = await look(platform, held.json['merchantOrderNo']);
    expect(refused.json).toMatchObject({
      status: 'failed',
      failCode: 'not-accepted',
      refundedAmount: held.json['amount'],
    });
    expect(refused.text).not.toMatch(/risk|launder|suspic|风控|审核|可疑|洗钱|looked at it/i);
    expect(await balanceOf(platform)).toBe(before);
  });

  it('is decided once, whoever comes at the same time', async () => {
    const platform = await aLimitedPlatform();
    const held = await submit(platform, 2);
    const ends = await Promise.allSettled([
      decide(held.json['orderNo'], 'released', 'bob@example.test'),
      decide(held.json['orderNo'], 'refused', 'cid@example.test'),
      decide(held.json['orderNo'], 'refused', 'dan@example.test'),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('can be cancelled by its platform, and is then nobody’s to decide', async () => {
    const platform = await aLimitedPlatform();
    const held = await submit(platform, 2);
    const cancelled = await platform.cancel(String(held.json['merchantOrderNo']));
    expect(cancelled.json).toMatchObject({
      status: 'cancelled',
      refundedAmount: held.json['amount'],
    });
    expect((await caseOf(held.json['orderNo'])).status).toBe('withdrawn');
    await expect(decide(held.json['orderNo'], 'released')).rejects.toThrow('risk-case.not-open');
  });

  it('is not bought from any supplier while it is held', async () => {
    const platform = await aLimitedPlatform();
    const held = await submit(platform, 2);
    const { orderId } = await caseOf(held.json['orderNo']);
    const step = await advanceOrder(
      { pool, vault: testVault(), clockSpeed: 1 },
      { orderId, nowMs: Date.now() },
    );
    expect(step).toMatchObject({ status: 'held', calls: [], wakeAtMs: null, end: null });
  });
});

describe('who is on watch', () => {
  it('has its orders held: one customer by its number, a platform with all of them', async () => {
    const platform = await shop.aPlatform();
    await watch(platform, 'C-odd');
    const of = (customerNo: string) => submit(platform, 1, { customerNo });
    expect((await of('C-odd')).json).toMatchObject({ status: 'held' });
    expect((await of('C-fine')).json).toMatchObject({ status: 'succeeded' });
    await watch(platform);
    expect((await of('C-fine')).json).toMatchObject({ status: 'held' });
  });

  it('is nobody’s to decide about who asked for the watch', async () => {
    const platform = await shop.aPlatform();
    await watch(platform, '', 'Ann@example.test');
    const held = await submit(platform);
    await expect(decide(held.json['orderNo'], 'released', 'ann@EXAMPLE.test')).rejects.toThrow(
      'risk-case.own',
    );
    await decide(held.json['orderNo'], 'released', 'bob@example.test');
  });

  it('orders freely again once the watch has ended', async () => {
    const platform = await shop.aPlatform();
    const watchId = await watch(platform);
    await inOne((client) =>
      endWatch(client, { watchId, by: 'bob@example.test', nowMs: Date.now() }),
    );
    expect((await submit(platform)).json).toMatchObject({ status: 'succeeded' });
  });

  it('is put there by a signal that a person confirms', async () => {
    const platform = await shop.aPlatform();
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO risk_signals (kind, revision, platform_id, subject, window_from, window_to, order_count, amount_hao, figures, raised_at)
       VALUES ('velocity', 1, $1, 'C-9', now() - interval '1 hour', now(), 99, 1, '{}', now()) RETURNING id`,
      [platform.id],
    );
    await inOne((client) =>
      decideSignal(client, {
        signalId: rows[0]?.id ?? '',
        decision: 'confirmed',
        by: 'ann@example.test',
        reason: 'too many',
        nowMs: Date.now(),
      }),
    );
    expect((await submit(platform, 1, { customerNo: 'C-9' })).json).toMatchObject({
      status: 'held',
    });
  });
});

describe('a held order that nobody decides', () => {
  const DAY_MS = 86_400_000;
  const settle = (isRefusing: boolean) =>
    pool.query(
      `UPDATE risk_rules SET params = params || jsonb_build_object('refusesAtEnd', $1::int) WHERE kind = 'hold-policy' AND is_current`,
      [isRefusing ? 1 : 0],
    );

  it('is refused and refunded when its time is up, not before', async () => {
    const platform = await aLimitedPlatform();
    const held = await submit(platform, 2);
    await refuseOverdueCases(pool, Date.now());
    expect((await caseOf(held.json['orderNo'])).status).toBe('open');
    expect(await refuseOverdueCases(pool, Date.now() + DAY_MS + 1_000)).toBeGreaterThan(0);
    expect((await look(platform, held.json['merchantOrderNo'])).json).toMatchObject({
      status: 'failed',
      failCode: 'not-accepted',
    });
  });

  it('is kept where the rule says so', async () => {
    const platform = await aLimitedPlatform();
    await settle(false);
    const held = await submit(platform, 2);
    expect(await refuseOverdueCases(pool, Date.now() + 2 * DAY_MS)).toBe(0);
    expect((await caseOf(held.json['orderNo'])).status).toBe('open');
    await settle(true);
  });
});

it('leaves nothing for the doctor to find', async () => {
  expect(await findings()).toEqual([]);
});
