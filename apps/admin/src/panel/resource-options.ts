import type { PropertyOptions, ResourceOptions } from 'adminjs';
import { LANGUAGES } from '#domain/i18n';
import { NUMBER_FILTER } from '../resource/list-query.js';
import { hasWindow, WINDOW_ROWS } from '../resource/big-table.js';
import { type PanelColumn, panelColumns } from '../resource/panel-columns.js';
import { entityName, type ResourceDefinition } from '../resource/resource-definition.js';
import { secureActions } from './actions.js';

/** What the library is told about a resource. It only shapes the page: the rules are enforced by `SafeResource` and the gate. */
export function resourceOptions(definition: ResourceDefinition): ResourceOptions {
  const columns = panelColumns(definition.entity);
  const { write } = definition;
  const names = columns
    .map((column) => column.name)
    .filter((name) => !definition.unseen?.includes(name));
  const facts = names.filter((name) => !MASTER_FACTS.includes(name));
  const fields = [...new Set([...(write?.create ?? []), ...(write?.edit ?? [])])];
  const extra = write?.extra?.map(({ name }) => name) ?? [];
  return {
    // The library hands on no field of ours here, so the fold travels with the name of the group.
    navigation: {
      name: `menu-${definition.group}${definition.isDetail ? DETAIL_MARK : ''}`,
      icon: MENU_ICONS[definition.group],
    },
    titleProperty: definition.title,
    sort: { sortBy: definition.sorts[0], direction: definition.direction },
    listProperties: [...definition.list],
    showProperties: [...facts, ...MASTER_FACTS.filter((name) => names.includes(name))],
    editProperties: [...fields, ...extra],
    filterProperties: [...definition.filters],
    actions: secureActions(definition) as NonNullable<ResourceOptions['actions']>,
    properties: {
      ...Object.fromEntries(
        columns.map((column) => [column.name, propertyOptions(definition, column)]),
      ),
      ...Object.fromEntries(extra.map((name) => [name, passwordOptions()])),
      ...(definition.numbers ? { [NUMBER_FILTER]: { type: 'string', isVisible: false } } : {}),
    },
  } as ResourceOptions;
}

/** Behind the name of a group: its folded part. `sidebar-resources.tsx` reads it. */
const DETAIL_MARK = '+';

/** What every record has and nobody looks for first. */
const MASTER_FACTS: readonly string[] = ['createdAt', 'updatedAt', 'version', 'id'];

const MENU_ICONS = {
  trade: 'ShoppingCart',
  service: 'MessageCircle',
  catalog: 'Tag',
  vault: 'Lock',
  supply: 'Truck',
  partner: 'Globe',
  money: 'Briefcase',
  compliance: 'Shield',
  system: 'Settings',
} as const;

const HINTS: Readonly<Record<string, string>> = {
  callbackHosts: 'hostsHint',
  callbackLadderSeconds: 'ladderHint',
  accountFields: 'accountFieldsHint',
  banWindows: 'banWindowsHint',
  fieldNames: 'fieldNamesHint',
  regions: 'regionsHint',
  supplyStrategy: 'strategyHint',
  maySellAtLoss: 'lossHint',
  bannedChannels: 'onePerLine',
  allowedAddresses: 'onePerLine',
  validTo: 'priceEndHint',
};

/** What was before and after, or what belongs to an event: named values. */
const CHANGES: readonly string[] = ['AuditEntry.before', 'AuditEntry.after', 'OrderEvent.detail'];

function propertyOptions(definition: ResourceDefinition, column: PanelColumn): PropertyOptions {
  const { write } = definition;
  const window = hasWindow(definition, definition.entity.getRepository().metadata)
    ? WINDOW_ROWS
    : null;
  const isFixed = write !== undefined && !(write.edit ?? []).includes(column.name);
  const hint = HINTS[column.name] ?? (column.kind === 'instant' ? 'timeFormat' : null);
  const isChange = CHANGES.includes(`${entityName(definition)}.${column.name}`);
  const hasLines = ['json', 'lines', 'numbers'].includes(column.kind);
  const show = hasLines ? { show: isChange ? 'ChangeText' : 'PlainText' } : {};
  return {
    isRequired: !column.isNullable && !column.hasDefault,
    components: { edit: 'FormField', filter: 'FilterField', ...show },
    custom: {
      kind: column.kind,
      entity: entityName(definition),
      hint,
      isFixed,
      length: column.length ?? null,
      standard: column.standard,
      window,
    },
    ...(column.name === 'language'
      ? { availableValues: LANGUAGES.map((value) => ({ value, label: value })) }
      : {}),
  } as PropertyOptions;
}

const passwordOptions = (): PropertyOptions =>
  ({
    type: 'password',
    isVisible: { list: false, show: false, filter: false, edit: true },
    components: { edit: 'FormField' },
    custom: { kind: 'password', hint: 'passwordKeep', isFixed: false, length: 200, standard: null },
  }) as unknown as PropertyOptions;
