import { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { csvRow, EXPORT_ROWS_MAX, type ExportFormat } from '#domain';
import { BYTE_ORDER_MARK } from '../http/sheet-download.js';

const PART_BYTES = 256 * 1024;

type Cells = readonly (string | number)[];
export type Keep = (bytes: Buffer) => Promise<void>;

/** Takes rows and hands on bytes; a row that is one too many is not taken. */
export interface ExportWriter {
  readonly write: (rows: readonly Cells[]) => Promise<void>;
  readonly end: () => Promise<void>;
}

export const exportWriter = (format: ExportFormat, heads: Cells, keep: Keep): ExportWriter =>
  format === 'csv' ? csvWriter(heads, keep) : excelWriter(heads, keep);

/** How many of these rows a file that holds some may still take. */
export const roomFor = (format: ExportFormat, rowCount: number): number =>
  Math.max(0, EXPORT_ROWS_MAX[format] - rowCount);

/** Cells that a spreadsheet shows and never runs. */
function csvWriter(heads: Cells, keep: Keep): ExportWriter {
  let pending = BYTE_ORDER_MARK + csvRow(heads.map(String));
  const flush = async (): Promise<void> => {
    if (pending !== '') await keep(Buffer.from(pending));
    pending = '';
  };
  return {
    write: async (rows) => {
      pending += rows.map((row) => csvRow(row.map(String))).join('');
      if (pending.length >= PART_BYTES) await flush();
    },
    end: flush,
  };
}

/** Texts are texts, whatever they begin with, and numbers are numbers; rows leave as they come. */
function excelWriter(heads: Cells, keep: Keep): ExportWriter {
  const sink = new Writable({
    highWaterMark: PART_BYTES,
    write: (chunk: Buffer, _encoding, done) => {
      keep(Buffer.from(chunk)).then(
        () => done(),
        (error: unknown) => done(error as Error),
      );
    },
  });
  const broken = new Promise<never>((_resolve, reject) => sink.once('error', reject));
  broken.catch(() => undefined);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink });
  const sheet = book.addWorksheet('Kagong', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow([...heads]).commit();
  return {
    write: async (rows) => {
      for (const row of rows) sheet.addRow([...row]).commit();
      await Promise.race([broken, new Promise((next) => setImmediate(next))]);
    },
    end: async () => {
      sheet.commit();
      await Promise.race([broken, book.commit()]);
    },
  };
}
