import type { Pool } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import type { Actor } from '../order/order-event-type.js';
import { DomainError } from '../shared/domain-error.js';
import type { CallbackStatus } from './callback-status.js';
import type { CallbackRules } from './callback-url.js';

/** A callback whose turn it is, with all that sending needs but the order itself. */
export interface DueCallback {
  readonly callbackId: string;
  /** The order that it is about, or else the complaint. */
  readonly orderId: string | null;
  readonly complaintId: string | null;
  /** Of an order; negative: so many days are left of what it delivered. */
  readonly orderVersion: number;
  readonly webhookId: string;
  readonly url: string;
  readonly tryCount: number;
  /** Tries made before the ladder began: a replay begins it anew. */
  readonly ladderStart: number;
  readonly platformCode: string;
  readonly language: string;
  readonly secretSealed: Buffer | null;
  readonly rules: CallbackRules;
  /** The platform's own ladder, or null for the standard one. */
  readonly ladderSeconds: readonly number[] | null;
}

export type ClaimedCallback =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'closed';
      readonly status: Exclude<CallbackStatus, 'scheduled'>;
      readonly tryCount: number;
    }
  | { readonly kind: 'not-yet'; readonly remainingMs: number; readonly tryCount: number }
  | { readonly kind: 'due'; readonly callback: DueCallback };

interface CallbackRow {
  id: string;
  order_id: string | null;
  complaint_id: string | null;
  order_version: number;
  status: CallbackStatus;
  try_count: number;
  ladder_start: number;
  webhook_id: string;
  url: string;
  remaining_ms: string;
}

const READ = `
  SELECT id, order_id, complaint_id, order_version, status, try_count, ladder_start, webhook_id, url,
    floor(extract(epoch FROM coalesce(next_at, now()) - now()) * 1000)::text AS remaining_ms
  FROM callback_deliveries WHERE id = $1`;

/** Instants are kept to the millisecond, so one may lie half of it ahead. Only one sender gets a due callback; the others, and the next try after a sender that died, come after the lease. */
const CLAIM = `
  WITH claimed AS (
    UPDATE callback_deliveries SET next_at = now() + $2 * interval '1 millisecond'
    WHERE id = $1 AND status = 'scheduled' AND coalesce(next_at, now()) <= now() + interval '1 millisecond' RETURNING order_id, complaint_id
  )
  SELECT p.code, p.language, p.callback_secret_sealed, p.is_sandbox, p.callback_hosts, p.callback_ladder_seconds
  FROM claimed LEFT JOIN orders o ON o.id = claimed.order_id LEFT JOIN complaints c ON c.id = claimed.complaint_id
  JOIN platforms p ON p.id = coalesce(o.platform_id, c.platform_id)`;

interface PlatformRow {
  code: string;
  language: string;
  callback_secret_sealed: Buffer | null;
  is_sandbox: boolean;
  callback_hosts: string[];
  callback_ladder_seconds: number[] | null;
}

/** Looks whether a callback is due and, if so, takes it for `leaseMs`: meanwhile nobody else sends it. */
export async function claimCallback(
  pool: Pool,
  callbackId: string,
  ladderStart: number | undefined,
  leaseMs: number,
): Promise<ClaimedCallback> {
  const found = await pool.query<CallbackRow>({
    name: 'read-callback',
    text: READ,
    values: [callbackId],
  });
  const row = found.rows[0];
  // A round that a replay has overtaken is at its end: the new round walks the ladder.
  if (!row || (ladderStart !== undefined && row.ladder_start !== ladderStart))
    return { kind: 'none' };
  const tryCount = row.try_count;
  if (row.status !== 'scheduled') return { kind: 'closed', status: row.status, tryCount };
  const remainingMs = Number(row.remaining_ms);
  if (remainingMs > 0) return { kind: 'not-yet', remainingMs, tryCount };

  const claimed = await pool.query<PlatformRow>(CLAIM, [row.id, leaseMs]);
  const platform = claimed.rows[0];
  if (!platform) return { kind: 'not-yet', remainingMs: leaseMs, tryCount };
  return { kind: 'due', callback: dueCallback(row, platform) };
}

function dueCallback(row: CallbackRow, platform: PlatformRow): DueCallback {
  return {
    callbackId: row.id,
    orderId: row.order_id,
    complaintId: row.complaint_id,
    orderVersion: row.order_version,
    webhookId: row.webhook_id,
    url: row.url,
    tryCount: row.try_count,
    ladderStart: row.ladder_start,
    platformCode: platform.code,
    language: platform.language,
    secretSealed: platform.callback_secret_sealed,
    rules: { isSandbox: platform.is_sandbox, callbackHosts: platform.callback_hosts },
    ladderSeconds: platform.callback_ladder_seconds,
  };
}

