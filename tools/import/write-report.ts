import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { importReport, type ImportResult } from '#domain/stores';

const REPORTS = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../.data/reports');

/** Writes the refused lines as CSV; answers the file's path. It holds no code in clear. */
export async function writeReport(
  pool: pg.Pool,
  result: ImportResult,
  wanted?: string,
): Promise<string> {
  const file = path.resolve(
    wanted ?? path.join(REPORTS, `${result.batchNo ?? result.importId}.csv`),
  );
  await mkdir(path.dirname(file), { recursive: true });
  const lines = Readable.from(importReport(pool, result.importId));
  await pipeline(lines, createWriteStream(file, { mode: 0o600 }));
  return file;
}
