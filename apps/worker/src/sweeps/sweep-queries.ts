import { NONCE_KEPT_SECONDS, WAITING_STATUSES_SQL } from '#domain';
import type { Pool } from 'pg';

/** A sweep looks for what should have happened and did not, sets it right, and tells how often it had to. */
export type Sweep = (pool: Pool) => Promise<number>;

/** Its mark is the try that is long due. It is asked for once: as long as its row waits, no other is written. */
const ORPHANED_CALLBACKS = `
  WITH orphans AS (
    SELECT id FROM callback_deliveries
    WHERE status = 'scheduled' AND next_at < now() - interval '10 minutes' ORDER BY next_at LIMIT 500
  )
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'send-callback', o.id::text, now() FROM orphans o
  WHERE NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'send-callback' AND m.subject = o.id::text)`;

export const resendOrphanedCallbacks: Sweep = (pool) => changed(pool, ORPHANED_CALLBACKS);

/** Nonces are refused for ten minutes; a minute more covers clocks that differ. In small steps, the oldest first. */
const OLD_NONCES = `
  DELETE FROM api_nonces WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM api_nonces WHERE seen_at < now() - interval '${NONCE_KEPT_SECONDS} seconds' LIMIT 2000))`;
const NONCE_STEPS_MAX = 50;

export const forgetOldNonces: Sweep = async (pool) => {
  let total = 0;
  for (let step = 0; step < NONCE_STEPS_MAX; step += 1) {
    const deleted = await changed(pool, OLD_NONCES);
    total += deleted;
    if (deleted < 2_000) break;
  }
  return total;
};

/** Stock lies there and somebody waits for it: whoever brought it died before he could say so. */
const MISSED_FILLS = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'fill-stock', w.product_id::text, now()
  FROM (
    SELECT product_id, min(coalesce(released_quantity, quantity) - delivered_quantity) AS smallest FROM orders
    WHERE coalesce(released_quantity, quantity) > delivered_quantity AND status IN ${WAITING_STATUSES_SQL} AND sourcing_quantity = 0 AND cancel_asked_at IS NULL GROUP BY product_id
  ) AS w
  WHERE w.smallest <= (SELECT count(*) FROM (
      SELECT 1 FROM card_stock s WHERE s.product_id = w.product_id
        AND s.expires_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date LIMIT w.smallest) AS available)
    AND NOT EXISTS (
      SELECT 1 FROM outbox_messages m WHERE m.kind = 'fill-stock' AND m.subject = w.product_id::text)`;

export const fillMissedOrders: Sweep = (pool) => changed(pool, MISSED_FILLS);

async function changed(pool: Pool, text: string): Promise<number> {
  return (await pool.query(text)).rowCount ?? 0;
}

/** A compensation that nobody works at: whoever opened it, or a row that was lost. */
const FORGOTTEN_COMPENSATIONS = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'compensate', c.id::text, now() FROM compensations c
  WHERE c.status IN ('open', 'replacing')
    AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'compensate' AND m.subject = c.id::text)
  LIMIT 1000`;

export const resumeCompensations: Sweep = (pool) => changed(pool, FORGOTTEN_COMPENSATIONS);
