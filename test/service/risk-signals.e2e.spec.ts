import type pg from 'pg';
import { FIRST_RULES, type RiskRuleKind } from '#domain';
import { inTransaction, openSqlPool } from '#domain/database';
import { changeRiskRule, decideSignal, raiseSignals, readRouteFacts } from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aTrade, type Trade } from '../support/sold-order.js';

const YUAN = 10_000;
const MINUTE_MS = 60_000;
/** Three in the morning in Shanghai, so that every rule has its hour. */
const NIGHT_MS = Date.parse('2026-11-24T19:00:00Z');

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'risk-signals-spec');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const inOne = <Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> =>
  inTransaction(pool, work);

const aPlatform = (): Promise<Trade> => inOne((client) => aTrade(client as never, { cards: 0 }));

/** Bare orders as they would stand there: the rules read nothing else of them. */
async function orders(
  trade: Trade,
  {
    count,
    customerNo = 'C-1',
    amountYuan = 10,
    atMs = NIGHT_MS,
  }: {
    readonly count: number;
    readonly customerNo?: string | null;
    readonly amountYuan?: number;
    readonly atMs?: number;
  },
): Promise<void> {
  await pool.query(
    `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, customer_no, quantity,
       delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
     SELECT left(gen_random_uuid()::text, 30), $1, left(gen_random_uuid()::text, 30), '\\x00', $2, 'P', $3, 1, 1, $4, $4, 'succeeded', $5, $5
     FROM generate_series(1, $6::int)`,
    [
      trade.platformId,
      trade.productId,
      customerNo,
      amountYuan * YUAN,
      new Date(atMs - MINUTE_MS),
      count,
    ],
  );
}

const change = <Kind extends RiskRuleKind>(
  kind: Kind,
  params: Partial<Record<keyof (typeof FIRST_RULES)[Kind], number>>,
) =>
  inOne((client) =>
    changeRiskRule(client, {
      kind,
      params: { ...FIRST_RULES[kind], ...params },
      reason: 'for the test',
      askedBy: 'ann@example.test',
      approvedBy: 'bob@example.test',
    }),
  );

interface Seen {
  readonly kind: string;
  readonly subject: string;
  readonly revision: number;
  readonly count: number;
  readonly evidence: number;
}

async function signalsOf({ platformId }: Trade): Promise<Seen[]> {
  const { rows } = await pool.query<Seen>(
    `SELECT kind, subject, revision, order_count AS count, cardinality(order_ids) AS evidence
     FROM risk_signals WHERE platform_id = $1 ORDER BY kind, subject`,
    [platformId],
  );
  return rows;
}

async function watchesOf({ platformId }: Trade): Promise<string[]> {
  const { rows } = await pool.query<{ subject: string }>(
    'SELECT subject FROM risk_watches WHERE platform_id = $1 AND ended_at IS NULL ORDER BY subject',
    [platformId],
  );
  return rows.map(({ subject }) => subject);
}

const look = (nowMs = NIGHT_MS): Promise<number> => raiseSignals(pool, nowMs);
const kindsOf = async (trade: Trade): Promise<string[]> =>
  (await signalsOf(trade)).map(({ kind }) => kind);

