import type { Pool } from 'pg';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { DAY_MS, shanghaiDate } from '../shared/business-time.js';

/** So many days before delivered software runs out its platform is told. */
export const NOTICE_DAYS: readonly number[] = [30, 7, 1];
/** An order is delivered at most so long after it was made. */
const DELIVERED_WITHIN_DAYS = 31;

const PRODUCTS = `SELECT id, licence_term_days AS "termDays" FROM products WHERE licence_term_days IS NOT NULL`;

/**
 * Orders of a product whose units run out within the first step, each with the nearest step that has come and was not told.
 * A callback about days left has the negative number of them in place of a version.
 */
const NOTICE = `
  WITH delivered AS (
    SELECT o.id, o.order_no, o.callback_url, count(*)::int AS units,
      (max(d.delivered_at) AT TIME ZONE 'Asia/Shanghai')::date + $4::int AS expires_on
    FROM orders o JOIN deliveries d ON d.order_id = o.id
    WHERE o.id >= $2::bigint AND o.id < $3::bigint AND o.product_id = $1 AND o.callback_url IS NOT NULL
      AND o.status IN ('succeeded', 'partial')
    GROUP BY o.id
  ), due AS (
    SELECT DISTINCT ON (e.id) e.*, s.step FROM delivered e JOIN unnest($6::int[]) AS s(step) ON e.expires_on - s.step <= $5::date
    WHERE e.expires_on >= $5::date ORDER BY e.id, s.step
  ), fresh AS (
    SELECT * FROM due WHERE NOT EXISTS (
      SELECT 1 FROM licence_notices n WHERE n.order_id = due.id AND n.days_left = due.step)
  ), callbacks AS (
    INSERT INTO callback_deliveries (order_id, order_version, webhook_id, url, next_at, created_at)
    SELECT id, -step, 'msg_' || order_no || '_expires_' || step, callback_url, $7, $7 FROM fresh
    ON CONFLICT (order_id, order_version) DO NOTHING RETURNING id, order_id
  ), told AS (
    INSERT INTO licence_notices (order_id, days_left, expires_on, unit_count, callback_id, created_at)
    SELECT f.id, f.step, f.expires_on, f.units, c.id, $7 FROM fresh f JOIN callbacks c ON c.order_id = f.id
    ON CONFLICT DO NOTHING
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'send-callback', id::text, $7 FROM callbacks`;

/** Owes platforms a callback about software of theirs that runs out; each step once. Answers how many. */
export async function noticeExpiringLicences(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string; termDays: number }>(PRODUCTS);
  const first = Math.max(...NOTICE_DAYS);
  let owed = 0;
  for (const { id, termDays } of rows) {
    const since = (days: number): Promise<string> =>
      firstOrderIdSince(pool, new Date(nowMs - days * DAY_MS));
    const done = await pool.query(NOTICE, [
      id,
      await since(termDays + DELIVERED_WITHIN_DAYS),
      await since(termDays - first - 1),
      termDays,
      shanghaiDate(nowMs),
      NOTICE_DAYS,
      new Date(nowMs),
    ]);
    owed += done.rowCount ?? 0;
  }
  return owed;
}

/** What a callback about days left says. */
export interface ExpiryNotice {
  readonly orderNo: string;
  readonly merchantOrderNo: string;
  readonly productCode: string;
  readonly quantity: number;
  readonly expiresOn: string;
  readonly daysLeft: number;
}

const READ = `
  SELECT o.order_no AS "orderNo", o.merchant_order_no AS "merchantOrderNo", o.product_code AS "productCode",
    n.unit_count AS quantity, n.expires_on::text AS "expiresOn", greatest(0, n.expires_on - $2::date) AS "daysLeft"
  FROM licence_notices n JOIN orders o ON o.id = n.order_id WHERE n.callback_id = $1`;

export async function readExpiryNotice(
  pool: Pool,
  callbackId: string,
  nowMs: number,
): Promise<ExpiryNotice | undefined> {
  const { rows } = await pool.query<ExpiryNotice>(READ, [callbackId, shanghaiDate(nowMs)]);
  return rows[0];
}
