import type pg from 'pg';
import { DAY_MS, shanghaiDate } from '#domain';
import { openSqlPool } from '#domain/database';
import { MasterKeys, noticeExpiringLicences } from '#domain/stores';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { CallbackSender } from '../../apps/worker/src/platform/callback-sender.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import { aCalledPlatform } from '../support/owed-callback.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_MASTER_KEYS, testVault } from '../support/sold-order.js';

const receiver = new CallbackReceiver();
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 2, 'licence-notices-spec');
  await aCalledPlatform(pool);
  await pool.query(`UPDATE products SET licence_term_days = 365 WHERE code = 'EMPTY-10'`);
  await receiver.listen();
  receiver.answer = answers.text(200, 'ok');
}, 60_000);
afterAll(async () => {
  await receiver.close();
  await pool.end();
  await database.drop();
});

const DELIVERED_MS = Date.parse('2025-12-25T10:00:00+08:00');

/** An order of two licences, delivered then. */
async function aDelivered(): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
       delivered_quantity, unit_price_hao, amount_hao, status, callback_url, version, created_at, updated_at)
     SELECT '20251225000001', p.id, 'M1', '\\x00', r.id, r.code, 2, 2, 99000, 198000, 'succeeded', $1, 2, $2, $2
     FROM platforms p, products r WHERE p.code = 'demo' AND r.code = 'EMPTY-10' RETURNING id`,
    [receiver.url(), new Date(DELIVERED_MS)],
  );
  const id = rows[0]?.id ?? '';
  await pool.query(
    `INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
     SELECT $1::bigint * 16384 + no, $1, no, no, $2 FROM generate_series(1, 2) AS no`,
    [id, new Date(DELIVERED_MS)],
  );
  return id;
}

it('tells the platform once at each step that software it bought runs out, and only the nearest of steps that were missed', async () => {
  const orderId = await aDelivered();
  const at = (daysLeft: number): number => DELIVERED_MS + (365 - daysLeft) * DAY_MS;
  const told: number[] = [];
  for (const daysLeft of [31, 30, 29, 5, 4, 1, 0, -1])
    if ((await noticeExpiringLicences(pool, at(daysLeft))) > 0) told.push(daysLeft);
  expect(told).toEqual([30, 5, 1]);
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM callback_deliveries WHERE order_id = $1 ORDER BY id',
    [orderId],
  );
  expect(rows).toHaveLength(3);
  await pool.query('UPDATE callback_deliveries SET next_at = now()');
  const sender = new CallbackSender({
    pool,
    vault: testVault(),
    masterKeys: MasterKeys.parse(TEST_MASTER_KEYS),
    metrics: new WorkerMetrics(),
  });
  const sent = await sender.step({ callbackId: rows[0]?.id ?? '' });
  expect(sent).toMatchObject({ end: 'acknowledged' });
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
    type: 'licence.expiring',
    data: {
      orderNo: '20251225000001',
      merchantOrderNo: 'M1',
      productCode: 'EMPTY-10',
      quantity: 2,
      expiresOn: shanghaiDate(at(0)),
    },
  });
});
