import type { Pool } from 'pg';
import type { ImportView } from '../components/views.js';
import { DomainError, ERROR_KIND, type ErrorCode, type ImportStatus } from '#domain';
import { errorText, type Language } from '#domain/i18n';
import { refusedReasons } from '#domain/stores';

const READ = `
  SELECT i.id, i.status, i.file_name, i.read_count, i.imported_count, i.refused_count, i.batch_id, b.batch_no, i.fail_code
  FROM card_imports i LEFT JOIN card_batches b ON b.id = i.batch_id WHERE i.id = $1`;

export async function readImport(pool: Pool, language: Language, id: string): Promise<ImportView> {
  const found = await pool.query<{
    id: string;
    status: ImportStatus;
    file_name: string;
    read_count: number;
    imported_count: number;
    refused_count: number;
    batch_id: string | null;
    batch_no: string | null;
    fail_code: string | null;
  }>(READ, [id]);
  const row = found.rows[0];
  if (!row) throw new DomainError('request.not-found');
  return {
    id: row.id,
    status: row.status,
    fileName: row.file_name,
    readCount: row.read_count,
    importedCount: row.imported_count,
    refusedCount: row.refused_count,
    batchId: row.batch_id,
    batchNo: row.batch_no,
    failText: row.fail_code === null ? null : failText(language, row.fail_code),
    reasons: row.status === 'done' && row.refused_count > 0 ? await refusedReasons(pool, id) : [],
  };
}

/** Staff see the text of the code that was recorded; one that is not known any more reads as a failure. */
function failText(language: Language, code: string): string {
  return errorText(language, code in ERROR_KIND ? (code as ErrorCode) : 'service.failed');
}
