import {
  Between,
  Equal,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
  ILike,
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
    const condition = conditionOf(column, value, isBig(columns));
    if (!condition) return undefined;
    where[name] = condition;
  }
  return where;
}

/** Whatever a list filters by, and the name by which other records find this one. */
const isFilter = (definition: ResourceDefinition, name: string): boolean =>
  definition.filters.includes(name) || definition.title === name;

/** Tables with numbered rows grow without end: there only exact comparisons can use an index. */
const isBig = (columns: ReadonlyMap<string, PanelColumn>): boolean =>
  !columns.has('updatedAt') || columns.has('orderNo');

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
  enum: when((text, { values }) => values?.includes(text) ?? false, asText),
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
  return isExact ? Equal(text) : ILike(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
}

function rangeOf(column: PanelColumn, { from, to }: Range): Condition {
  if (column.kind === 'instant') return instantRange(textOf(from), textOf(to));
  return column.kind === 'day' ? dayRange(textOf(from), textOf(to)) : undefined;
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
