import type { Pool } from 'pg';
import type { Sql } from '#domain/database';
import type { StaffRole } from '#domain';
import type { Language } from '#domain/i18n';
import type { CurrentStaff } from './current-staff.js';

interface StaffRow {
  id: string;
  email: string;
  name: string;
  role: StaffRole;
  language: string;
  has_second_factor: boolean;
}

const COLUMNS =
  'id, email, name, role, language, second_factor_at IS NOT NULL AS has_second_factor';

const asStaff = (row: StaffRow): CurrentStaff => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  language: asLanguage(row.language),
  hasSecondFactor: row.has_second_factor,
});

const asLanguage = (text: string): Language => (text === 'en' ? 'en' : 'zh-CN');

/** The person as the database has them now; undefined once they are disabled. */
export async function readStaff(pool: Pool, staffId: string): Promise<CurrentStaff | undefined> {
  const found = await pool.query<StaffRow>({
    name: 'read-staff',
    text: `SELECT ${COLUMNS} FROM staff WHERE id = $1 AND status = 'active'`,
    values: [staffId],
  });
  return found.rows[0] && asStaff(found.rows[0]);
}

/** The person who may log in with this address, with the hash of their password. */
export async function readStaffLogin(
  pool: Pool,
  email: string,
): Promise<{ readonly staff: CurrentStaff; readonly passwordHash: string } | undefined> {
  const found = await pool.query<StaffRow & { password_hash: string }>(
    `SELECT ${COLUMNS}, password_hash FROM staff
     WHERE lower(email) = lower($1) AND status = 'active'`,
    [email],
  );
  const row = found.rows[0];
  return row && { staff: asStaff(row), passwordHash: row.password_hash };
}

export async function noteLogin(pool: Pool, staffId: string): Promise<void> {
  await pool.query('UPDATE staff SET last_login_at = now() WHERE id = $1', [staffId]);
}

export async function changeLanguage(pool: Pool, staffId: string, to: Language): Promise<void> {
  await pool.query('UPDATE staff SET language = $2 WHERE id = $1', [staffId, to]);
}

export async function readPasswordHash(pool: Pool, staffId: string): Promise<string | undefined> {
  const found = await pool.query<{ password_hash: string }>(
    `SELECT password_hash FROM staff WHERE id = $1 AND status = 'active'`,
    [staffId],
  );
  return found.rows[0]?.password_hash;
}

/** What the account page tells of somebody's second factor. */
export async function readSecondFactor(
  pool: Pool,
  staffId: string,
): Promise<{ readonly since: Date | null; readonly codesLeft: number }> {
  const found = await pool.query<{ since: Date | null; codes_left: number }>(
    'SELECT second_factor_at AS since, cardinality(recovery_hashes) AS codes_left FROM staff WHERE id = $1',
    [staffId],
  );
  const row = found.rows[0];
  return { since: row?.since ?? null, codesLeft: row?.codes_left ?? 0 };
}

export async function changePassword(
  sql: Sql,
  staffId: string,
  passwordHash: string,
): Promise<void> {
  await sql.query({
    text: 'UPDATE staff SET password_hash = $2, version = version + 1, updated_at = now() WHERE id = $1',
    values: [staffId, passwordHash],
  });
}
