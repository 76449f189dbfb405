import {
  type ActionContext,
  BaseRecord,
  type BaseResource,
  type CurrentAdmin,
  type ParamsType,
  type RecordJSON,
} from 'adminjs';
import { mayStaff, type StaffRole } from '#domain';
import type { CurrentStaff } from '../auth/current-staff.js';
import type { ResourceDefinition } from './resource-definition.js';

/** What a record asks of the resource it belongs to. */
interface RecordSource extends BaseResource {
  readonly definition: ResourceDefinition;
  idName(): string;
  readableColumns(role: StaffRole): string[];
}

/** A record whose JSON holds what the reader may see and nothing else, also where it only stands beside another record. */
export class SafeRecord extends BaseRecord {
  declare resource: RecordSource;

  /** A form that names another record's id would otherwise change that one: the library merges what is sent before it asks whose it is. */
  override update(params: ParamsType, context?: ActionContext): Promise<BaseRecord> {
    const { [this.resource.idName()]: _foreign, ...rest } = params;
    return super.update(rest, context);
  }

  override toJSON(currentAdmin?: CurrentAdmin): RecordJSON {
    const staff = currentAdmin as unknown as CurrentStaff;
    const mayRead = mayStaff(staff.role, this.resource.definition.read);
    return {
      ...this.outline(currentAdmin, mayRead),
      params: mayRead ? this.readableParams(staff) : {},
      populated: mayRead ? this.neighbours(currentAdmin) : {},
    };
  }

  /** As much as a link to this record needs. */
  linkJSON(currentAdmin?: CurrentAdmin): RecordJSON {
    const staff = currentAdmin as unknown as CurrentStaff;
    return this.outline(currentAdmin, mayStaff(staff.role, this.resource.definition.read));
  }

  private outline(currentAdmin: CurrentAdmin | undefined, mayRead: boolean): RecordJSON {
    const decorated = this.resource.decorate();
    // A record that was refused as a new one has no id yet, and the form must see that.
    const id = String(this.id() ?? '');
    return {
      id,
      title: mayRead ? String(this.params[this.resource.definition.title] ?? id) : id,
      params: {},
      populated: {},
      baseError: this.baseError,
      errors: this.errors,
      recordActions: decorated
        .recordActions(this, currentAdmin)
        .map((action) => action.toJSON(currentAdmin)),
      bulkActions: decorated
        .bulkActions(this, currentAdmin)
        .map((action) => action.toJSON(currentAdmin)),
    };
  }

  private readableParams(staff: CurrentStaff): Record<string, unknown> {
    const names = this.resource.readableColumns(staff.role);
    return Object.fromEntries(
      names.filter((name) => name in this.params).map((name) => [name, this.params[name]]),
    );
  }

  private neighbours(currentAdmin: CurrentAdmin | undefined): Record<string, RecordJSON> {
    const links = Object.entries(this.populated).filter(
      ([, record]) => record instanceof SafeRecord,
    );
    return Object.fromEntries(
      links.map(([name, record]) => [name, (record as SafeRecord).linkJSON(currentAdmin)]),
    );
  }
}
