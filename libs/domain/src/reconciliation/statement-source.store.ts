import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import ExcelJS from 'exceljs';
import { CardTextDecoder, type EncodingChoice } from '../inventory/card-encoding.js';
import { DomainError } from '../shared/domain-error.js';

export interface StatementRow {
  readonly lineNo: number;
  readonly cells: readonly string[];
}

export const STATEMENT_BYTES_MAX = 200 * 1024 * 1024;
const ROWS_MAX = 2_000_000;
const RECORD_BYTES_MAX = 64 * 1024;
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** A file as it comes in: counted, hashed and read row by row, whatever its size. */
export class StatementSource {
  private readonly hash: Hash = createHash('sha256');
  private byteCount = 0;

  constructor(
    private readonly bytes: AsyncIterable<Uint8Array>,
    private readonly encoding: EncodingChoice,
  ) {}

  /** SHA-256 of everything that was read. */
  digest(): string {
    return this.hash.digest('hex');
  }

  /** The rows of a CSV file, or of the first sheet of an Excel file; the first bytes tell which it is. */
  async *rows(): AsyncIterable<StatementRow> {
    const pieces = this.counted()[Symbol.asyncIterator]();
    const first = await pieces.next();
    if (first.done) throw new DomainError('statement.empty');
    const all = from(first.value, pieces);
    const isZip = ZIP.every((byte, at) => first.value[at] === byte);
    let rowCount = 0;
    for await (const row of isZip ? excelRows(all) : csvRows(all, this.encoding)) {
      rowCount += 1;
      if (rowCount > ROWS_MAX) throw new DomainError('statement.too-many-lines', { max: ROWS_MAX });
      yield row;
    }
    // A reader may stop before the end of the file: the hash is of all of it.
    for (let rest = await pieces.next(); !rest.done; rest = await pieces.next());
  }

  private async *counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of this.bytes) {
      this.byteCount += piece.length;
      if (this.byteCount > STATEMENT_BYTES_MAX) throw new DomainError('request.too-large');
      this.hash.update(piece);
      if (piece.length > 0) yield piece;
    }
  }
}

async function* from(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: EncodingChoice,
): AsyncGenerator<string> {
  const decoder = new CardTextDecoder(encoding);
  for await (const piece of bytes) {
    const text = decoder.push(piece);
    if (text !== '') yield text;
  }
  const last = decoder.end();
  if (last !== '') yield last;
}

const DELIMITERS = [',', '\t', ';', '|'] as const;

/** The sign that stands most often in the beginning of the file. */
function delimiterOf(text: string): string {
  const beginning = text.slice(0, 4_096);
  const counts = DELIMITERS.map((sign) => [sign, beginning.split(sign).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  encoding: EncodingChoice,
): AsyncGenerator<StatementRow> {
  const texts = decoded(bytes, encoding);
  const first = await texts.next();
  if (first.done) throw new DomainError('statement.empty');
  const whole = async function* (): AsyncGenerator<string> {
    yield first.value;
    yield* texts;
  };
  const parser = parse({
    delimiter: delimiterOf(first.value),
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  const source = Readable.from(whole());
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const found of parser) {
      const { record, info } = found as { record: string[]; info: { lines: number } };
      yield { lineNo: info.lines, cells: record };
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('CSV_') === true)
      throw new DomainError('statement.file-unreadable');
    throw error;
  }
}

async function* excelRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<StatementRow> {
  const source = Readable.from(bytes, { objectMode: false });
  const book = new ExcelJS.stream.xlsx.WorkbookReader(source, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  try {
    let isFirst = true;
    for await (const sheet of book) {
      // The first sheet is the statement; the others are read to their end and left out.
      yield* rowsOf(sheet, isFirst);
      isFirst = false;
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('statement.file-unreadable');
  }
}

async function* rowsOf(
  sheet: AsyncIterable<ExcelJS.Row>,
  isWanted: boolean,
): AsyncGenerator<StatementRow> {
  for await (const row of sheet) if (isWanted) yield { lineNo: row.number, cells: cellsOf(row) };
}

function cellsOf(row: ExcelJS.Row): string[] {
  const values = row.values as readonly ExcelJS.CellValue[];
  return Array.from({ length: Math.max(0, values.length - 1) }, (_, index) =>
    cellText(values[index + 1]),
  );
}

/** A cell as text. Excel keeps fifteen digits: what stands behind them is noise of its arithmetic. */
function cellText(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return plainNumber(value);
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('result' in value) return cellText(value.result as ExcelJS.CellValue);
  if ('text' in value) return cellText(value.text as ExcelJS.CellValue);
  return '';
}

function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(15));
  return Math.abs(rounded) < 1e21 && !/e/.test(String(rounded))
    ? String(rounded)
    : rounded.toFixed(8).replace(/\.?0+$/, '');
}
