import type { Sql } from '../database/sql.js';
import type { OutboxKind } from './outbox-kind.js';

/** What the relay listens on; the payload is the kind of row that is due at once. */
export const WAKE_CHANNEL = 'kagong_outbox';

/**
 * Wakes the relay when the caller's transaction has committed. Only an order that waits gains by it: what is not woken is
 * found by the relay's next look, and commits that notify queue for one lock of the whole server.
 */
export async function wakeRelay(sql: Sql, kind: OutboxKind): Promise<void> {
  const text = `SELECT pg_notify('${WAKE_CHANNEL}', $1)`;
  await sql.query({ name: 'wake-relay', text, values: [kind] });
}
