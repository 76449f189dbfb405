import type { ErrorCode, ErrorParams } from '../shared/domain-error.js';
import { en } from './en.js';
import type { Language } from './language.js';
import type { MessageKey, Messages } from './messages.js';
import { zhCn } from './zh-cn.js';

const MESSAGES: Readonly<Record<Language, Messages>> = { 'zh-CN': zhCn, en };

/** Keys are paths joined by dots; error codes hold dots themselves, so texts are looked up flat. */
const FLAT: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  'zh-CN': flatten(zhCn),
  en: flatten(en),
};

interface TextTree {
  readonly [name: string]: string | TextTree;
}

function flatten(tree: TextTree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(`${prefix}${name}`, value);
    else for (const [path, text] of flatten(value, `${prefix}${name}.`)) flat.set(path, text);
  }
  return flat;
}

/** The text of a key with its parameters filled in; a parameter that is missing shows as a dash. */
export function translate(language: Language, key: MessageKey, params: ErrorParams = {}): string {
  const text = FLAT[language].get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '—'));
}

/** What went wrong, and what to do. */
export function errorText(language: Language, code: ErrorCode, params: ErrorParams = {}): string {
  return translate(language, `error.${code}`, params);
}

/** The short name of the fault. */
export function errorTitle(language: Language, code: ErrorCode): string {
  return translate(language, `errorTitle.${code}`);
}

/** What can be wrong with one field of a request; the list is that of its texts. */
export type FieldIssue = keyof Messages['fieldIssue'];

export const isFieldIssue = (text: string): text is FieldIssue =>
  Object.hasOwn(zhCn.fieldIssue, text);

/** What is wrong with one field, in a few words. */
export function fieldIssueText(
  language: Language,
  issue: FieldIssue,
  params: ErrorParams = {},
): string {
  return translate(language, `fieldIssue.${issue}`, params);
}

/** All texts of a language, for those who fold them into a library's own form. */
export function messagesOf(language: Language): Messages {
  return MESSAGES[language];
}

/** Every key with its text. */
export function flatMessagesOf(language: Language): ReadonlyMap<string, string> {
  return FLAT[language];
}
