import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { dateOfDay, shanghaiDayNumber } from '#domain';
import {
  askDueReplenishments,
  measureRunways,
  readPeakPlan,
  readPlatformDemand,
} from '#domain/stores';
import ExcelJS from 'exceljs';
import { csvOf, xlsxOf } from '../../apps/admin/src/http/sheet-download.js';
import { partsOf, planSheet, platformSheet } from '../../apps/admin/src/peak/peak-sheet.js';
import { createTestDatabase, withClient, type TestDatabase } from '../support/postgres.js';
import { aProduct } from '../support/trade.js';

const NOW_MS = Date.now();
const day = (days: number): string => dateOfDay(shanghaiDayNumber(NOW_MS) + days);

let database: TestDatabase;
let pool: pg.Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'test');
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

/** A product of which a platform orders two pieces an hour, and another one piece. */
async function aSoldProduct(cards: number): Promise<{ id: string; platforms: string[] }> {
  const product = await withClient(database.url, async (client) => {
    const made = await aProduct(client);
    if (cards > 0) await made.stock(cards);
    return made;
  });
  const made = await pool.query<{ id: string }>(
    `INSERT INTO platforms (code, name) VALUES ('big', '=HYPERLINK("x")'), ('small', '小平台') RETURNING id`,
  );
  const platforms = made.rows.map(({ id }) => id);
  await pool.query(
    `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
       delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
     SELECT 'O' || h || '-' || n, ($3::uuid[])[n], 'M' || h, '', $1, $2, 3 - n, 3 - n, 1, 1, 'succeeded',
       now() - h * interval '1 hour', now()
     FROM generate_series(10, 1, -1) AS h, generate_series(1, 2) AS n`,
    [product.id, product.code, platforms],
  );
  await pool.query(`UPDATE products SET created_at = now() - interval '11 hours' WHERE id = $1`, [
    product.id,
  ]);
  return { id: product.id, platforms };
}

async function aPlan(
  productId: string,
  { from, to, factor = 4 }: { from: number; to: number; factor?: number },
): Promise<string> {
  const { rows } = await pool.query<{ plan_id: string }>(
    `WITH plan AS (
       INSERT INTO peak_plans (name, starts_on, ends_on, lead_days) VALUES ('春节', $1, $2, 7) RETURNING id
     )
     INSERT INTO peak_lines (plan_id, product_id, factor, base_per_day) SELECT id, $3, $4, 60 FROM plan RETURNING plan_id`,
    [day(from), day(to), productId, factor],
  );
  return rows[0]?.plan_id ?? '';
}

const runway = async (): Promise<{ hours_min: number; is_peak: boolean; hours_left: number }> => {
  await measureRunways(pool, Date.now());
  const { rows } = await pool.query<{ hours_min: number; is_peak: boolean; hours_left: number }>(
    'SELECT hours_min, is_peak, hours_left FROM stock_runways',
  );
  return rows[0] ?? { hours_min: -1, is_peak: false, hours_left: -1 };
};

describe('a peak plan', () => {
  it('raises the mark of its products in time, so that more is bought, and only then', async () => {
    const { id } = await aSoldProduct(100);
    await pool.query(
      `INSERT INTO replenishment_rules (product_id, day_budget_hao, month_budget_hao, approval_limit_hao, target_hours)
       VALUES ($1, 0, 0, 1000000000, 24)`,
      [id],
    );
    const planId = await aPlan(id, { from: 20, to: 29 });
    expect(await runway()).toMatchObject({ hours_min: 12, is_peak: false });
    expect(await askDueReplenishments(pool, Date.now())).toBe(0);
    await pool.query('UPDATE peak_plans SET starts_on = $2 WHERE id = $1', [planId, day(5)]);
    const near = await runway();
    expect(near.is_peak).toBe(true);
    expect(near.hours_min).toBeGreaterThan(36);
    expect(await askDueReplenishments(pool, Date.now())).toBe(1);
    const { rows } = await pool.query<{ cause: string; quantity: number }>(
      'SELECT cause, quantity FROM replenishments',
    );
    // 24 hours of 240 a day, less the hundred that are there.
    expect(rows).toEqual([{ cause: 'peak', quantity: 140 }]);
  });

  it('lets stock last as the peak lets it, once it has begun', async () => {
    const { id } = await aSoldProduct(100);
    await aPlan(id, { from: -1, to: 3 });
    expect((await runway()).hours_left).toBeCloseTo(10, 1);
  });

  it('counts stock, what is on order and what suppliers promised, and says what is missing', async () => {
    const { id } = await aSoldProduct(100);
    const planId = await aPlan(id, { from: 10, to: 19 });
    const supplier = await pool.query<{ id: string }>(
      `INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ('a', 'a', 'kakayun', 'https://a.example', '1') RETURNING id`,
    );
    await pool.query(
      `INSERT INTO capacity_requests (line_id, supplier_id, quantity, status, confirmed_quantity, confirmed_price_hao)
       SELECT l.id, $2, 900, s.status, 700, 1 FROM peak_lines l, (VALUES ('confirmed'), ('used')) AS s(status) WHERE l.plan_id = $1`,
      [planId, supplier.rows[0]?.id],
    );
    const plan = await readPeakPlan(pool, { planId, nowMs: NOW_MS });
    expect(plan?.lines).toMatchObject([
      { expected: 2_400, inStock: 100, onOrder: 0, confirmed: 700, missing: 1_600 },
    ]);
  });

  it('tells each platform its own share and nothing of the others, in files that run nothing', async () => {
    const { id, platforms } = await aSoldProduct(100);
    await pool.query(`UPDATE products SET name = '=1+1' WHERE id = $1`, [id]);
    const planId = await aPlan(id, { from: 10, to: 19 });
    const plan = await readPeakPlan(pool, { planId, nowMs: NOW_MS });
    if (!plan) throw new Error('no plan');
    const demand = await readPlatformDemand(pool, { productIds: [id], nowMs: Date.now() });
    const [big = '', small = ''] = platforms;
    expect(partsOf(plan, demand, big)[0]?.planned).toBe(1_600);
    const sheet = platformSheet('zh-CN', plan, partsOf(plan, demand, small));
    expect(csvOf(sheet)).toContain(`,'=1+1,`);
    expect(csvOf(sheet)).toContain(',800,');
    expect(csvOf(sheet)).not.toContain('1600');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await xlsxOf(planSheet('zh-CN', plan))) as never);
    const row = book.worksheets[0]?.getRow(2);
    expect(row?.getCell(2).value).toBe('=1+1');
    expect(row?.getCell(2).type).toBe(ExcelJS.ValueType.String);
    expect(row?.getCell(4).value).toBe(2_400);
  });
});
