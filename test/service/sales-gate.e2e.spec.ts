import type pg from 'pg';
import { DAY_MS, shanghaiDate } from '#domain';
import { openSqlPool } from '#domain/database';
import {
  acceptOrders,
  endLapsedOrders,
  fillWaitingOrders,
  refreshGates,
  reorderMissing,
  runChecks,
} from '#domain/stores';
import { aBuyer, aSubmit } from '../support/accepting.js';
import type { TestPlatform } from '../support/api.js';
import { aLicence, aRequirement } from '../support/licence-world.js';
import { TestShop } from '../support/shop.js';
import { aProduct, type TestProduct } from '../support/trade.js';

let shop: TestShop;
let pool: pg.Pool;
let platform: TestPlatform;
beforeAll(async () => {
  shop = await TestShop.open();
  pool = openSqlPool(shop.api.databaseUrl, 4, 'sales-gate-spec');
  platform = await shop.aPlatform();
}, 60_000);
afterAll(async () => {
  await pool.end();
  await shop.close();
});

const today = (offset = 0): string => shanghaiDate(Date.now() + offset * DAY_MS);
const count = () => refreshGates(pool, Date.now());

async function aGatedProduct(type: string, cards = 5): Promise<TestProduct> {
  const product = await aProduct(shop.api.db);
  if (cards > 0) await product.stock(cards);
  await aRequirement(shop.api.db, { productId: product.id, type });
  return product;
}

const statusOf = async (product: TestProduct): Promise<string> => {
  const { rows } = await pool.query<{ status: string }>(
    'SELECT status FROM products WHERE id = $1',
    [product.id],
  );
  return rows[0]?.status ?? '';
};
const listed = async (one: TestPlatform): Promise<string[]> => {
  const { json } = await one.call('GET', '/open/v1/products?limit=200');
  return ((json['items'] ?? []) as { productCode: string }[]).map(({ productCode }) => productCode);
};

describe('a product that needs a licence', () => {
  it('is sold as long as a verified licence covers it; the day after, nothing of it is listed or ordered, with the reason', async () => {
    const product = await aGatedProduct('telecom-edi');
    const licence = await aLicence(shop.api.db, { type: 'telecom-edi', expiresOn: today() });
    await count();
    expect((await platform.submit(shop.anOrder(product))).json['status']).toBe('succeeded');
    expect(await listed(platform)).toContain(product.code);

    await shop.api.db.query('SET session_replication_role = replica');
    await shop.api.db.query(
      `UPDATE licences SET expires_on = $2::date, apply_by = $2::date - lead_days WHERE id = $1`,
      [licence.id, today(-1)],
    );
    await shop.api.db.query('SET session_replication_role = origin');
    await count();
    const refused = await platform.submit(shop.anOrder(product));
    expect([refused.status, refused.json['code']]).toEqual([422, 'product.licence-lapsed']);
    const quote = await platform.call('POST', '/open/v1/quotes', {
      productCode: product.code,
      quantity: 1,
    });
    expect([quote.status, quote.json['code']]).toEqual([422, 'product.licence-lapsed']);
    expect(await listed(platform)).not.toContain(product.code);
    expect((await platform.call('GET', `/open/v1/products/${product.code}`)).status).toBe(404);
    expect(await statusOf(product)).toBe('off-sale');

    await aLicence(shop.api.db, {
      type: 'telecom-edi',
      effectiveOn: today(),
      previousId: licence.id,
    });
    await count();
    expect(await statusOf(product)).toBe('on-sale');
    expect((await platform.submit(shop.anOrder(product))).json['status']).toBe('succeeded');
    const { rows } = await pool.query(
      `SELECT ended_how, lacks -> 0 ->> 'fault' AS fault FROM sale_stops WHERE product_id = $1`,
      [product.id],
    );
    expect(rows).toEqual([{ ended_how: 'covered', fault: 'expired' }]);
  });

  it('stays off sale where staff took it off, whatever the licence does', async () => {
    const product = await aGatedProduct('prepaid-filing');
    await pool.query(`UPDATE products SET status = 'off-sale' WHERE id = $1`, [product.id]);
    await count();
    await aLicence(shop.api.db, { type: 'prepaid-filing' });
    await count();
    expect(await statusOf(product)).toBe('off-sale');
  });

  it('is not sold on a licence that nobody has verified', async () => {
    const product = await aGatedProduct('payment');
    await aLicence(shop.api.db, { type: 'payment', isVerified: false });
    await count();
    const refused = await platform.submit(shop.anOrder(product));
    expect(refused.json['code']).toBe('product.licence-lapsed');
  });

  it('is sold to the platform that the licence names and to no other, also not to one that comes later', async () => {
    const product = await aGatedProduct('platform-agreement');
    const { rows } = await pool.query<{ code: string }>(
      'SELECT code FROM platforms WHERE id = $1',
      [platform.id],
    );
    await aLicence(shop.api.db, {
      type: 'platform-agreement',
      platformCodes: [rows[0]?.code ?? ''],
    });
    await count();
    const stranger = await shop.aPlatform();
    expect((await platform.submit(shop.anOrder(product))).status).toBe(201);
    expect((await stranger.submit(shop.anOrder(product))).json['code']).toBe(
      'product.licence-lapsed',
    );
    expect(await statusOf(product)).toBe('on-sale');
    expect(await listed(stranger)).not.toContain(product.code);
  });

  it('leaves products that need nothing alone', async () => {
    const product = await aProduct(shop.api.db);
    await product.stock(1);
    await count();
    expect((await platform.submit(shop.anOrder(product))).json['status']).toBe('succeeded');
    const { rowCount } = await pool.query('SELECT 1 FROM sale_gates WHERE product_id = $1', [
      product.id,
    ]);
    expect(rowCount).toBe(0);
  });

  it('is shut at midnight by the day alone, and only for what comes after it in the same second', async () => {
    const product = await aGatedProduct('culture-operation');
    const lastDay = today();
    await aLicence(shop.api.db, { type: 'culture-operation', expiresOn: lastDay });
    await count();
    const midnightMs = Date.parse(`${lastDay}T00:00:00+08:00`) + DAY_MS;
    const buyer = await aBuyer(shop.api.db);
    const at = async (nowMs: number) =>
      (
        await acceptOrders(pool, [aSubmit(buyer, product.code)], {
          nowMs,
          startWorkflows: 'waiting',
        })
      )[0];
    expect(await at(midnightMs - 1)).toMatchObject({ kind: 'accepted' });
    expect(await at(midnightMs)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'product.licence-lapsed' },
    });
  });
});

