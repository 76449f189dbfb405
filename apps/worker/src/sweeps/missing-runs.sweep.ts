import { MINUTE_MS, WAITING_STATUSES_SQL } from '#domain';
import type { Sweep } from './sweep-queries.js';

const PASS_EVERY_MS = 10 * MINUTE_MS;
const PAGE_ROWS = 500;

/**
 * The next orders that have waited for a minute and that no outbox row speaks of. The waiting ones are picked first, by
 * their own index: a walk along the key would pass all orders ever sold. The outbox rows are hashed once: there may be
 * as many of them as orders, and a look-up for each would not end.
 */
const SUSPECTS = `
  WITH waiting AS MATERIALIZED (
    SELECT id, created_at FROM orders WHERE status IN ${WAITING_STATUSES_SQL}
    UNION SELECT o.id, o.created_at FROM large_orders l JOIN orders o ON o.id = l.order_id WHERE l.phase <> 'ended'
  )
  SELECT id FROM waiting
  WHERE id > $1::bigint AND created_at < now() - interval '60 seconds'
    AND id::text NOT IN (SELECT subject FROM outbox_messages WHERE kind = 'start-order')
  ORDER BY id LIMIT ${PAGE_ROWS}`;

const ASK_FOR_START = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'start-order', id::text, now() FROM unnest($1::bigint[]) AS r(id)`;

/**
 * Asks for the runs of waiting orders again. A run that is there already stays as it is, so nothing needs to be known
 * about Temporal. It walks along the line of orders page by page, and begins again at its head when it has come to the
 * end, at most every ten minutes: so each order has its turn, however many wait, and none is asked about all the time.
 */
export function missingRunsSweep(now: () => number = Date.now): Sweep {
  let lastId = '0';
  let passBeganAtMs = now();
  let isAtEnd = false;
  return async (pool) => {
    if (isAtEnd && now() - passBeganAtMs >= PASS_EVERY_MS) {
      lastId = '0';
      passBeganAtMs = now();
    }
    const suspects = await pool.query<{ id: string }>(SUSPECTS, [lastId]);
    const ids = suspects.rows.map((row) => row.id);
    if (ids.length > 0) await pool.query(ASK_FOR_START, [ids]);
    lastId = ids.at(-1) ?? lastId;
    isAtEnd = ids.length < PAGE_ROWS;
    return ids.length;
  };
}
