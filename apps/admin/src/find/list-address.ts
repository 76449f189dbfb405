import { DomainError, mayStaff } from '#domain';
import { entityName, type PanelStaff } from '../resource/resource-definition.js';
import { RESOURCES } from '../resources/registry.js';

/** Filters and order of a list's address; a page number or a mark of the moment is not kept. */
export function filtersOfList(query: string): string {
  const kept = [...new URLSearchParams(query)].filter(
    ([name]) => name.startsWith('filters.') || name === 'sortBy' || name === 'direction',
  );
  return new URLSearchParams(kept).toString();
}

/** Throws where there is no such list, or where this person may not read it. */
export function requireReadable(staff: PanelStaff, resource: string): void {
  const definition = RESOURCES.find((one) => entityName(one) === resource);
  if (!definition) throw new DomainError('request.not-found');
  if (!mayStaff(staff.role, definition.read)) throw new DomainError('staff.forbidden');
}
