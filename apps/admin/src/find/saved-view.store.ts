import type pg from 'pg';
import { DomainError } from '#domain';
import type { SavedView } from '../components/find-views.js';

const VIEWS_MAX = 50;

/** The views of one list: a person's own first, then what others share. */
export async function readSavedViews(
  pool: pg.Pool,
  staffId: string,
  resource: string,
): Promise<SavedView[]> {
  const { rows } = await pool.query<SavedView>(
    `SELECT v.id, v.name, v.query, v.is_shared AS "isShared", v.staff_id = $1 AS "isOwn", s.name AS "by"
     FROM saved_views v JOIN staff s ON s.id = v.staff_id
     WHERE v.resource = $2 AND (v.staff_id = $1 OR v.is_shared)
     ORDER BY v.staff_id <> $1, v.name LIMIT ${VIEWS_MAX}`,
    [staffId, resource],
  );
  return rows;
}

/** A view of the same name of the same person is replaced. */
export async function saveView(
  pool: pg.Pool,
  staffId: string,
  view: {
    readonly resource: string;
    readonly name: string;
    readonly query: string;
    readonly isShared: boolean;
  },
): Promise<void> {
  const { rowCount } = await pool.query(
    `INSERT INTO saved_views (staff_id, resource, name, query, is_shared)
     SELECT $1::uuid, $2::varchar, $3::varchar, $4, $5::boolean
     WHERE (SELECT count(*) FROM saved_views WHERE staff_id = $1::uuid AND resource = $2::varchar AND name <> $3::varchar) < ${VIEWS_MAX}
     ON CONFLICT (staff_id, resource, name) DO UPDATE
       SET query = excluded.query, is_shared = excluded.is_shared, updated_at = now(), version = saved_views.version + 1`,
    [staffId, view.resource, view.name, view.query, view.isShared],
  );
  if (rowCount === 0) throw new DomainError('request.invalid');
}

/** Everybody removes their own; whoever manages staff also what others share. */
export async function removeView(
  pool: pg.Pool,
  id: string,
  by: { readonly staffId: string; readonly mayRemoveShared: boolean },
): Promise<void> {
  const { rowCount } = await pool.query(
    'DELETE FROM saved_views WHERE id = $1 AND (staff_id = $2 OR (is_shared AND $3))',
    [id, by.staffId, by.mayRemoveShared],
  );
  if (rowCount === 0) throw new DomainError('request.not-found');
}
