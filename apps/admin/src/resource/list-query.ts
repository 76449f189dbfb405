import {
  Between,
  Equal,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
  ILike,
  LessThan,
  MoreThanOrEqual,
} from 'typeorm';
import { DAY_MS, DomainError, parseYuan } from '#domain';
import { isRecordId, isUuid } from './field-values.js';
import type { PanelColumn } from './panel-columns.js';
import type { ResourceDefinition } from './resource-definition.js';
import { parseShanghaiTime } from './shanghai-time.js';

export type Row = Record<string, unknown>;
/** Undefined where nothing can match, for example a word where a number belongs. */
export type Where = FindOptionsWhere<Row> | undefined;
type Condition = FindOperator<unknown> | undefined;
interface Range {
  readonly from?: string;
  readonly to?: string;
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

function conditionOf(column: PanelColumn, value: unknown, isExact: boolean): Condition {
  if (typeof value === 'object' && value !== null) return rangeOf(column, value as Range);
  const text = String(value).trim();
  switch (column.kind) {
    case 'uuid':
      return isUuid(text) ? Equal(text) : undefined;
    case 'record-id':
      return isRecordId(text) ? Equal(text) : undefined;
    case 'enum':
      return column.values?.includes(text) ? Equal(text) : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? Equal(text === 'true') : undefined;
    case 'integer':
      return /^-?\d{1,9}$/.test(text) ? Equal(Number(text)) : undefined;
    case 'money':
      return equalOrNothing(parseYuan(text));
    case 'instant':
    case 'day':
      return rangeOf(column, { from: text, to: text });
    case 'text':
      return isExact ? Equal(text) : ILike(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
    default:
      return undefined;
  }
}

const equalOrNothing = (value: unknown): Condition =>
  value === undefined ? undefined : Equal(value);

function rangeOf(column: PanelColumn, { from, to }: Range): Condition {
  if (column.kind === 'instant') {
    const begin = from ? parseShanghaiTime(from.slice(0, 10)) : undefined;
    const last = to ? parseShanghaiTime(to.slice(0, 10)) : undefined;
    const end = last && new Date(last.getTime() + DAY_MS);
    if (begin && end) return Between(begin, new Date(end.getTime() - 1));
    return begin ? MoreThanOrEqual(begin) : end && LessThan(end);
  }
  if (column.kind === 'day') {
    const isDay = (text: string | undefined): text is string =>
      /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');
    if (isDay(from) && isDay(to)) return Between(from, to);
    return isDay(from) ? MoreThanOrEqual(from) : undefined;
  }
  return undefined;
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
