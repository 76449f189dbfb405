import type { Pool } from 'pg';
import type { OutboxKind } from '#domain';

export interface OutboxRow {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly subject: string;
}

/** A worker that dies gives its rows back after this; a slow one may be overtaken, and every handling may run twice. */
const LEASE_SECONDS = 10;
const BACK_OFF_SECONDS_MAX = 60;

const IS_DUE = `not_before <= now() AND (leased_until IS NULL OR leased_until < now())`;

/**
 * A line of 100 000 starts must not slow down the other kinds: these are found by an index of their own, each kind by
 * itself, because only so does the index give them in order. Starts are found by id.
 */
const LEASE = `
  WITH starts AS (
    SELECT id FROM outbox_messages WHERE 'start-order' = ANY($1::text[]) AND kind = 'start-order' AND ${IS_DUE}
    ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
  ), others AS (
    SELECT o.id FROM unnest($1::text[]) AS k(kind) CROSS JOIN LATERAL (
      SELECT id FROM outbox_messages m WHERE m.kind = k.kind AND m.kind <> 'start-order' AND ${IS_DUE}
      ORDER BY not_before LIMIT $2 FOR UPDATE SKIP LOCKED) AS o
  ), due AS (
    SELECT id FROM starts UNION ALL SELECT id FROM others
  )
  UPDATE outbox_messages m SET leased_until = now() + interval '${LEASE_SECONDS} seconds'
  FROM due WHERE m.id = due.id RETURNING m.id, m.kind, m.subject`;

/** Takes the rows that are due longest, up to `limit` of each kind; nobody else gets them while the lease lasts. */
export async function leaseRows(
  pool: Pool,
  kinds: readonly OutboxKind[],
  limit: number,
): Promise<OutboxRow[]> {
  const leased = await pool.query<OutboxRow & { [column: string]: unknown }>({
    name: 'outbox-lease',
    text: LEASE,
    values: [kinds, limit],
  });
  return leased.rows.sort((a, b) => Number(BigInt(a.id) - BigInt(b.id)));
}

export async function deleteRows(pool: Pool, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const text = 'DELETE FROM outbox_messages WHERE id = ANY($1::bigint[])';
  await pool.query({ name: 'outbox-delete', text, values: [ids] });
}

const PUT_OFF = `
  UPDATE outbox_messages SET leased_until = NULL, try_count = try_count + 1,
    not_before = now() + least(${BACK_OFF_SECONDS_MAX}, power(2, least(try_count, 10))) * interval '1 second'
  WHERE id = ANY($1::bigint[])`;

/** Rows that failed come again after 1 s, 2 s, 4 s … 60 s. */
export async function putOffRows(pool: Pool, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await pool.query({ name: 'outbox-put-off', text: PUT_OFF, values: [ids] });
}

/** Gives rows back that could not be tried at all, because the other side is away. */
export async function releaseRows(pool: Pool, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const text = 'UPDATE outbox_messages SET leased_until = NULL WHERE id = ANY($1::bigint[])';
  await pool.query({ name: 'outbox-release', text, values: [ids] });
}

export interface PlannedRow {
  readonly id: string;
  readonly afterMs: number;
}

const PLAN = `
  UPDATE outbox_messages m SET leased_until = NULL, not_before = now() + r.after_ms * interval '1 millisecond'
  FROM unnest($1::bigint[], $2::float8[]) AS r(id, after_ms) WHERE m.id = r.id`;

/** Rows that have a next step at a known time; that is no failure. */
export async function planRows(pool: Pool, rows: readonly PlannedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = [rows.map((row) => row.id), rows.map((row) => row.afterMs)];
  await pool.query({ name: 'outbox-plan', text: PLAN, values });
}

export interface Backlog {
  readonly kind: OutboxKind;
  readonly rows: number;
  readonly oldestSeconds: number;
}

/** How much waits, by kind. */
export async function readBacklog(pool: Pool): Promise<Backlog[]> {
  const found = await pool.query<{ kind: OutboxKind; rows: number; oldest: number }>(`
    SELECT kind, count(*)::int AS rows, extract(epoch FROM now() - min(created_at))::float8 AS oldest
    FROM outbox_messages GROUP BY kind`);
  return found.rows.map(({ kind, rows, oldest }) => ({ kind, rows, oldestSeconds: oldest }));
}

/** Rows about the same thing, together, in the order of their first. */
export function bySubject(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const group = groups.get(row.subject);
    if (group) group.push(row);
    else groups.set(row.subject, [row]);
  }
  return groups;
}