describe('an order that waits', () => {
  const lapse = (licenceId: string) =>
    shop.api.db.query(`UPDATE licences SET standing = 'suspended' WHERE id = $1`, [licenceId]);

  it('is refunded with an apology when the right of an upstream lapses, and gets no cards meanwhile', async () => {
    const product = await aGatedProduct('game-operator', 0);
    const licence = await aLicence(shop.api.db, { type: 'game-operator' });
    await count();
    const before = await platform.balanceFen();
    const order = await platform.submit(shop.anOrder(product));
    expect(order.json['status']).toBe('processing');
    await lapse(licence.id);
    await count();
    await product.stock(3);
    await fillWaitingOrders(pool, { productId: product.id, nowMs: Date.now() });
    expect((await platform.order(String(order.json['merchantOrderNo']))).json['status']).toBe(
      'processing',
    );
    expect(await endLapsedOrders(pool, Date.now())).toBe(1);
    const ended = await platform.order(String(order.json['merchantOrderNo']));
    expect(ended.json).toMatchObject({ status: 'failed', failCode: 'licence-lapsed' });
    expect(await platform.balanceFen()).toBe(before);
  });

  it('is delivered where only our own licence has lapsed', async () => {
    const product = await aGatedProduct('telecom-icp', 0);
    const licence = await aLicence(shop.api.db);
    await count();
    const order = await platform.submit(shop.anOrder(product));
    await lapse(licence.id);
    await count();
    expect(await endLapsedOrders(pool, Date.now())).toBe(0);
    await product.stock(1);
    await fillWaitingOrders(pool, { productId: product.id, nowMs: Date.now() });
    const filled = await platform.order(String(order.json['merchantOrderNo']));
    expect(filled.json['status']).toBe('succeeded');
  });

  it('is not ordered again while its licence is gone', async () => {
    const product = await aGatedProduct('software-distribution', 0);
    const { rows } = await pool.query<{ code: string }>(
      'SELECT code FROM platforms WHERE id = $1',
      [platform.id],
    );
    const other = await shop.aPlatform();
    const otherCode = await pool.query<{ code: string }>(
      'SELECT code FROM platforms WHERE id = $1',
      [other.id],
    );
    const mine = await aLicence(shop.api.db, {
      type: 'software-distribution',
      platformCodes: [rows[0]?.code ?? ''],
    });
    await aLicence(shop.api.db, {
      type: 'software-distribution',
      platformCodes: [otherCode.rows[0]?.code ?? ''],
    });
    await count();
    const order = await platform.submit(shop.anOrder(product));
    await lapse(mine.id);
    await count();
    await endLapsedOrders(pool, Date.now());
    const found = await pool.query<{ id: string }>('SELECT id FROM orders WHERE order_no = $1', [
      order.json['orderNo'],
    ]);
    await expect(
      reorderMissing(pool, {
        orderId: found.rows[0]?.id ?? '',
        actor: { kind: 'staff', name: 'a@example.test' },
        nowMs: Date.now(),
      }),
    ).rejects.toMatchObject({ code: 'product.licence-lapsed' });
  });
});

it('keeps what the doctor promises of licences', async () => {
  const client = await pool.connect();
  try {
    const results = await runChecks(client, { isTemporalAway: true });
    // Buyers of the accepting transaction are bare rows whose money nobody has paid in.
    const found = results
      .filter(({ name }) => name !== 'balance-is-the-sum-of-its-postings')
      .flatMap(({ name, examples }) => examples.map((one) => `${name}: ${one}`));
    expect(found).toEqual([]);
  } finally {
    client.release();
  }
});
