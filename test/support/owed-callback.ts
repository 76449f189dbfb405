import type pg from 'pg';
import { MasterKeys, secretContext } from '#domain/stores';
import { TEST_MASTER_KEYS } from './sold-order.js';

/** What the platform `demo` checks its callbacks with. */
export const CALLBACK_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

/** The sandbox platform `demo`, which is called back on this machine, and a product. */
export async function aCalledPlatform(pool: pg.Pool): Promise<void> {
  const context = secretContext.platformCallback('demo');
  const sealed = MasterKeys.parse(TEST_MASTER_KEYS).seal(Buffer.from(CALLBACK_SECRET), context);
  await pool.query(
    `INSERT INTO platforms (code, name, is_sandbox, callback_hosts, callback_secret_sealed)
     VALUES ('demo', 'Demo', true, '{127.0.0.1}', $1)`,
    [sealed],
  );
  await pool.query(
    `INSERT INTO products (code, name, status) VALUES ('EMPTY-10', 'Empty', 'on-sale')`,
  );
}

export interface Owed {
  readonly orderId: string;
  readonly callbackId: string;
}

let lastNo = 0;

/** A failed order of `demo` that owes its platform a callback, due in `dueInMs`; its outbox row only where asked for. */
export async function anOwedCallback(
  pool: pg.Pool,
  url: string,
  { dueInMs = 0, tryCount = 0, isAskedFor = false } = {},
): Promise<Owed> {
  lastNo += 1;
  const order = await pool.query<{ id: string }>(
    `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
       unit_price_hao, amount_hao, refunded_hao, status, fail_code, callback_url, version, created_at, updated_at)
     SELECT $1, p.id, $2, '\\x00', r.id, r.code, 1, 99000, 99000, 99000, 'failed', 'out-of-stock', $3, 2, now(), now()
     FROM platforms p, products r WHERE p.code = 'demo' AND r.code = 'EMPTY-10' RETURNING id`,
    [`2026112400${lastNo}`, `M${lastNo}`, url],
  );
  const orderId = order.rows[0]?.id ?? '';
  const callback = await pool.query<{ id: string }>(
    `INSERT INTO callback_deliveries (order_id, order_version, webhook_id, url, try_count, next_at, created_at)
     VALUES ($1, 2, $2, $3, $4, now() + $5 * interval '1 millisecond', now()) RETURNING id`,
    [orderId, `msg_${lastNo}`, url, tryCount, dueInMs],
  );
  const callbackId = callback.rows[0]?.id ?? '';
  if (isAskedFor)
    await pool.query(
      `INSERT INTO outbox_messages (kind, subject, not_before)
       SELECT 'send-callback', id::text, next_at FROM callback_deliveries WHERE id = $1`,
      [callbackId],
    );
  return { orderId, callbackId };
}

/** How a callback stands. */
export async function callbackStanding(
  pool: pg.Pool,
  callbackId: string,
): Promise<{ status: string; try_count: number }> {
  const found = await pool.query<{ status: string; try_count: number }>(
    'SELECT status, try_count FROM callback_deliveries WHERE id = $1',
    [callbackId],
  );
  return found.rows[0] ?? { status: 'gone', try_count: -1 };
}
