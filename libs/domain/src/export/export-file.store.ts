import type { Pool } from 'pg';
import type { Sql } from '../database/sql.js';
import {
  EXPORT_LASTS_MS,
  EXPORT_LEASE_MS,
  type ExportFormat,
  type ExportStatus,
} from './export-file.js';

export interface ExportAsk {
  readonly formKey: string;
  readonly staffId: string;
  readonly resource: string;
  readonly query: string;
  readonly format: ExportFormat;
}

/** Queues an export; one form is one export, and `isNew` tells whether it was this call. */
export async function askExport(
  sql: Sql,
  ask: ExportAsk,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const { rows } = await sql.query<{ id: string; is_new: boolean }>({
    text: `INSERT INTO export_files (form_key, staff_id, resource, query, format) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (form_key) DO UPDATE SET form_key = excluded.form_key
     RETURNING id, xmax = 0 AS is_new`,
    values: [ask.formKey, ask.staffId, ask.resource, ask.query, ask.format],
  });
  const [row] = rows;
  if (!row) throw new Error('an insert returned no row');
  return { id: row.id, isNew: row.is_new };
}

export type ExportClaim = Omit<ExportAsk, 'formKey'> & { readonly id: string };

/** Takes the oldest export that nobody works on; what a dead run has left of it is thrown away. */
export async function claimExport(pool: Pool): Promise<ExportClaim | undefined> {
  const { rows } = await pool.query<ExportClaim>(
    `WITH next AS (
       SELECT id FROM export_files WHERE status IN ('queued', 'running') AND coalesce(leased_until, '-infinity') < now()
       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
     ), old AS (DELETE FROM export_parts WHERE file_id IN (SELECT id FROM next))
     UPDATE export_files f SET status = 'running', row_count = 0, is_cut = false,
       leased_until = now() + make_interval(secs => ${EXPORT_LEASE_MS / 1_000})
     FROM next WHERE f.id = next.id
     RETURNING f.id, f.staff_id AS "staffId", f.resource, f.query, f.format`,
  );
  return rows[0];
}

/** Progress, and a longer lease. */
export async function noteExportRows(sql: Sql, id: string, rowCount: number): Promise<void> {
  await sql.query({
    text: `UPDATE export_files SET row_count = $2, leased_until = now() + make_interval(secs => ${EXPORT_LEASE_MS / 1_000})
     WHERE id = $1`,
    values: [id, rowCount],
  });
}

export async function addExportPart(sql: Sql, fileId: string, bytes: Buffer): Promise<void> {
  await sql.query({
    text: 'INSERT INTO export_parts (file_id, bytes) VALUES ($1, $2)',
    values: [fileId, bytes],
  });
}

/** Ends a run: with its rows, or with what went wrong. */
export async function endExport(
  sql: Sql,
  id: string,
  end:
    | { readonly status: 'done'; readonly rowCount: number; readonly isCut: boolean }
    | { readonly status: 'failed'; readonly failure: string },
): Promise<void> {
  const { rowCount, isCut, failure } = { rowCount: null, isCut: null, failure: null, ...end };
  await sql.query({
    text: `UPDATE export_files SET status = $2, row_count = coalesce($3, row_count), is_cut = coalesce($4, is_cut), failure = $5,
       finished_at = now(), expires_at = now() + make_interval(secs => ${EXPORT_LASTS_MS / 1_000}), leased_until = NULL
     WHERE id = $1`,
    values: [id, end.status, rowCount, isCut, failure?.slice(0, 200) ?? null],
  });
}

/** Throws away the bytes of files that are over their time; that they were made stays known. */
export async function expireExports(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH old AS (UPDATE export_files SET status = 'expired' WHERE status = 'done' AND expires_at < now() RETURNING id)
     DELETE FROM export_parts p USING old WHERE p.file_id = old.id`,
  );
  return rowCount ?? 0;
}

export interface ExportState {
  readonly id: string;
  readonly resource: string;
  readonly format: ExportFormat;
  readonly status: ExportStatus;
  readonly rowCount: number;
  readonly isCut: boolean;
}

/** An export of this person; nobody else's is told. */
export async function readExport(
  pool: Pool,
  id: string,
  staffId: string,
): Promise<ExportState | undefined> {
  const { rows } = await pool.query<ExportState>(
    `SELECT id, resource, format, status, row_count AS "rowCount", is_cut AS "isCut"
     FROM export_files WHERE id = $1 AND staff_id = $2`,
    [id, staffId],
  );
  return rows[0];
}

/** The bytes of a file, part by part. */
export async function* readExportParts(pool: Pool, fileId: string): AsyncGenerator<Buffer> {
  for (let last = '0'; ;) {
    const { rows } = await pool.query<{ id: string; bytes: Buffer }>(
      'SELECT id, bytes FROM export_parts WHERE file_id = $1 AND id > $2 ORDER BY id LIMIT 1',
      [fileId, last],
    );
    const part = rows[0];
    if (!part) return;
    yield part.bytes;
    last = part.id;
  }
}
