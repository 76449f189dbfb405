import type { BaseEntity, EntityManager, QueryRunner } from 'typeorm';
import type pg from 'pg';
import { DomainError } from '#domain';
import { writeAudit } from '#domain/stores';
import { parseField } from './field-values.js';
import type { Row } from './list-query.js';
import type { PanelColumn } from './panel-columns.js';
import {
  entityName,
  type FieldFaults,
  type FieldValues,
  type PanelStaff,
  type ResourceDefinition,
  type WriteRules,
} from './resource-definition.js';
import { FaultyFields, StaleRecord } from './save-errors.js';
import { textOf } from './text-of.js';
import { viewValue } from './view-values.js';

/** Writes one record with its audit entry in one transaction. */
export class RecordWriter {
  constructor(
    private readonly definition: ResourceDefinition,
    private readonly columns: ReadonlyMap<string, PanelColumn>,
  ) {}

  async create(sent: FieldValues, staff: PanelStaff): Promise<Row> {
    const rules = this.rules();
    const values = await this.read(rules, rules.create ?? [], sent, { staff, recordId: undefined });
    const { entity } = this.definition;
    return entity.getRepository().manager.transaction(async (manager) => {
      const draft = entity.getRepository().create(withoutNulls(values));
      // Read back: what the database fills in belongs to the record, too.
      const saved = await manager.save(draft);
      const row = await this.findLocked(manager, (saved as unknown as { id: string }).id);
      await rules.afterCreate?.(runnerOf(manager), row as unknown as FieldValues, staff);
      const made = row as unknown as Row;
      await this.audit(manager, staff, {
        action: 'create',
        row: made,
        before: null,
        after: values,
      });
      return made;
    });
  }

  async update(id: string, sent: FieldValues, staff: PanelStaff): Promise<Row> {
    const rules = this.rules();
    const values = await this.read(rules, rules.edit ?? [], sent, { staff, recordId: id });
    return this.definition.entity.getRepository().manager.transaction(async (manager) => {
      const row = await this.findLocked(manager, id);
      const before = row as unknown as Row;
      if (String(before['version']) !== String(sent['version'])) throw new StaleRecord();
      const changed = Object.entries(values).filter(
        ([name, value]) => !isSame(before[name], value),
      );
      if (changed.length === 0) return before;
      const old = Object.fromEntries(changed.map(([name]) => [name, before[name]]));
      Object.assign(row, Object.fromEntries(changed));
      await manager.save(row);
      const after = Object.fromEntries(changed);
      await rules.afterEdit?.(runnerOf(manager), { recordId: id, changed: after }, staff);
      await this.audit(manager, staff, { action: 'edit', row: before, before: old, after });
      return before;
    });
  }

  private rules(): WriteRules {
    const { write } = this.definition;
    if (!write) throw new DomainError('staff.forbidden');
    return write;
  }

  private async findLocked(manager: EntityManager, id: string): Promise<BaseEntity> {
    const row = await manager.findOne(this.definition.entity, {
      where: { id } as never,
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new StaleRecord();
    return row;
  }

  private async read(
    rules: WriteRules,
    allowed: readonly string[],
    sent: FieldValues,
    context: { readonly staff: PanelStaff; readonly recordId: string | undefined },
  ): Promise<FieldValues> {
    const values: FieldValues = {};
    const faults: FieldFaults = {};
    for (const name of allowed) {
      const column = this.columns.get(name);
      if (!column) throw new Error(`${entityName(this.definition)} has no column ${name}`);
      if (isLeftToDatabase(column, sent[name], context.recordId === undefined)) continue;
      const parsed = parseField(column, sent[name], !column.isNullable);
      if ('fault' in parsed) faults[name] = parsed.fault;
      else values[name] = parsed.value;
    }
    for (const { name } of rules.extra ?? []) values[name] = sent[name] ?? '';
    const broken = { ...rules.check?.(values, context), ...faults };
    if (Object.keys(broken).length > 0) throw new FaultyFields(broken);
    return rules.prepare ? rules.prepare(values) : values;
  }

  private async audit(
    manager: EntityManager,
    staff: PanelStaff,
    change: {
      readonly action: string;
      readonly row: Row;
      readonly before: FieldValues | null;
      readonly after: FieldValues;
    },
  ): Promise<void> {
    await writeAudit(await clientOf(manager), {
      staffEmail: staff.email,
      action: change.action,
      resource: entityName(this.definition),
      recordId: textOf(change.row['id']),
      before: change.before && this.shown(change.before),
      after: this.shown(change.after),
      requestId: staff.requestId,
      address: staff.address,
    });
  }

  /** Names that are no columns of the panel, such as the hash of a password, are only said to have changed. */
  private shown(values: FieldValues): FieldValues {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const column = this.columns.get(name);
        return [name, column ? viewValue(column, value) : '•••'];
      }),
    );
  }
}

export function runnerOf(manager: EntityManager): QueryRunner {
  if (!manager.queryRunner) throw new Error('no transaction is open');
  return manager.queryRunner;
}

/** The plain connection of the open transaction, for scripts that write SQL. */
export async function clientOf(manager: EntityManager): Promise<pg.PoolClient> {
  return (await runnerOf(manager).connect()) as pg.PoolClient;
}

/** A field that a form leaves out, or leaves empty in a new record, is what the database makes of it. */
function isLeftToDatabase(column: PanelColumn, sent: unknown, isNew: boolean): boolean {
  if (!isNew) return sent === undefined;
  if (sent === undefined) return column.hasDefault || column.isNullable;
  return column.hasDefault && (sent === '' || sent === null);
}

const withoutNulls = (values: FieldValues): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

function isSame(before: unknown, after: unknown): boolean {
  if (before instanceof Date && after instanceof Date) return before.getTime() === after.getTime();
  return JSON.stringify(before) === JSON.stringify(after);
}
