import type { QueryRunner } from 'typeorm';
import type { Permission } from '#domain';
import type { CurrentStaff } from '../auth/current-staff.js';
import type { EntityClass } from './panel-columns.js';

export type MenuGroup =
  | 'trade'
  | 'service'
  | 'catalog'
  | 'vault'
  | 'supply'
  | 'partner'
  | 'money'
  | 'compliance'
  | 'system';

/** Who is at work, with what every change must be written down with. */
export interface PanelStaff extends CurrentStaff {
  readonly requestId: string;
  readonly address: string | null;
  readonly sessionId: string;
}

/** What a form sent, after whitelist and conversion. */
export type FieldValues = Record<string, unknown>;
/** Faults by field: a key of `notice` with its parameters. */
export interface FieldFault {
  readonly notice: string;
  readonly params?: Readonly<Record<string, string | number>>;
}
export type FieldFaults = Record<string, FieldFault>;

/** A field of the form that no column holds, such as a password. */
export interface ExtraField {
  readonly name: string;
  readonly type: 'password';
}

export interface WriteRules {
  readonly permission: Permission;
  /** Only these columns are taken from a form; everything else that is sent is left out. */
  readonly create: readonly string[] | null;
  readonly edit: readonly string[] | null;
  /** Only drafts are offered for editing; `afterEdit` enforces it. */
  readonly onlyDrafts?: true;
  readonly extra?: readonly ExtraField[];
  /** Rules over several fields; returns faults by field. */
  readonly check?: (
    values: FieldValues,
    context: { readonly staff: PanelStaff; readonly recordId: string | undefined },
  ) => FieldFaults;
  /** Turns extra fields into columns, for example a password into its hash. */
  readonly prepare?: (values: FieldValues) => Promise<FieldValues>;
  /** What else a new record needs, in its transaction. */
  readonly afterCreate?: (
    runner: QueryRunner,
    record: FieldValues,
    staff: PanelStaff,
  ) => Promise<void>;
  /** What else follows from a change, in its transaction. */
  readonly afterEdit?: (
    runner: QueryRunner,
    edit: { readonly recordId: string; readonly changed: FieldValues },
    staff: PanelStaff,
  ) => Promise<void>;
}

/** How one entity appears in the panel. What is not named here is refused. */
export interface ResourceDefinition {
  readonly entity: EntityClass;
  readonly group: MenuGroup;
  /** Mostly looked at from the page of what it belongs to: in the menu it stands behind a fold. */
  readonly isDetail?: true;
  readonly icon: string;
  readonly read: Permission;
  /** The column that names a record. */
  readonly title: string;
  readonly list: readonly string[];
  /** Columns that its page leaves out. */
  readonly unseen?: readonly string[];
  readonly filters: readonly string[];
  /** Columns that have an index or whose table stays small. The first is the order of the list. */
  readonly sorts: readonly [string, ...string[]];
  readonly direction: 'asc' | 'desc';
  /** Columns that need another permission than reading the record. */
  readonly restricted?: Readonly<Record<string, Permission>>;
  readonly write?: WriteRules;
  /** Finds by any number: the columns to compare exactly, the first group that has a match wins. */
  readonly numbers?: readonly (readonly string[])[];
  /** A page of our own in place of the library's. */
  readonly components?: { readonly list?: string; readonly show?: string };
  /** Actions with a page of their own, for example the import of cards. */
  readonly pages?: readonly {
    readonly name: string;
    readonly permission: Permission;
    readonly component: string;
    readonly icon: string;
  }[];
  /** Columns whose labels come from an enum list of another name than the column's own values. */
  readonly enums?: Readonly<Record<string, string>>;
}

export const entityName = (definition: ResourceDefinition): string => definition.entity.name;
