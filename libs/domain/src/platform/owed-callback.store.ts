/**
 * SQL of two parts of a WITH: for every row of `source` (id, order_no, version, callback_url, reply_until) that names a
 * receiver, the callback that is owed, and the outbox row that makes the relay send it. `at` is the parameter of the time
 * of the change. Nothing leaves before `reply_until`: the create call must be answered first.
 */
export function owedCallbacksSql(source: string, at: string): string {
  return `callbacks AS (
    INSERT INTO callback_deliveries (order_id, order_version, webhook_id, url, next_at, created_at)
    SELECT id, version, 'msg_' || order_no || '_' || version, callback_url, greatest(${at}::timestamptz, reply_until), ${at}
    FROM ${source} WHERE callback_url IS NOT NULL
    RETURNING id, next_at
  ), callback_rows AS (
    INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'send-callback', id::text, next_at FROM callbacks
  )`;
}

/** The create calls of these orders have been answered ($1 ids, $2 now): their callbacks may leave. */
export const RELEASE_CALLBACKS = `
  WITH released AS (
    UPDATE callback_deliveries SET next_at = $2
    WHERE order_id = ANY($1::bigint[]) AND status = 'scheduled' AND try_count = 0 AND next_at > $2 RETURNING id
  )
  UPDATE outbox_messages SET not_before = $2
  WHERE kind = 'send-callback' AND subject IN (SELECT id::text FROM released)`;
