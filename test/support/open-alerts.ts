import type pg from 'pg';

/** Rules of law that nobody has verified yet: so in every new database, whatever a test is about. */
const OF_EVERY_NEW_DATABASE = 'legal-rule-old';

/** The kinds of alerts that are going on, in alphabetical order. */
export async function openAlertKinds(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    'SELECT kind FROM alerts WHERE closed_at IS NULL AND kind <> $1 ORDER BY kind',
    [OF_EVERY_NEW_DATABASE],
  );
  return rows.map(({ kind }) => kind);
}
