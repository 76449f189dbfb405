import { Resource } from '@adminjs/typeorm';
import { Logger } from '@nestjs/common';
import type { ActionContext, BaseRecord, Filter } from 'adminjs';
import { type BaseEntity, In, type Repository } from 'typeorm';
import { DomainError, mayStaff, type StaffRole } from '#domain';
import { NUMBER_FILTER, orderOf, type Row, valuesOf, type Where, whereOf } from './list-query.js';
import { BigTable, hasWindow } from './big-table.js';
import { type PanelColumn, panelColumns } from './panel-columns.js';
import type { Value } from '../components/views.js';
import { RecordWriter } from './record-writer.js';
import { entityName, type PanelStaff, type ResourceDefinition } from './resource-definition.js';
import { SafeProperty } from './safe-property.js';
import { SafeRecord } from './safe-record.js';
import { toValidationError } from './save-errors.js';
import { isRecordId, isUuid } from './field-values.js';
import { textOf } from './text-of.js';
import { viewValue } from './view-values.js';

export const PAGE_ROWS_MAX = 100;
/** Lists count no further: an exact number of millions of rows would cost more than it tells. */
export const COUNT_MAX = 10_000;

interface FindParams {
  limit?: number;
  offset?: number;
  sort?: { sortBy?: string; direction?: 'asc' | 'desc' };
}

/**
 * The library's resource with its holes closed: no secret column is known to it, only named columns are filtered, sorted and
 * written, rows are written under a lock and a version, with their audit entry, and every error reaches the form.
 */
export class SafeResource extends Resource {
  readonly columns: ReadonlyMap<string, PanelColumn>;
  private readonly safeProperties: ReadonlyMap<string, SafeProperty>;
  private readonly writer: RecordWriter;
  private readonly bigTable: BigTable | undefined;
  private readonly log = new Logger('panel');

  constructor(readonly definition: ResourceDefinition) {
    super(definition.entity);
    const columns = panelColumns(definition.entity);
    this.columns = new Map(columns.map((column) => [column.name, column]));
    this.safeProperties = new Map(
      columns.map((column) => [
        column.name,
        new SafeProperty(column, definition.sorts.includes(column.name), definition.title),
      ]),
    );
    this.writer = new RecordWriter(definition, this.columns);
    const { metadata } = this.repository();
    this.bigTable = hasWindow(definition, metadata) ? new BigTable(this.repository()) : undefined;
  }

  static override isAdapterFor(raw: unknown): boolean {
    return typeof raw === 'object' && raw !== null && 'entity' in raw && 'group' in raw;
  }

  override properties(): ReturnType<Resource['properties']> {
    return [...this.safeProperties.values()] as unknown as ReturnType<Resource['properties']>;
  }

  override property(path: string): ReturnType<Resource['property']> {
    return this.safeProperties.get(path) as unknown as ReturnType<Resource['property']>;
  }

  /** The columns that this role may read. */
  readableColumns(role: StaffRole): string[] {
    const { restricted = {} } = this.definition;
    return [...this.columns.keys()].filter((name) => {
      const permission = restricted[name];
      return permission === undefined || mayStaff(role, permission);
    });
  }

  override async count(filter: Filter, context?: ActionContext): Promise<number> {
    const where = await this.narrowed(filter, context);
    if (!where) return 0;
    const counted = await this.repository()
      .createQueryBuilder('row')
      .select(`row.${this.idName()}`)
      .where(where)
      .limit(COUNT_MAX + 1)
      .getRawMany();
    return counted.length;
  }

  override async find(
    filter: Filter,
    params: FindParams,
    context?: ActionContext,
  ): Promise<BaseRecord[]> {
    const where = await this.narrowed(filter, context);
    if (!where) return [];
    const rows = await this.repository().find({
      where,
      order: orderOf(this.definition, this.idName(), params.sort),
      take: Math.min(Math.max(Number(params.limit) || 10, 1), PAGE_ROWS_MAX),
      skip: Math.min(Math.max(Number(params.offset) || 0, 0), COUNT_MAX),
    });
    return rows.map((row) => this.record(row));
  }

