import type { Pool } from 'pg';
import { csvRow } from './csv-row.js';
import type { RefusedLineReason } from './card-text.js';

const PAGE_LINES = 5_000;

/** The refused lines of an import as CSV, page by page; it holds no code in clear. */
export async function* importReport(pool: Pool, importId: string): AsyncIterable<string> {
  yield csvRow(['line', 'reason', 'seen_at']);
  let lastLineNo = 0;
  for (;;) {
    const page = await pool.query<{ line_no: number; reason: string; seen_at: string | null }>(
      `SELECT line_no, reason, seen_at FROM card_import_lines WHERE import_id = $1 AND line_no > $2
       ORDER BY line_no LIMIT $3`,
      [importId, lastLineNo, PAGE_LINES],
    );
    if (page.rows.length === 0) return;
    lastLineNo = page.rows.at(-1)?.line_no ?? lastLineNo;
    yield page.rows
      .map((row) => csvRow([`${row.line_no}`, row.reason, row.seen_at ?? '']))
      .join('');
  }
}

/** How many lines were refused for which reason, the most frequent first. */
export async function refusedReasons(
  pool: Pool,
  importId: string,
): Promise<readonly { readonly reason: RefusedLineReason; readonly count: number }[]> {
  const found = await pool.query<{ reason: RefusedLineReason; count: number }>(
    `SELECT reason, count(*)::int AS count FROM card_import_lines WHERE import_id = $1
     GROUP BY reason ORDER BY count DESC, reason`,
    [importId],
  );
  return found.rows;
}
