import { createHash } from 'node:crypto';
import { startTestApi, type TestApi } from '../support/api.js';
import { aSource } from '../support/simulated-source.js';
import { SupplyWorld } from '../support/supply-world.js';

let api: TestApi;
let world: SupplyWorld;
beforeAll(async () => {
  api = await startTestApi();
  world = await SupplyWorld.open(api);
});
afterAll(async () => {
  await world?.close();
  await api?.close();
});

/** A change of a product as kakayun tells it, signed with this secret. */
function aPush(secret: string): string {
  const fields = { goodsid: '555', price: '9.9', status: '1', stock: '7', timestamp: '1735689600' };
  const line = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const sign = createHash('md5').update(`${line}${secret}`).digest('hex');
  return JSON.stringify({ ...fields, sign });
}

const push = (code: string, body: string) =>
  fetch(`${api.url}/supply/notifications/${code}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });

async function aQuietSource() {
  const source = await aSource(world);
  const dueInMinutes = async (): Promise<number> => {
    const { rows } = await world.pool.query<{ minutes: number }>(
      `SELECT extract(epoch FROM products_due_at - now())::float8 / 60 AS minutes FROM suppliers WHERE id = $1`,
      [source.supplierId],
    );
    return rows[0]?.minutes ?? NaN;
  };
  await world.pool.query(
    `UPDATE suppliers SET products_due_at = now() + interval '5 minutes' WHERE id = $1`,
    [source.supplierId],
  );
  return { ...source, dueInMinutes };
}

describe('a supplier that tells of a changed product', () => {
  it('has its list read at once, and nothing is taken from what it said', async () => {
    const { bench, code, supplierId, dueInMinutes } = await aQuietSource();
    expect((await push(code, aPush(bench.connection.secret))).status).toBe(200);
    await world.handleNotifications();
    expect(await dueInMinutes()).toBeLessThanOrEqual(0);
    const { rows } = await world.pool.query(
      `SELECT n.status, n.remark, r.supplier_stock FROM supplier_notifications n
       JOIN supply_routes r ON r.supplier_id = n.supplier_id WHERE n.supplier_id = $1`,
      [supplierId],
    );
    expect(rows).toEqual([{ status: 'asked', remark: 'products', supplier_stock: null }]);
  });

  it('is read at most once a minute, however often it tells', async () => {
    const { bench, code, supplierId, dueInMinutes } = await aQuietSource();
    await world.pool.query(
      `UPDATE suppliers SET products_due_at = now() + interval '595 seconds' WHERE id = $1`,
      [supplierId],
    );
    await push(code, aPush(bench.connection.secret));
    await world.handleNotifications();
    expect(await dueInMinutes()).toBeGreaterThan(0.8);
    expect(await dueInMinutes()).toBeLessThan(1);
  });

  it('is not believed with another secret', async () => {
    const { code, dueInMinutes } = await aQuietSource();
    await push(code, aPush('somebody-elses-secret'));
    await world.handleNotifications();
    expect(await dueInMinutes()).toBeGreaterThan(4);
  });
});