  /** All rows that the list would show to this person, a page at a time, in the order of their keys. */
  async *pages(
    filter: Filter,
    context: ActionContext,
    pageRows: number,
  ): AsyncGenerator<readonly Row[]> {
    const where = await this.whereOf(filter, context);
    if (!where) return;
    const key = this.idName();
    for (let last: unknown; ;) {
      const query = this.repository().createQueryBuilder('row').where(where).limit(pageRows);
      if (last !== undefined) query.andWhere(`row.${key} > :last`, { last });
      const rows = (await query.orderBy(`row.${key}`).getMany()) as unknown as Row[];
      if (rows.length === 0) return;
      yield rows;
      last = rows.at(-1)?.[key];
    }
  }

  override async findOne(key: string | number): Promise<BaseRecord | null> {
    const id = String(key);
    if (!this.isKey(id)) return null;
    const row = await this.repository().findOneBy({ [this.idName()]: id });
    return row ? this.record(row) : null;
  }

  override async findMany(ids: (string | number)[]): Promise<BaseRecord[]> {
    const keys = ids
      .map(String)
      .filter((id) => this.isKey(id))
      .slice(0, PAGE_ROWS_MAX);
    if (keys.length === 0) return [];
    const rows = await this.repository().findBy({ [this.idName()]: In(keys) });
    return rows.map((row) => this.record(row));
  }

  override build(params: Record<string, unknown>): BaseRecord {
    return new SafeRecord(params as never, this);
  }

  override async create(params: Record<string, unknown>, context?: ActionContext): Promise<Row> {
    return this.save(context, (staff) => this.writer.create(params, staff));
  }

  override async update(
    id: string | number,
    params: Record<string, unknown> = {},
    context?: ActionContext,
  ): Promise<Row> {
    return this.save(context, (staff) => this.writer.update(String(id), params, staff));
  }

  /** What has history is retired, suspended or disabled, never deleted. */
  override delete(): Promise<void> {
    return Promise.reject(new DomainError('staff.forbidden'));
  }

  private async save(
    context: ActionContext | undefined,
    write: (staff: PanelStaff) => Promise<Row>,
  ): Promise<Row> {
    const staff = staffOf(context);
    try {
      return this.view(await write(staff));
    } catch (error) {
      throw toValidationError(error, staff, (bug) =>
        this.log.error(`${staff.requestId} ${entityName(this.definition)}: ${String(bug)}`),
      );
    }
  }

  private async narrowed(filter: Filter, context: ActionContext | undefined): Promise<Where> {
    const where = await this.whereOf(filter, context);
    return where && this.bigTable ? this.bigTable.narrowed(where) : where;
  }

  private async whereOf(filter: Filter, context: ActionContext | undefined): Promise<Where> {
    const values = Object.fromEntries(
      Object.values(filter.filters).map(({ path, value }) => [path, value]),
    );
    const { role } = staffOf(context);
    const readable = new Set([...this.readableColumns(role), NUMBER_FILTER]);
    if (Object.keys(values).some((name) => !readable.has(name)))
      throw new DomainError('staff.forbidden');
    const where = whereOf(this.definition, this.columns, values);
    const number = values[NUMBER_FILTER];
    if (!where || number === undefined || !this.definition.numbers) return where;
    return this.withNumber(where, textOf(number), readable);
  }

  /** Compares column by column, so that each comparison can use its index; the first that finds something decides. */
  private async withNumber(
    where: NonNullable<Where>,
    number: string,
    readable: ReadonlySet<string>,
  ): Promise<Where> {
    const asked = In([number, ...valuesOf(number)]);
    for (const name of this.definition.numbers?.flat() ?? []) {
      const found = readable.has(name) && (await this.repository().existsBy({ [name]: asked }));
      if (found) return { ...where, [name]: asked };
    }
    return undefined;
  }

  private record(row: BaseEntity): SafeRecord {
    return new SafeRecord(this.view(row as unknown as Row) as never, this);
  }

  private view(row: Row): Record<string, Value> {
    const columns = [...this.columns.values()].filter((column) => column.name in row);
    return Object.fromEntries(
      columns.map((column) => [column.name, viewValue(column, row[column.name])]),
    );
  }

  private isKey(id: string): boolean {
    const kind = this.columns.get(this.idName())?.kind;
    return kind === 'uuid' ? isUuid(id) : isRecordId(id);
  }

  private repository(): Repository<BaseEntity> {
    return this.definition.entity.getRepository();
  }
}

export function staffOf(context: ActionContext | undefined): PanelStaff {
  const staff = context?.currentAdmin;
  if (!staff) throw new DomainError('auth.refused');
  return staff as unknown as PanelStaff;
}
