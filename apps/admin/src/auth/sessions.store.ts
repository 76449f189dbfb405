import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Sql } from '#domain/database';
import { SESSION_IDLE_MS } from './session.js';

/** A session as lists show it. Its own id is a key to the door and never leaves. */
export interface OpenSession {
  readonly key: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly staffEmail: string;
  readonly loginAtMs: number;
  readonly lastSeenMs: number;
  readonly agent: string;
  readonly address: string;
}

interface SessionRow {
  sid: string;
  staff_id: string;
  name: string;
  email: string;
  login_at_ms: string;
  expire: Date;
  agent: string | null;
  address: string | null;
}

const READ = `
  SELECT s.sid, p.id AS staff_id, p.name, p.email, s.sess->>'loginAtMs' AS login_at_ms, s.expire, s.sess->>'agent' AS agent,
    s.sess->>'address' AS address
  FROM staff_sessions s JOIN staff p ON p.id::text = s.sess->>'staffId'
  WHERE s.expire > now() AND p.status = 'active' AND ($1::uuid IS NULL OR p.id = $1)
  ORDER BY s.expire DESC, s.sid LIMIT 500`;

/** By what a session is named outside. */
export const sessionKey = (sid: string): string =>
  createHash('sha256').update(sid).digest('hex').slice(0, 32);

/** The open sessions of one person, or of everybody; who was seen last comes first. */
export async function readSessions(pool: Pool, staffId: string | null): Promise<OpenSession[]> {
  const { rows } = await pool.query<SessionRow>(READ, [staffId]);
  return rows.map((row) => ({
    key: sessionKey(row.sid),
    staffId: row.staff_id,
    staffName: row.name,
    staffEmail: row.email,
    loginAtMs: Number(row.login_at_ms),
    lastSeenMs: row.expire.getTime() - SESSION_IDLE_MS,
    agent: row.agent ?? '',
    address: row.address ?? '',
  }));
}

/** Ends one session, of this person or, without one, of whoever; answers whose it was. */
export async function endSessionByKey(
  sql: Sql,
  key: string,
  staffId: string | null,
): Promise<string | undefined> {
  const { rows } = await sql.query<{ staff_id: string }>({
    text: `DELETE FROM staff_sessions
      WHERE left(encode(sha256(convert_to(sid, 'UTF8')), 'hex'), 32) = $1 AND ($2::text IS NULL OR sess->>'staffId' = $2)
        AND sess->>'staffId' IS NOT NULL
      RETURNING sess->>'staffId' AS staff_id`,
    values: [key, staffId],
  });
  return rows[0]?.staff_id;
}

/** Ends all sessions of a person but the one that is named, half-open ones too; answers how many. */
export async function endSessionsOf(
  sql: Sql,
  staffId: string,
  keptSid: string | null,
): Promise<number> {
  const ended = await sql.query({
    text: `DELETE FROM staff_sessions
      WHERE $1 IN (sess->>'staffId', sess->>'pendingStaffId') AND sid IS DISTINCT FROM $2`,
    values: [staffId, keptSid],
  });
  return ended.rowCount ?? 0;
}
