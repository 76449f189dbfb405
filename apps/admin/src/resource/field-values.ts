import { dayOfDate } from '#domain';
import type { ColumnKind } from './column-kind.js';
import type { PanelColumn } from './panel-columns.js';
import { LINE_FORMS } from './json-lines.js';
import type { FieldFault } from './resource-definition.js';
import { parseShanghaiTime } from './shanghai-time.js';
import { parseShownYuan } from './shown-amount.js';
import { textOf } from './text-of.js';

export type Parsed = { readonly value: unknown } | { readonly fault: FieldFault };

const INT_MAX = 2_147_483_647;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RECORD_ID = /^\d{1,18}$/;
const LINES_MAX = 100;
const LINE_LENGTH_MAX = 200;

const fault = (notice: string, params?: FieldFault['params']): Parsed => ({
  fault: params ? { notice, params } : { notice },
});

export const isUuid = (text: string): boolean => UUID.test(text);
export const isRecordId = (text: string): boolean => RECORD_ID.test(text);

/** Reads what a form sent for a column; the database never sees a value that does not fit it. */
export function parseField(column: PanelColumn, sent: unknown, isRequired: boolean): Parsed {
  const text = textOf(sent);
  if (column.kind === 'boolean') return { value: sent === true || text === 'true' };
  if (column.kind === 'lines' || column.kind === 'numbers' || column.kind === 'json')
    return parseLines(column, text);
  if (text === '') return isRequired ? fault('required') : { value: null };
  return parseOne(text, column);
}

type Parser = (text: string, column: PanelColumn) => Parsed;

const valueOr = (value: unknown, notice: string): Parsed =>
  value === undefined ? fault(notice) : { value };

const parseText: Parser = (text, { length }) =>
  length !== undefined && text.length > length
    ? fault('tooLong', { max: length })
    : { value: text };

const parseInteger: Parser = (text) => {
  const number = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
  return Math.abs(number) <= INT_MAX ? { value: number } : fault('notANumber');
};

const parseDecimal: Parser = (text) =>
  valueOr(/^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined, 'notADecimal');

const PARSERS: Readonly<Partial<Record<ColumnKind, Parser>>> = {
  integer: parseInteger,
  decimal: parseDecimal,
  money: (text) => valueOr(parseShownYuan(text), 'notAnAmount'),
  day: (text) => valueOr(dayOfDate(text) === undefined ? undefined : text, 'notADay'),
  instant: (text) => valueOr(parseShanghaiTime(text), 'notADate'),
  enum: (text, { values }) => (values?.includes(text) ? { value: text } : fault('notAChoice')),
  uuid: (text) => (UUID.test(text) ? { value: text } : fault('notFound')),
  'record-id': (text) => (RECORD_ID.test(text) ? { value: text } : fault('notFound')),
};

const parseOne: Parser = (text, column) => (PARSERS[column.kind] ?? parseText)(text, column);

function parseLines(column: PanelColumn, text: string): Parsed {
  const lines = text
    // A comma parts what is listed, but belongs to a line of JSON.
    .split(column.kind === 'json' ? /\n/ : /[\n,，]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > LINES_MAX) return fault('tooLong', { max: LINES_MAX });
  if (lines.some((line) => line.length > LINE_LENGTH_MAX))
    return fault('tooLong', { max: LINE_LENGTH_MAX });
  if (column.kind === 'json') {
    const form = LINE_FORMS[column.name];
    const value = form?.parse(lines);
    if (form && typeof value === 'number') return fault(form.notice, { line: value });
    return { value };
  }
  if (column.kind === 'lines') return { value: lines };
  if (lines.length === 0) return { value: column.isNullable ? null : [] };
  const isFit = lines.every((line) => /^\d{1,7}$/.test(line));
  return isFit ? { value: lines.map(Number) } : fault('notANumber');
}
