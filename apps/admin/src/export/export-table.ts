import { In } from 'typeorm';
import { mayStaff } from '#domain';
import { type Language, messagesOf } from '#domain/i18n';
import type { CurrentStaff } from '../auth/current-staff.js';
import type { PanelColumn } from '../resource/panel-columns.js';
import { entityName, type ResourceDefinition } from '../resource/resource-definition.js';
import type { Row } from '../resource/list-query.js';
import type { SafeResource } from '../resource/safe-resource.js';
import { textOf } from '../resource/text-of.js';
import { viewValue } from '../resource/view-values.js';
import { RESOURCES } from '../resources/registry.js';

type Cell = string | number;

/** Rows of a resource as a person reads them: labels for enums, names for references, yuan and Beijing time. */
export class ExportTable {
  private readonly columns: readonly PanelColumn[];
  private readonly names = new Map<string, Map<string, string>>();

  constructor(
    private readonly resource: SafeResource,
    private readonly staff: CurrentStaff,
  ) {
    const { definition } = resource;
    const readable = resource
      .readableColumns(staff.role)
      .filter((name) => !definition.unseen?.includes(name));
    const order = [...definition.list, ...readable];
    this.columns = [...new Set(order)].flatMap((name) =>
      readable.includes(name) ? (resource.columns.get(name) ?? []) : [],
    );
  }

  heads(): string[] {
    const { field } = messagesOf(this.staff.language);
    const texts = field[entityName(this.resource.definition) as keyof typeof field];
    return this.columns.map(
      ({ name }) => (texts as Readonly<Record<string, string>>)[name] ?? name,
    );
  }

  /** The cells of a page of rows. */
  async cells(rows: readonly Row[]): Promise<Cell[][]> {
    for (const column of this.columns) await this.learnNames(column, rows);
    return rows.map((row) => this.columns.map((column) => this.cell(column, row[column.name])));
  }

  private cell(column: PanelColumn, value: unknown): Cell {
    if (column.kind === 'integer' || column.kind === 'decimal')
      return typeof value === 'number' ? value : '';
    const text = textOf(viewValue(column, value));
    const label = labelOf(this.resource.definition, column, this.staff.language, text);
    return label ?? this.names.get(column.reference ?? '')?.get(text) ?? text;
  }

  /** Titles of the records that a column points at, read once for each. */
  private async learnNames(column: PanelColumn, rows: readonly Row[]): Promise<void> {
    const target = RESOURCES.find((one) => entityName(one) === column.reference);
    if (!target || column.reference === undefined || !mayStaff(this.staff.role, target.read))
      return;
    if (target.restricted?.[target.title] !== undefined) return;
    const known = this.names.get(column.reference) ?? new Map<string, string>();
    this.names.set(column.reference, known);
    const ids = new Set(rows.map((row) => textOf(row[column.name])));
    const unknown = [...ids].filter((id) => id !== '' && !known.has(id));
    if (unknown.length === 0) return;
    const repository = target.entity.getRepository();
    const key = repository.metadata.primaryColumns[0]?.propertyName ?? 'id';
    for (const record of await repository.findBy({ [key]: In(unknown) })) {
      const values = record as unknown as Row;
      known.set(textOf(values[key]), textOf(values[target.title]));
    }
  }
}

function labelOf(
  definition: ResourceDefinition,
  { name, kind }: PanelColumn,
  language: Language,
  value: string,
): string | undefined {
  const messages = messagesOf(language);
  if (kind === 'boolean')
    return { true: messages.page.common.yes, false: messages.page.common.no }[value];
  const list = definition.enums?.[name];
  if (list === undefined) return undefined;
  return (messages.enum as Readonly<Record<string, Readonly<Record<string, string>>>>)[list]?.[
    value
  ];
}
