import type pg from 'pg';

/** The kinds of alerts that are going on, in alphabetical order. */
export async function openAlertKinds(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    'SELECT kind FROM alerts WHERE closed_at IS NULL ORDER BY kind',
  );
  return rows.map(({ kind }) => kind);
}
