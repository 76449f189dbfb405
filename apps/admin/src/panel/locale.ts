import type { Locale } from 'adminjs';
import { type Language, messagesOf } from '#domain/i18n';
import { panelColumns } from '../resource/panel-columns.js';
import { entityName, type ResourceDefinition } from '../resource/resource-definition.js';
import { RESOURCES } from '../resources/registry.js';
import { LIBRARY_TEXTS } from './library-texts.js';

type Texts = Record<string, unknown>;

/** Our texts in the form the library reads; a staff member's page carries only their own language. */
export function panelLocale(language: Language): Locale {
  const messages = messagesOf(language);
  const own = doubledBraces({
    error: messages.error,
    enum: messages.enum,
    field: messages.field,
    entity: messages.entity,
    action: messages.action,
    notice: messages.notice,
    page: messages.page,
  });
  const library = LIBRARY_TEXTS[language];
  const translations = {
    ...library,
    ...own,
    labels: { ...library.labels, ...messages.entity, ...menuLabels(language) },
    actions: { ...library.actions, ...messages.action },
    resources: Object.fromEntries(
      RESOURCES.map((one) => [entityName(one), resourceTexts(one, language)]),
    ),
  };
  return {
    language,
    availableLanguages: [language],
    translations: { [language]: translations },
  } as Locale;
}

/** Groups of the menu are named by their keys, so that the same page state serves both languages. */
function menuLabels(language: Language): Texts {
  const { menu } = messagesOf(language);
  return Object.fromEntries(Object.entries(menu).map(([group, text]) => [`menu-${group}`, text]));
}

function resourceTexts(definition: ResourceDefinition, language: Language): Texts {
  const messages = messagesOf(language);
  const name = entityName(definition) as keyof typeof messages.field;
  const enums = messages.enum as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const { yes, no } = messages.page.common;
  const yesNo = Object.fromEntries(
    panelColumns(definition.entity)
      .filter(({ kind }) => kind === 'boolean')
      .map((column) => [column.name, { true: yes, false: no }]),
  );
  const labels = Object.entries({ language: 'language', ...definition.enums }).map(
    ([property, list]) => [property, enums[list]],
  );
  return {
    properties: messages.field[name],
    actions: { list: messages.entity[name] },
    labels: { ...yesNo, ...(Object.fromEntries(labels) as Texts) },
  };
}

/** Our parameters stand in one pair of braces, the library's in two. */
function doubledBraces(texts: Texts): Texts {
  return JSON.parse(JSON.stringify(texts).replace(/\{(\w+)\}/g, '{{$1}}')) as Texts;
}