describe('a rule', () => {
  it('fires for many orders of one customer within its window, with the orders behind it, and puts it on watch', async () => {
    const trade = await aPlatform();
    await orders(trade, { count: 59 });
    await look();
    expect(await signalsOf(trade)).not.toContainEqual(
      expect.objectContaining({ kind: 'velocity' }),
    );
    await orders(trade, { count: 1 });
    await look();
    expect(await signalsOf(trade)).toContainEqual({
      kind: 'velocity',
      subject: 'C-1',
      revision: 1,
      count: 60,
      evidence: 50,
    });
    expect(await watchesOf(trade)).toEqual(['C-1']);
  });

  it('does not count what is older than its window', async () => {
    const trade = await aPlatform();
    await orders(trade, { count: 70, atMs: NIGHT_MS - 2 * 3_600_000 });
    await look();
    expect(await kindsOf(trade)).not.toContain('velocity');
  });

  it('fires for many orders just under a limit, the platform’s own where it has one', async () => {
    const trade = await aPlatform();
    await orders(trade, { count: 5, amountYuan: 49_000, customerNo: 'C-under' });
    await orders(trade, { count: 9, amountYuan: 44_000, customerNo: 'C-far' });
    await look();
    const structuring = (await signalsOf(trade)).filter(({ kind }) => kind === 'structuring');
    expect(structuring.map(({ subject }) => subject)).toEqual(['C-under']);

    const own = await aPlatform();
    await pool.query(`INSERT INTO credit_lines (platform_id, order_limit_hao) VALUES ($1, $2)`, [
      own.platformId,
      100 * YUAN,
    ]);
    await orders(own, { count: 5, amountYuan: 99 });
    await look();
    expect(await kindsOf(own)).toEqual(['structuring']);
  });

  it('fires for a burst at night, and not for the same at noon', async () => {
    const [night, noon] = [await aPlatform(), await aPlatform()];
    await orders(night, { count: 30 });
    await orders(noon, { count: 30, atMs: NIGHT_MS + 9 * 3_600_000 });
    await look();
    await look(NIGHT_MS + 9 * 3_600_000);
    expect(await kindsOf(night)).toContain('night-burst');
    expect(await kindsOf(noon)).toEqual([]);
    expect(await watchesOf(night)).toEqual([]);
  });

  it('fires for who buys high face values and nothing else', async () => {
    const trade = await aPlatform();
    await orders(trade, { count: 20, amountYuan: 500, customerNo: 'C-high' });
    await orders(trade, { count: 20, amountYuan: 500, customerNo: 'C-mixed' });
    await orders(trade, { count: 1, amountYuan: 10, customerNo: 'C-mixed' });
    await look();
    const found = (await signalsOf(trade)).filter(({ kind }) => kind === 'high-face');
    expect(found.map(({ subject }) => subject)).toEqual(['C-high']);
  });

  it('fires for the sum of one day, of a customer or of the platform', async () => {
    const trade = await aPlatform();
    await orders(trade, { count: 2, amountYuan: 100_000, customerNo: 'C-rich' });
    await orders(trade, { count: 9, amountYuan: 200_000, customerNo: null });
    await look();
    const found = (await signalsOf(trade)).filter(({ kind }) => kind === 'daily-sum');
    expect(found.map(({ subject }) => subject)).toEqual(['', 'C-rich']);
  });

  it('fires when somebody pays in who is not the platform’s known payer, once for each', async () => {
    const trade = await aPlatform();
    const lot = (id: number, payer: string) =>
      pool.query(
        `INSERT INTO balance_lots (id, platform_id, kind, payer, brought_hao, brought_at)
         SELECT $1, $2, unnest(ARRAY['paid']), $3, 1000000, $4`,
        [id, trade.platformId, payer, new Date(NIGHT_MS - MINUTE_MS)],
      );
    await lot(900_001, '星辰科技');
    await lot(900_002, '星辰科技');
    await look();
    expect(await kindsOf(trade)).toEqual([]);
    await lot(900_003, '无关公司');
    await look();
    await look();
    const { rows } = await pool.query<{ id: string; figures: unknown }>(
      'SELECT id, figures FROM risk_signals WHERE platform_id = $1',
      [trade.platformId],
    );
    expect(rows.map(({ figures }) => figures)).toEqual([
      { windowDays: 30, payer: '无关公司', knownPayer: '星辰科技' },
    ]);
    expect(await watchesOf(trade)).toEqual(['']);
  });

  it('is measured by its current revision, which the signal names', async () => {
    const trade = await aPlatform();
    await change('velocity', { customerOrders: 3 });
    await orders(trade, { count: 3 });
    await look();
    expect(await signalsOf(trade)).toContainEqual(
      expect.objectContaining({ kind: 'velocity', revision: 2, count: 3 }),
    );
    await change('velocity', {});
  });
});

