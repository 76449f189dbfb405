import type { Action, ActionResponse } from 'adminjs';
import { mayStaff, type Permission, ROLE_PERMISSIONS } from '#domain';
import type { CurrentStaff } from '../auth/current-staff.js';
import { WITH_VERBS } from '../components/places.js';
import { entityName, type ResourceDefinition } from '../resource/resource-definition.js';

export type BuiltIn = 'list' | 'search' | 'show' | 'new' | 'edit' | 'delete' | 'bulkDelete';
const BUILT_IN: readonly BuiltIn[] = [
  'list',
  'search',
  'show',
  'new',
  'edit',
  'delete',
  'bulkDelete',
];

/** The permission that a built-in action of this resource asks for; undefined where nobody may. */
export function permissionOf(
  definition: ResourceDefinition,
  action: string,
): Permission | undefined {
  const { read, write } = definition;
  switch (action) {
    case 'list':
    case 'search':
    case 'show':
      return read;
    case 'new':
      return write?.create ? write.permission : undefined;
    case 'edit':
      return write?.edit ? write.permission : undefined;
    default:
      return undefined;
  }
}

/** Whether a call with this method may reach the action: reading reads, and only a POST changes. */
export function isMethodAllowed(action: string, method: string): boolean {
  if (action === 'new') return method === 'POST';
  if (action === 'edit') return method === 'GET' || method === 'POST';
  return method === 'GET';
}

/** Chosen records are worked on by our own panel above the list. */
const FOR_MANY = 'forMany';
const MANY_AT_ONCE: readonly string[] = [...WITH_VERBS, 'Order'];
const isAmong = (names: readonly string[], name: string): boolean => names.includes(name);
const mayChange = ({ currentAdmin }: ActionContext): boolean =>
  currentAdmin !== undefined &&
  ROLE_PERMISSIONS[(currentAdmin as CurrentStaff).role].some((one) => !one.endsWith('.read'));

type LibraryAction = Partial<Action<ActionResponse>>;

/** Default deny: each action answers at once, never with a promise, which the library would take for a yes. */
export function secureActions(definition: ResourceDefinition): Record<string, LibraryAction> {
  const actions: Record<string, LibraryAction> = {};
  for (const name of BUILT_IN) {
    const isAllowed = mayUse(permissionOf(definition, name));
    const isShown = name === 'search' ? false : shownWhere(definition, name, isAllowed);
    actions[name] = { isAccessible: isAllowed, isVisible: isShown } as LibraryAction;
  }
  const { list, show } = definition.components ?? {};
  if (list) actions['list'] = { ...actions['list'], component: list, showFilter: false };
  const ownHeader = show === undefined ? {} : { hideActionHeader: true };
  actions['show'] = { ...actions['show'], component: show ?? 'RecordPage', ...ownHeader };
  // Only that records can be chosen: the library's own call for many is answered by nobody.
  const mayDoToMany = isAmong(MANY_AT_ONCE, entityName(definition)) ? mayChange : () => false;
  actions[FOR_MANY] = {
    actionType: 'bulk',
    icon: 'List',
    isAccessible: mayDoToMany,
    isVisible: mayDoToMany,
    handler: () => Promise.reject(new Error('this action has no handler')),
  } as LibraryAction;
  for (const page of definition.pages ?? []) {
    const isAllowed = mayUse(page.permission);
    actions[page.name] = {
      actionType: 'resource',
      icon: page.icon,
      variant: 'primary',
      component: page.component,
      hideActionHeader: true,
      isAccessible: isAllowed,
      isVisible: isAllowed,
      handler: () => Promise.reject(new Error('this page has no handler')),
    } as LibraryAction;
  }
  return actions;
}

interface ActionContext {
  readonly currentAdmin?: unknown;
  readonly record?: { readonly params: Readonly<Record<string, unknown>> };
}

/** What is agreed is not edited any more: its page does not offer it. */
function shownWhere(
  { write }: ResourceDefinition,
  name: BuiltIn,
  isAllowed: (context: ActionContext) => boolean,
): (context: ActionContext) => boolean {
  if (name !== 'edit' || write?.onlyDrafts !== true) return isAllowed;
  return (context) =>
    isAllowed(context) &&
    (context.record === undefined || context.record.params['status'] === 'draft');
}

function mayUse(permission: Permission | undefined) {
  return ({ currentAdmin }: ActionContext): boolean =>
    permission !== undefined &&
    currentAdmin !== undefined &&
    mayStaff((currentAdmin as CurrentStaff).role, permission);
}
