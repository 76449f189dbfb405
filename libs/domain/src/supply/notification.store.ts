import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { WAKE_CHANNEL } from '../outbox/wake.store.js';
import type { NotificationInput } from '../protocol/index.js';
import { secretContext, type MasterKeys } from '../vault/master-key.js';
import type { NotificationStatus } from './wire-record.js';

export interface NotifyingSupplier {
  readonly supplierId: string;
  readonly code: string;
}

const RECEIVE = `
  WITH kept AS (
    INSERT INTO supplier_notifications (supplier_id, digest, sealed) VALUES ($1, $2, $3)
    ON CONFLICT (supplier_id, digest) DO UPDATE SET times_received = supplier_notifications.times_received + 1
    RETURNING id
  ), queued AS (
    INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'supplier-notified', id::text, now() FROM kept
  )
  SELECT pg_notify('${WAKE_CHANNEL}', 'supplier-notified')`;

/**
 * Keeps what a supplier told us by itself, encrypted, together with the word that it is to be handled: only then may it
 * be acknowledged. The same body again is counted and handled again, which changes nothing where it was a fact, and asks
 * once more where it was a hint.
 */
export async function receiveNotification(
  pool: Pool,
  masterKeys: MasterKeys,
  supplier: NotifyingSupplier,
  input: NotificationInput,
): Promise<void> {
  const digest = createHash('sha256').update(input.body).digest();
  const plain = JSON.stringify({
    headers: input.headers,
    body: Buffer.from(input.body).toString('base64'),
  });
  const context = secretContext.supplierNotification(supplier.code, digest.toString('hex'));
  await pool.query({
    name: 'receive-notification',
    text: RECEIVE,
    values: [supplier.supplierId, digest, masterKeys.seal(Buffer.from(plain, 'utf8'), context)],
  });
}

export interface KeptNotification {
  readonly id: string;
  readonly supplierId: string;
  readonly input: NotificationInput;
}

/** Opens a kept notification; undefined where there is none of this id. */
export async function openNotification(
  pool: Pool,
  masterKeys: MasterKeys,
  id: string,
): Promise<KeptNotification | undefined> {
  const found = await pool.query<{
    supplier_id: string;
    code: string;
    digest: Buffer;
    sealed: Buffer;
  }>({
    name: 'open-notification',
    text: `SELECT n.supplier_id, s.code, n.digest, n.sealed
      FROM supplier_notifications n JOIN suppliers s ON s.id = n.supplier_id WHERE n.id = $1`,
    values: [id],
  });
  const row = found.rows[0];
  if (!row) return undefined;
  const context = secretContext.supplierNotification(row.code, row.digest.toString('hex'));
  const { headers, body } = JSON.parse(masterKeys.open(row.sealed, context).toString('utf8')) as {
    headers: Record<string, string>;
    body: string;
  };
  return { id, supplierId: row.supplier_id, input: { headers, body: Buffer.from(body, 'base64') } };
}

/** What became of it. One that was applied once stays so, however often it is repeated. */
export async function markNotification(
  pool: Pool | PoolClient,
  done: {
    readonly id: string;
    readonly status: NotificationStatus;
    readonly attemptId: string | null;
    readonly remark: string | null;
  },
): Promise<void> {
  await pool.query({
    name: 'mark-notification',
    text: `UPDATE supplier_notifications SET status = CASE WHEN status = 'applied' THEN status ELSE $2 END,
        attempt_id = coalesce($3, attempt_id), remark = coalesce($4, remark), handled_at = now() WHERE id = $1`,
    values: [done.id, done.status, done.attemptId, done.remark],
  });
}

export interface NotifiedAttempt {
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly kind: 'card' | 'top-up';
}

/** The attempt a notification speaks of, among those of its own supplier only: nobody else can complete it. */
export async function findNotifiedAttempt(
  pool: Pool,
  told: {
    readonly supplierId: string;
    readonly attemptNo: string | undefined;
    readonly supplierOrderNo: string | undefined;
  },
): Promise<NotifiedAttempt | undefined> {
  const found = await pool.query<{ id: string; attempt_no: string; kind: 'card' | 'top-up' }>({
    name: 'notified-attempt',
    text: `SELECT id, attempt_no, kind FROM attempts WHERE attempt_no = $2 AND supplier_id = $1
      UNION ALL
      SELECT id, attempt_no, kind FROM attempts WHERE supplier_id = $1 AND supplier_order_no = $3 LIMIT 1`,
    values: [told.supplierId, told.attemptNo ?? null, told.supplierOrderNo ?? null],
  });
  const row = found.rows[0];
  return row && { attemptId: row.id, attemptNo: row.attempt_no, kind: row.kind };
}

const ASK_NOW = `
  WITH due AS (
    UPDATE attempts SET next_query_at = now(), updated_at = now()
    WHERE id = $1 AND status IN ('accepted', 'unknown') AND NOT may_send RETURNING order_id
  )
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'order-changed', order_id::text, now() FROM due WHERE order_id IS NOT NULL`;

/** Makes a query due at once; false where nothing is open any more. */
export async function askNow(pool: Pool, attemptId: string): Promise<boolean> {
  const asked = await pool.query({ name: 'ask-now', text: ASK_NOW, values: [attemptId] });
  return (asked.rowCount ?? 0) > 0;
}