describe('a signal', () => {
  it('is raised once while it is open, and not again on the day a person dismissed it', async () => {
    const trade = await aPlatform();
    await orders(trade, { count: 60 });
    await look();
    await look(NIGHT_MS + MINUTE_MS);
    const open = await pool.query<{ id: string }>(
      `SELECT id FROM risk_signals WHERE platform_id = $1 AND kind = 'velocity'`,
      [trade.platformId],
    );
    expect(open.rows).toHaveLength(1);
    await inOne((client) =>
      decideSignal(client, {
        signalId: open.rows[0]?.id ?? '',
        decision: 'dismissed',
        by: 'ann@example.test',
        reason: 'a festival sale',
        nowMs: NIGHT_MS + 2 * MINUTE_MS,
      }),
    );
    expect(await watchesOf(trade)).toEqual([]);
    await look(NIGHT_MS + 3 * MINUTE_MS);
    expect((await signalsOf(trade)).filter(({ kind }) => kind === 'velocity')).toHaveLength(1);
    expect(await watchesOf(trade)).toEqual([]);
  });

  it('of a sandbox puts nobody on watch', async () => {
    const trade = await aPlatform();
    await pool.query('UPDATE platforms SET is_sandbox = true WHERE id = $1', [trade.platformId]);
    await orders(trade, { count: 60 });
    await look();
    expect(await kindsOf(trade)).toContain('velocity');
    expect(await watchesOf(trade)).toEqual([]);
  });
});

describe('slow charging', () => {
  async function aRoute(name: string, costYuan: number, supplierProductId = '1001') {
    const { rows } = await pool.query<{ id: string; product_id: string }>(
      `WITH p AS (
         INSERT INTO products (code, name, kind, status) VALUES (left(gen_random_uuid()::text, 30), $1, 'top-up', 'draft') RETURNING id
       ), l AS (
         INSERT INTO prices (product_id, unit_price_hao, valid_from) SELECT id, 1000000, now() - interval '1 day' FROM p
       ), s AS (
         INSERT INTO suppliers (code, name, protocol, base_url, account)
         VALUES (left(gen_random_uuid()::text, 30), 's', 'kakayun', 'https://s.example.test', '1') RETURNING id
       )
       INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao)
       SELECT p.id, s.id, $3, $2 FROM p, s RETURNING id, product_id`,
      [name, costYuan * YUAN, supplierProductId],
    );
    const [route] = rows;
    if (!route) throw new Error('no route');
    return route;
  }
  const stateOf = async (id: string) =>
    (
      await pool.query<{ status: string; is_slow_charge: boolean }>(
        'SELECT status, is_slow_charge FROM supply_routes WHERE id = $1',
        [id],
      )
    ).rows[0];

  it.each([
    ['named so', '移动话费 100 元 慢充', 99, '1001'],
    ['named so by the supplier', '移动话费 100 元', 99, 'HF-慢充-100'],
    ['too cheap to be honest', '移动话费 100 元', 89, '1001'],
  ])('is never bought from, and taken out of use: %s', async (_, name, cost, supplierProductId) => {
    const route = await aRoute(name, cost, supplierProductId);
    const [facts] = await readRouteFacts(pool, { productId: route.product_id, nowMs: Date.now() });
    expect(facts?.isSlowCharge).toBe(true);
    await look();
    expect(await stateOf(route.id)).toEqual({ status: 'paused', is_slow_charge: true });
    await expect(
      pool.query(`UPDATE supply_routes SET status = 'active' WHERE id = $1`, [route.id]),
    ).rejects.toThrow('slow_charge');
  });

  it('is not what costs a little less than it is sold for', async () => {
    const route = await aRoute('移动话费 100 元', 97);
    await look();
    expect(await stateOf(route.id)).toEqual({ status: 'active', is_slow_charge: false });
  });
});
