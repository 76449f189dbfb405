import { type FindOptionsWhere, ILike, type BaseEntity } from 'typeorm';
import { mayStaff, type StaffRole } from '#domain';
import type { FoundGroup, FoundRecord } from '../components/find-views.js';
import { isBigTable } from '../resource/list-query.js';
import { isUuid } from '../resource/field-values.js';
import { type PanelColumn, panelColumns } from '../resource/panel-columns.js';
import { entityName, type ResourceDefinition } from '../resource/resource-definition.js';
import { textOf } from '../resource/text-of.js';
import { viewValue } from '../resource/view-values.js';

/** More of one kind are better looked at in their list. */
const HITS_MAX = 5;
/** What a record of a small table is called by. */
const NAMES: readonly string[] = ['code', 'name', 'email'];

/**
 * The records of one resource that this role may read and that bear this number or name. Tables that grow without end are only
 * asked for whole values that an index answers; small ones also for parts of names.
 */
export async function findRecords(
  definition: ResourceDefinition,
  text: string,
  role: StaffRole,
): Promise<FoundGroup | undefined> {
  if (!mayStaff(role, definition.read)) return undefined;
  const columns = panelColumns(definition.entity).filter(({ name }) => {
    const permission = definition.restricted?.[name];
    return permission === undefined || mayStaff(role, permission);
  });
  const wheres = conditions(definition, columns, text);
  if (wheres.length === 0) return undefined;
  const rows = await rowsOf(definition, wheres);
  if (rows.length === 0) return undefined;
  return {
    entity: entityName(definition),
    hits: rows.map((row) => foundRecord(definition, columns, row)),
  };
}

type Condition = FindOptionsWhere<BaseEntity>;

/** One query for each, so that each can use its index. */
async function rowsOf(
  definition: ResourceDefinition,
  wheres: readonly Condition[],
): Promise<BaseEntity[]> {
  const repository = definition.entity.getRepository();
  const found = new Map<unknown, BaseEntity>();
  for (const where of wheres)
    for (const row of await repository.find({ where, take: HITS_MAX }))
      found.set(repository.getId(row), row);
  return [...found.values()].slice(0, HITS_MAX);
}

function conditions(
  definition: ResourceDefinition,
  columns: readonly PanelColumn[],
  text: string,
): readonly Condition[] {
  const key = columns.find((column) => column.isPrimary);
  if (isUuid(text)) return key?.kind === 'uuid' ? [{ [key.name]: text } as Condition] : [];
  const names = new Map(columns.map((column) => [column.name, column]));
  const isBig = definition.numbers !== undefined || isBigTable(names);
  const asked = isBig
    ? [...(definition.numbers?.flat() ?? []), ...(isIndexed(definition) ? [definition.title] : [])]
    : [definition.title, ...NAMES];
  return [...new Set(asked)]
    .filter((name) => names.get(name)?.kind === 'text')
    .map((name) => ({ [name]: isBig ? text : ILike(`%${escaped(text)}%`) }) as Condition);
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Whether an index begins with the column that names a record. */
function isIndexed({ entity, title }: ResourceDefinition): boolean {
  const { metadata } = entity.getRepository();
  return [...metadata.indices, ...metadata.uniques].some(
    ({ columns }) => columns[0]?.propertyPath === title,
  );
}

/** Its name, and what tells it from others: the first other words of its list. */
function foundRecord(
  definition: ResourceDefinition,
  columns: readonly PanelColumn[],
  row: BaseEntity,
): FoundRecord {
  const values = row as unknown as Readonly<Record<string, unknown>>;
  const shown = (column: PanelColumn): string => textOf(viewValue(column, values[column.name]));
  const inList = definition.list.flatMap((name) => columns.find((one) => one.name === name) ?? []);
  const title = columns.find(({ name }) => name === definition.title);
  const hints = inList.filter(({ kind, name }) => kind === 'text' && name !== definition.title);
  const status = inList.find(({ name, kind }) => name === 'status' && kind === 'enum');
  return {
    id: String(definition.entity.getRepository().getId(row)),
    title: title ? shown(title) : '',
    hint: hints
      .map(shown)
      .filter((value) => value !== '')
      .slice(0, 2)
      .join(' · '),
    status: status ? shown(status) : null,
  };
}
