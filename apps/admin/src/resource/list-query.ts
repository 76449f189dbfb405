import {
  Between,
  Equal,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
  ILike,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThanOrEqual,
} from 'typeorm';
import { DAY_MS, DomainError } from '#domain';
import type { ColumnKind } from './column-kind.js';
import { isRecordId, isUuid } from './field-values.js';
import type { PanelColumn } from './panel-columns.js';
import type { ResourceDefinition } from './resource-definition.js';
import { parseShanghaiTime } from './shanghai-time.js';
import { parseShownYuan } from './shown-amount.js';
import { textOf } from './text-of.js';

export type Row = Record<string, unknown>;
/** Undefined where nothing can match, for example a word where a number belongs. */
export type Where = FindOptionsWhere<Row> | undefined;
type Condition = FindOperator<unknown> | undefined;
interface Range {
  readonly from?: unknown;
  readonly to?: unknown;
}

/** One search box for every number of a record. */
export const NUMBER_FILTER = 'q';

/** Filters that the resource names, each compared as its column demands. An unknown one is refused, not ignored. */
export function whereOf(
  definition: ResourceDefinition,
  columns: ReadonlyMap<string, PanelColumn>,
  filters: Readonly<Record<string, unknown>>,
): Where {
  const where: Record<string, FindOperator<unknown>> = {};
  for (const [name, value] of Object.entries(filters)) {
    if (name === NUMBER_FILTER && definition.numbers) continue;
    const column = columns.get(name);
    if (!column || !isFilter(definition, name)) throw new DomainError('request.invalid');
    const condition = conditionOf(column, value, isBigTable(columns));
    if (!condition) return undefined;
    where[name] = condition;
  }
  return where;
}

/** Whatever a list filters by, and the name by which other records find this one. */
const isFilter = (definition: ResourceDefinition, name: string): boolean =>
  definition.filters.includes(name) || definition.title === name;

/** Tables with numbered rows grow without end: there only exact comparisons can use an index. */
export const isBigTable = (columns: ReadonlyMap<string, PanelColumn>): boolean =>
  !columns.has('updatedAt') || columns.has('orderNo');

/** What somebody pasted or chose: several values stand for any of them. */
const VALUES_MAX = 100;
export const valuesOf = (text: string): string[] =>
  [...new Set(text.split(/[\s,，;；、]+/).filter((one) => one !== ''))].slice(0, VALUES_MAX);

type Compare = (text: string, column: PanelColumn) => Condition;

const when =
  (
    isFit: (text: string, column: PanelColumn) => boolean,
    value: (text: string) => unknown,
  ): Compare =>
  (text, column) =>
    isFit(text, column) ? Equal(value(text)) : undefined;

const asText = (text: string): string => text;

const COMPARISONS: Readonly<Partial<Record<ColumnKind, Compare>>> = {
  uuid: when(isUuid, asText),
  'record-id': when(isRecordId, asText),
  enum: (text, { values }) => anyOf(valuesOf(text).filter((one) => values?.includes(one))),
  boolean: when(
    (text) => text === 'true' || text === 'false',
    (text) => text === 'true',
  ),
  integer: when((text) => /^-?\d{1,9}$/.test(text), Number),
  money: when((text) => parseShownYuan(text) !== undefined, parseShownYuan),
  instant: (text, column) => rangeOf(column, { from: text, to: text }),
  day: (text, column) => rangeOf(column, { from: text, to: text }),
};

function conditionOf(column: PanelColumn, value: unknown, isExact: boolean): Condition {
  if (typeof value === 'object' && value !== null) return rangeOf(column, value);
  const text = textOf(value);
  const compare = COMPARISONS[column.kind];
  if (compare) return compare(text, column);
  if (column.kind !== 'text') return undefined;
  return isExact ? anyOf([text, ...valuesOf(text)]) : ILike(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
}

const anyOf = (values: readonly string[]): Condition => {
  const [first, ...others] = new Set(values);
  if (first === undefined) return undefined;
  return others.length === 0 ? Equal(first) : In([first, ...others]);
};

function rangeOf(column: PanelColumn, { from, to }: Range): Condition {
  if (column.kind === 'instant') return instantRange(textOf(from), textOf(to));
  if (column.kind === 'day') return dayRange(textOf(from), textOf(to));
  const read = NUMBERS[column.kind];
  return read && numberRange(read(textOf(from)), read(textOf(to)));
}

/** Kinds of columns that are asked from one number to another. */
const NUMBERS: Readonly<Partial<Record<ColumnKind, (text: string) => number | undefined>>> = {
  money: parseShownYuan,
  integer: (text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : undefined),
  decimal: (text) => (/^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined),
};

function numberRange(from: number | undefined, to: number | undefined): Condition {
  if (from !== undefined && to !== undefined) return Between(from, to);
  if (from !== undefined) return MoreThanOrEqual(from);
  return to === undefined ? undefined : LessThanOrEqual(to);
}

/** Whole days in Shanghai, the last one included. */
function instantRange(from: string, to: string): Condition {
  const begin = parseShanghaiTime(from.slice(0, 10));
  const last = parseShanghaiTime(to.slice(0, 10));
  const end = last && new Date(last.getTime() + DAY_MS);
  if (begin && end) return Between(begin, new Date(end.getTime() - 1));
  return begin ? MoreThanOrEqual(begin) : end && LessThan(end);
}

function dayRange(from: string, to: string): Condition {
  const isDay = (text: string): boolean =>
    parseShanghaiTime(text) !== undefined && text.length === 10;
  if (isDay(from) && isDay(to)) return Between(from, to);
  if (isDay(from)) return MoreThanOrEqual(from);
  return isDay(to) ? LessThanOrEqual(to) : undefined;
}

/** The order that is asked for where the resource allows it, else its own; the key decides between equals. */
export function orderOf(
  definition: ResourceDefinition,
  idName: string,
  asked: { readonly sortBy?: string; readonly direction?: string } | undefined,
): FindOptionsOrder<Row> {
  const [standard] = definition.sorts;
  const isAllowed = asked?.sortBy !== undefined && definition.sorts.includes(asked.sortBy);
  const sortBy = isAllowed ? (asked.sortBy as string) : standard;
  const asks = isAllowed && (asked.direction === 'asc' || asked.direction === 'desc');
  const direction = asks ? (asked.direction as 'asc' | 'desc') : definition.direction;
  return sortBy === idName ? { [sortBy]: direction } : { [sortBy]: direction, [idName]: direction };
}