/** One try as it went. `failure` is a short code, null where the platform acknowledged. */
export interface CallbackTryResult {
  readonly callbackId: string;
  readonly httpStatus: number | null;
  readonly failure: string | null;
  readonly durationMs: number;
  readonly askedBy: string;
  readonly sentAtMs: number;
  /** The wait before the next try; undefined where the ladder is at its end. */
  readonly nextDelayMs: number | undefined;
}

/** Locks the row; a try that comes late, after another sender's acknowledgement, is recorded and changes nothing. */
const LOCK = `SELECT order_id, status, try_count FROM callback_deliveries WHERE id = $1 FOR UPDATE`;

const RECORD_TRY = `
  INSERT INTO callback_tries (callback_id, try_no, http_status, failure, duration_ms, asked_by, sent_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const MOVE = `
  UPDATE callback_deliveries SET try_count = $2, status = $3::varchar,
    next_at = CASE WHEN $3::varchar = 'scheduled' THEN now() + $4 * interval '1 millisecond' END,
    acknowledged_at = CASE WHEN $3::varchar = 'acknowledged' THEN now() END
  WHERE id = $1`;

/** Records a try and where it leaves the callback, with an event on the order where this is its end. */
export async function recordCallbackTry(
  pool: Pool,
  result: CallbackTryResult,
): Promise<{ readonly status: CallbackStatus; readonly tryCount: number }> {
  return inTransaction(pool, async (client) => {
    const locked = await client.query<{
      order_id: string | null;
      status: CallbackStatus;
      try_count: number;
    }>(LOCK, [result.callbackId]);
    const row = locked.rows[0];
    if (!row) throw new DomainError('callback.not-found');
    const tryCount = row.try_count + 1;
    const { callbackId, httpStatus, failure, durationMs, askedBy, sentAtMs } = result;
    await client.query(RECORD_TRY, [
      callbackId,
      tryCount,
      httpStatus,
      failure,
      Math.round(durationMs),
      askedBy,
      new Date(sentAtMs),
    ]);
    const status = statusAfter(row.status, result);
    if (row.status === 'acknowledged')
      await client.query('UPDATE callback_deliveries SET try_count = $2 WHERE id = $1', [
        callbackId,
        tryCount,
      ]);
    else await client.query(MOVE, [callbackId, tryCount, status, result.nextDelayMs ?? 0]);
    if (row.order_id !== null && status !== row.status && status !== 'scheduled')
      await client.query(NOTE, [
        row.order_id,
        status === 'acknowledged' ? 'callback-sent' : 'callback-failed',
        'system',
        'callback',
        JSON.stringify({ tries: tryCount, httpStatus, failure }),
      ]);
    return { status, tryCount };
  });
}

function statusAfter(before: CallbackStatus, result: CallbackTryResult): CallbackStatus {
  if (before === 'acknowledged' || result.failure === null) return 'acknowledged';
  return result.nextDelayMs === undefined ? 'dead' : 'scheduled';
}

const NOTE = `
  INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
  VALUES ($1, $2, $3, $4, $5::jsonb, now())`;

const REOPEN = `
  UPDATE callback_deliveries SET status = 'scheduled', next_at = now(), ladder_start = try_count, acknowledged_at = NULL
  WHERE id = $1 RETURNING order_id, try_count`;

/** Staff ask for a callback to be sent now: its ladder begins anew, also after an acknowledgement. Throws `callback.not-found`. */
export async function replayCallback(
  pool: Pool,
  { callbackId, actor }: { readonly callbackId: string; readonly actor: Actor },
  afterChange: AfterChange = NOTHING_MORE,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const reopened = await client.query<{ order_id: string | null; try_count: number }>(REOPEN, [
      callbackId,
    ]);
    const row = reopened.rows[0];
    if (!row) throw new DomainError('callback.not-found');
    const detail = JSON.stringify({ tries: row.try_count });
    if (row.order_id !== null)
      await client.query(NOTE, [row.order_id, 'callback-replayed', actor.kind, actor.name, detail]);
    await client.query(
      `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('send-callback', $1, now())`,
      [callbackId],
    );
    await afterChange(client);
  });
}
