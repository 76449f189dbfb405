import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { measureRunways, updateAlerts } from '#domain/stores';
import { Simulator } from '../../tools/simulator/simulator.js';
import { openAlertKinds } from '../support/open-alerts.js';
import { createTestDatabase, withClient, type TestDatabase } from '../support/postgres.js';
import { aSource } from '../support/simulated-source.js';
import { aProduct } from '../support/trade.js';

let database: TestDatabase;
let pool: pg.Pool;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await Simulator.start({ port: 0 });
});
afterAll(async () => {
  await simulator.stop();
});
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'test');
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

const openKinds = (): Promise<string[]> => openAlertKinds(pool);

describe('the runway of stock', () => {
  /** A product with so many cards of which one was ordered in each of the last ten hours. */
  async function aDemandedProduct(cards: number): Promise<{ id: string; code: string }> {
    const product = await withClient(database.url, async (client) => {
      const made = await aProduct(client);
      if (cards > 0) await made.stock(cards);
      return made;
    });
    await pool.query(
      `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
         delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
       SELECT 'O' || h, uuidv7(), 'M' || h, '', $1, $2, 1, 1, 1, 1, 'succeeded', now() - h * interval '1 hour', now()
       FROM generate_series(10, 1, -1) AS h`,
      [product.id, product.code],
    );
    await pool.query(`UPDATE products SET created_at = now() - interval '11 hours' WHERE id = $1`, [
      product.id,
    ]);
    return product;
  }

  async function aStandby(productId: string): Promise<string> {
    const { supplierId } = await aSource({ pool, simulator }, 'kakayun');
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao, status, is_standby)
       VALUES ($1, $2, '555', 1000, 'paused', true) RETURNING id`,
      [productId, supplierId],
    );
    return rows[0]?.id ?? '';
  }

  const statusOf = async (routeId: string): Promise<unknown> =>
    (
      await pool.query<{ status: string }>('SELECT status FROM supply_routes WHERE id = $1', [
        routeId,
      ])
    ).rows[0]?.status;

  it('tells how long the stock lasts at the pace of demand', async () => {
    const { id } = await aDemandedProduct(20);
    await measureRunways(pool, Date.now());
    const { rows } = await pool.query<{ available: number; per_hour: number; hours_left: number }>(
      'SELECT available, per_hour, hours_left FROM stock_runways WHERE product_id = $1',
      [id],
    );
    expect(rows[0]?.available).toBe(20);
    expect(rows[0]?.per_hour).toBeGreaterThan(0.8);
    expect(rows[0]?.hours_left).toBeLessThan(26);
    expect(rows[0]?.hours_left).toBeGreaterThan(18);
  });

  it('activates the standby route when it falls short, tells staff once, and rests it when stock is back', async () => {
    const { id, code } = await aDemandedProduct(3);
    const standby = await aStandby(id);
    expect(await measureRunways(pool, Date.now())).toBe(1);
    expect(await statusOf(standby)).toBe('active');
    expect(await measureRunways(pool, Date.now())).toBe(0);
    await updateAlerts(pool, Date.now());
    const open = await pool.query(
      `SELECT subject FROM alerts WHERE kind = 'stock-short' AND closed_at IS NULL`,
    );
    expect(open.rows).toEqual([{ subject: code }]);
    await pool.query('UPDATE products SET runway_hours_min = 1 WHERE id = $1', [id]);
    expect(await measureRunways(pool, Date.now())).toBe(1);
    expect(await statusOf(standby)).toBe('paused');
    const { rows } = await pool.query(
      `SELECT reason FROM audit_entries WHERE resource = 'SupplyRoute' ORDER BY id`,
    );
    expect(rows).toEqual([
      { reason: 'the stock is running short' },
      { reason: 'the stock has recovered' },
    ]);
  });

  it('lets the standby serve a new product with nothing in stock, and tells nobody', async () => {
    const { id } = await withClient(database.url, (client) => aProduct(client));
    const standby = await aStandby(id);
    expect(await measureRunways(pool, Date.now())).toBe(1);
    expect(await statusOf(standby)).toBe('active');
    await updateAlerts(pool, Date.now());
    expect(await openKinds()).toEqual([]);
  });

  it('is nobody’s worry where a supplier delivers anyway', async () => {
    const { id } = await aDemandedProduct(0);
    const { supplierId } = await aSource({ pool, simulator }, 'kakayun');
    await pool.query(
      `INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao) VALUES ($1, $2, '777', 1000)`,
      [id, supplierId],
    );
    const standby = await aStandby(id);
    expect(await measureRunways(pool, Date.now())).toBe(0);
    expect(await statusOf(standby)).toBe('paused');
    await updateAlerts(pool, Date.now());
    expect(await openKinds()).toEqual([]);
  });

  it('leaves it alone where the product watches no runway', async () => {
    const { id } = await aDemandedProduct(0);
    await pool.query('UPDATE products SET runway_hours_min = 0 WHERE id = $1', [id]);
    const standby = await aStandby(id);
    expect(await measureRunways(pool, Date.now())).toBe(0);
    expect(await statusOf(standby)).toBe('paused');
  });
});
