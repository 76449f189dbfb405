import type { BaseEntity } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { columnKind, isHidden, type ColumnKind } from './column-kind.js';

export type EntityClass = typeof BaseEntity & (new () => BaseEntity);

/** A column that the panel may know of. */
export interface PanelColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** What the database fills in, where that is a plain value. */
  readonly standard: string | boolean | null;
  readonly isPrimary: boolean;
  readonly length: number | undefined;
  readonly values: readonly string[] | undefined;
  /** The entity that the column points at. */
  readonly reference: string | undefined;
  readonly position: number;
}

/** The columns of an entity without those that are secret. An entity with a key of several columns is refused. */
export function panelColumns(entity: EntityClass): readonly PanelColumn[] {
  const { metadata } = entity.getRepository();
  if (metadata.primaryColumns.length !== 1)
    throw new Error(
      `${metadata.name} has a key of several columns; the panel would change the wrong row`,
    );
  return metadata.columns.filter((column) => !isHidden(column)).map(toPanelColumn);
}

function toPanelColumn(column: ColumnMetadata, position: number): PanelColumn {
  return {
    name: column.propertyPath,
    kind: columnKind(column),
    isNullable: column.isNullable,
    hasDefault: column.default !== undefined,
    standard: standardOf(column.default),
    isPrimary: column.isPrimary,
    length: column.length === '' ? undefined : Number(column.length),
    values: column.enum?.map(String),
    reference: column.referencedColumn?.entityMetadata.name,
    position,
  };
}

function standardOf(value: unknown): string | boolean | null {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
