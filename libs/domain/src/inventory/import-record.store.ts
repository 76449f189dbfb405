import type { Client, Pool } from 'pg';
import { isDatabaseAway } from '../database/sql.js';
import { DomainError, type ErrorCode } from '../shared/domain-error.js';

/** What can be told while an import runs. */
export interface ImportProgress {
  /** Non-empty lines read so far, without the header. */
  readonly readCount: number;
  readonly importedCount: number;
  readonly refusedCount: number;
}

export interface ImportStart {
  readonly productId: string;
  readonly fileName: string;
  readonly startedBy: string;
}

const FILE_NAME_LENGTH_MAX = 200;
const STARTER_LENGTH_MAX = 120;
/** Held by the connection that imports, as long as it lives: a `running` row without it is an import that died. */
const LIFE_LOCK = `hashtextextended('card-import:' || $1::text, 0)`;

/** Makes the visible row of an import, with its lock taken before anybody can see it. */
export async function startImportRecord(client: Client, start: ImportStart): Promise<string> {
  const made = await client.query<{ id: string }>('SELECT uuidv7() AS id');
  const id = made.rows[0]?.id ?? '';
  await client.query(`SELECT pg_advisory_lock(${LIFE_LOCK})`, [id]);
  await client.query(
    `INSERT INTO card_imports (id, product_id, file_name, started_by) VALUES ($1, $2, $3, $4)`,
    [
      id,
      start.productId,
      start.fileName.slice(0, FILE_NAME_LENGTH_MAX),
      start.startedBy.slice(0, STARTER_LENGTH_MAX),
    ],
  );
  return id;
}

/** Seen by the panel while the import's own transaction is still open. */
export async function noteProgress(pool: Pool, id: string, now: ImportProgress): Promise<void> {
  await pool.query(
    `UPDATE card_imports SET read_count = $2, imported_count = $3, refused_count = $4, updated_at = now()
     WHERE id = $1 AND status = 'running'`,
    [id, now.readCount, now.importedCount, now.refusedCount],
  );
}

/** The code under which a failed import is recorded. */
export function importFailCode(error: unknown): ErrorCode {
  if (error instanceof DomainError) return error.code;
  return isDatabaseAway(error) ? 'service.unavailable' : 'service.failed';
}

/** After the rollback nothing is imported, whatever the progress said. */
export async function failImportRecord(pool: Pool, id: string, code: ErrorCode): Promise<void> {
  await pool.query(
    `UPDATE card_imports SET status = 'failed', fail_code = $2, batch_id = NULL, imported_count = 0, refused_count = 0,
       finished_at = now(), updated_at = now(), version = version + 1
     WHERE id = $1 AND status = 'running'`,
    [id, code],
  );
}

/** Ends the records of imports whose process died; their transactions were rolled back by Postgres. Answers how many. */
export async function failDeadImports(pool: Pool): Promise<number> {
  const lock = LIFE_LOCK.replace('$1', 'r.id');
  const ended = await pool.query(
    `WITH running AS MATERIALIZED (SELECT id FROM card_imports WHERE status = 'running'),
       dead AS MATERIALIZED (SELECT r.id FROM running r WHERE pg_try_advisory_xact_lock(${lock}))
     UPDATE card_imports i SET status = 'failed', fail_code = 'import.interrupted', imported_count = 0,
       refused_count = 0, finished_at = now(), updated_at = now(), version = version + 1
     FROM dead WHERE i.id = dead.id AND i.status = 'running'`,
  );
  return ended.rowCount ?? 0;
}
