import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** What a column holds, as far as forms, lists and filters care. */
export type ColumnKind =
  | 'money'
  | 'instant'
  | 'day'
  | 'enum'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'record-id'
  | 'uuid'
  | 'lines'
  | 'numbers'
  | 'json'
  | 'text';

const KIND_OF_TYPE: Readonly<Record<string, ColumnKind>> = {
  timestamptz: 'instant',
  date: 'day',
  boolean: 'boolean',
  int: 'integer',
  integer: 'integer',
  float8: 'decimal',
  bigint: 'record-id',
  uuid: 'uuid',
  jsonb: 'json',
  varchar: 'text',
  text: 'text',
};

/** Secrets and bytes are no columns for the panel: they are not loaded, so they cannot leak. */
export function isHidden(column: ColumnMetadata): boolean {
  return !column.isSelect || column.type === 'bytea' || column.isVirtual;
}

export function columnKind(column: ColumnMetadata): ColumnKind {
  if (column.isArray) return column.type === 'text' ? 'lines' : 'numbers';
  if (column.enum) return 'enum';
  if (column.isCreateDate || column.isUpdateDate) return 'instant';
  if (column.isVersion || column.type === Number) return 'integer';
  const type = String(column.type);
  if (type === 'bigint' && column.transformer) return 'money';
  const kind = KIND_OF_TYPE[type];
  if (!kind) throw new Error(`the panel knows no column of type ${type} (${column.propertyPath})`);
  return kind;
}
