import { type Language, messagesOf } from '#domain/i18n';
import type { HistoryChange } from '../components/find-views.js';
import { entityName } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { RESOURCES } from '../resources/registry.js';

type Words = Readonly<Record<string, string | undefined>>;
type Values = Readonly<Record<string, unknown>> | null;

/** What an audit entry says has changed, in the reader's words: name, before and after. */
export function changesOf(
  language: Language,
  entity: string,
  { before, after }: { readonly before: Values; readonly after: Values },
): readonly HistoryChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({
    name: nameOf(language, entity, name),
    before: wordOf({ language, entity, name }, before?.[name]),
    after: wordOf({ language, entity, name }, after?.[name]),
  }));
}

function nameOf(language: Language, entity: string, name: string): string {
  const { page, field } = messagesOf(language);
  const fields = field[entity as keyof typeof field] as Words | undefined;
  return (page.detail as Words)[name] ?? fields?.[name] ?? name;
}

function wordOf(
  field: { readonly language: Language; readonly entity: string; readonly name: string },
  value: unknown,
): string {
  if (value === null || value === undefined || value === '') return '';
  if (field.name.endsWith('Hao') && typeof value === 'number') return shownAmount(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const definition = RESOURCES.find((one) => entityName(one) === field.entity);
  const list = definition?.enums?.[field.name];
  if (list === undefined) return text;
  const enums = messagesOf(field.language).enum as Readonly<Record<string, Words>>;
  return enums[list]?.[text] ?? text;
}
