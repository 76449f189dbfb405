import type { Pool } from 'pg';

/** Imports whose process died: their lines were rolled back by Postgres, only the record is left. Answers how many. */
export async function failDeadStatements(pool: Pool): Promise<number> {
  const ended = await pool.query(
    `UPDATE external_statements SET status = 'refused', fail_code = 'import.interrupted', finished_at = now(), updated_at = now(),
       version = version + 1 WHERE status = 'running' AND updated_at < now() - interval '15 minutes'`,
  );
  return ended.rowCount ?? 0;
}

export interface DueStatement {
  readonly id: string;
  readonly partyCode: string;
  readonly period: string;
  readonly versionNo: number;
}

/** Statements that are to be looked at now. */
export async function dueStatements(pool: Pool, nowMs: number): Promise<readonly DueStatement[]> {
  const { rows } = await pool.query<DueStatement>(
    `SELECT s.id, p.code AS "partyCode", s.period_from || '~' || s.period_to AS period, s.version_no AS "versionNo"
     FROM external_statements s JOIN statement_parties p ON p.id = s.party_id
     WHERE s.next_pass_at <= $1 ORDER BY s.next_pass_at LIMIT 50`,
    [new Date(nowMs)],
  );
  return rows;
}
