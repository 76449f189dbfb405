import ExcelJS from 'exceljs';
import type { Response } from 'express';
import { csvRow } from '#domain';

/** A spreadsheet that knows Chinese only with a mark at the beginning. */
export const BYTE_ORDER_MARK = '\uFEFF';
const COLUMN_WIDTH = 18;
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A table with a head, as a file that people open in a spreadsheet. */
export interface Sheet {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** As CSV that a spreadsheet shows and never runs. */
export const csvOf = ({ heads, rows }: Sheet): string =>
  BYTE_ORDER_MARK + csvRow(heads) + rows.map((row) => csvRow(row.map(String))).join('');

/** As an Excel file: texts are texts, whatever they begin with, and numbers are numbers. */
export async function xlsxOf({ title, heads, rows }: Sheet): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Kagong');
  sheet.addRow([...heads]).font = { bold: true };
  for (const row of rows) sheet.addRow([...row]);
  for (const column of sheet.columns) column.width = COLUMN_WIDTH;
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  return Buffer.from(await book.xlsx.writeBuffer());
}

export function sendCsv(response: Response, sheet: Sheet): void {
  sendFile(response, { type: 'text/csv; charset=utf-8', name: `${sheet.title}.csv` }, csvOf(sheet));
}

export async function sendXlsx(response: Response, sheet: Sheet): Promise<void> {
  sendFile(response, { type: XLSX, name: `${sheet.title}.xlsx` }, await xlsxOf(sheet));
}

/** A file to keep, under its own name, also where that is Chinese. */
export function sendFile(
  response: Response,
  file: { readonly type: string; readonly name: string },
  content: string | Buffer,
): void {
  nameFile(response, file);
  response.send(content);
}

/** The head of such an answer. */
export function nameFile(
  response: Response,
  file: { readonly type: string; readonly name: string },
): void {
  const plain = file.name.replace(/[^\w.-]+/g, '-');
  response.setHeader('Content-Type', file.type);
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  );
  response.setHeader('Cache-Control', 'no-store');
}
