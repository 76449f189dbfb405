import type { Pool } from 'pg';
import {
  DomainError,
  ERROR_KIND,
  type ErrorCode,
  type ImportStatus,
  type RefusedLineReason,
} from '#domain';
import { errorText, type Language, translate } from '#domain/i18n';
import { refusedReasons } from '#domain/stores';

/** How an import stands. */
export interface ImportView {
  readonly id: string;
  readonly status: ImportStatus;
  readonly fileName: string;
  readonly readCount: number;
  readonly importedCount: number;
  readonly refusedCount: number;
  readonly batchId: string | null;
  readonly batchNo: string | null;
  /** Why it failed, in words. */
  readonly failText: string | null;
  readonly reasons: readonly { readonly reason: RefusedLineReason; readonly count: number }[];
}

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
