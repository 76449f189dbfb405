import type { Pool } from 'pg';

/** Imports whose process died: their lines were rolled back by Postgres, only the record is left. Answers how many. */
export async function failDeadStatements(pool: Pool): Promise<number> {
  const ended = await pool.query(
    `UPDATE external_statements SET status = 'refused', fail_code = 'import.interrupted', finished_at = now(), updated_at = now(),
       version = version + 1 WHERE status = 'running' AND updated_at < now() - interval '15 minutes'`,
  );
  return ended.rowCount ?? 0;
}

/** Statements that are to be looked at now. */
export async function dueStatements(
  pool: Pool,
  nowMs: number,
): Promise<readonly { readonly id: string }[]> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM external_statements WHERE next_pass_at <= $1 ORDER BY next_pass_at LIMIT 50',
    [new Date(nowMs)],
  );
  return rows;
}
