import type { Pool } from 'pg';
import { shanghaiDate } from '#domain';

export interface CompensationToday {
  readonly spentHao: number;
  /** With what a second person approved beside the budget. */
  readonly givenHao: number;
  readonly limitHao: number;
  readonly proposed: number;
}

const TODAY = `
  SELECT coalesce(b.spent_hao, 0)::float8 AS "spentHao", coalesce(b.spent_hao + b.approved_hao, 0)::float8 AS "givenHao",
    coalesce(p.daily_hao, 0)::float8 AS "limitHao",
    (SELECT count(*)::int FROM compensations WHERE status = 'proposed') AS proposed
  FROM (SELECT 1) AS one LEFT JOIN compensation_policies p ON p.status = 'active'
    LEFT JOIN compensation_budgets b ON b.day = $1 AND b.scope = 'all'`;

/** How much was given today, and what waits for a person. */
export async function readCompensationToday(pool: Pool, nowMs: number): Promise<CompensationToday> {
  const { rows } = await pool.query<CompensationToday>({
    name: 'compensation-today',
    text: TODAY,
    values: [shanghaiDate(nowMs)],
  });
  const row = rows[0];
  if (!row) throw new Error('no answer about today');
  return row;
}
