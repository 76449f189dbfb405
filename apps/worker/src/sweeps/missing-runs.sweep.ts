import type { Pool } from 'pg';
import { MINUTE_MS } from '#domain';
import type { Sweep } from './sweep-queries.js';

const LOOK_AGAIN_MS = 10 * MINUTE_MS;
const ORDERS_MAX = 50;
const REMEMBERED_MAX = 100_000;

/**
 * Orders that have waited for a minute and that no outbox row speaks of, except those looked at lately. The rows are
 * hashed once: there may be as many of them as orders, and a look-up for each would not end.
 */
const SUSPECTS = `
  SELECT o.id FROM orders o
  WHERE o.status IN ('accepted', 'processing') AND o.created_at < now() - interval '60 seconds'
    AND NOT (o.id = ANY($1::bigint[]))
    AND o.id::text NOT IN (SELECT subject FROM outbox_messages WHERE kind = 'start-order')
  ORDER BY o.id LIMIT ${ORDERS_MAX}`;

const ASK_FOR_START = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'start-order', id::text, now() FROM unnest($1::bigint[]) AS r(id)`;

/**
 * Asks for the runs of waiting orders again. A run that is there already stays as it is, so nothing needs to be known
 * about Temporal; each order is asked about once in ten minutes.
 */
export function missingRunsSweep(): Sweep {
  const lookedAtMs = new Map<string, number>();
  return async (pool: Pool) => {
    const nowMs = Date.now();
    for (const [id, atMs] of lookedAtMs)
      if (nowMs - atMs > LOOK_AGAIN_MS || lookedAtMs.size > REMEMBERED_MAX) lookedAtMs.delete(id);
    const suspects = await pool.query<{ id: string }>(SUSPECTS, [[...lookedAtMs.keys()]]);
    const ids = suspects.rows.map((row) => row.id);
    if (ids.length === 0) return 0;
    await pool.query(ASK_FOR_START, [ids]);
    for (const id of ids) lookedAtMs.set(id, nowMs);
    return ids.length;
  };
}
