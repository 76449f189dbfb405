import { HAO_PER_YUAN } from '../shared/money.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A reply with 10 000 cards fits; what is longer is not read. */
export const REPLY_BYTES_MAX = 4 * 1024 * 1024;
export const NOTIFICATION_BYTES_MAX = 4 * 1024 * 1024;
const TEXT_LENGTH_MAX = 2_048;
const NESTING_MAX = 8;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text of the bytes; undefined where they are no UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A JSON value that is not nested deeper than any supplier has reason to. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isShallow(value, NESTING_MAX) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in the text; undefined where it is anything else. */
export function parseObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

/** Fields of a form body; of a name that comes twice nothing is believed. */
export function parseForm(text: string): JsonObject | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return fields.size === 0 ? undefined : Object.fromEntries(fields);
}

/** An own property; names such as `constructor` are only there where the supplier sent them. */
export function field(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value at the path; a number in it chooses from a list. */
export function at(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path) {
    if (Array.isArray(found)) found = (found as readonly JsonValue[])[Number(name)];
    else if (isObject(found)) found = field(found, name);
    else return undefined;
  }
  return found;
}

/** Text or number as trimmed text; undefined for everything else, for nothing, for novels, and for what no row can hold. */
export function text(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== 'string' || value.length > TEXT_LENGTH_MAX || value.includes('\0'))
    return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

export const textAt = (object: JsonObject, name: string): string | undefined =>
  text(field(object, name));

export const isAbsent = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '';

/** Yuan as text or number, never negative, in hao rounded half up; undefined where it is no amount. */
export function yuan(value: JsonValue | undefined): number | undefined {
  const hao = signedYuan(value);
  return hao === undefined || hao < 0 ? undefined : hao;
}

/** Yuan that may be owed; only balances are. */
export function signedYuan(value: JsonValue | undefined): number | undefined {
  const parts = /^(-?)(\d{1,10})(?:\.(\d{1,18}))?$/.exec(text(value) ?? '');
  if (!parts) return undefined;
  const fraction = (parts[3] ?? '').padEnd(5, '0');
  const hao = Number(parts[2]) * HAO_PER_YUAN + Number(fraction.slice(0, 4));
  const rounded = Number(fraction[4]) >= 5 ? hao + 1 : hao;
  return parts[1] === '-' ? -rounded : rounded;
}

/** A whole number that is not negative, as text or number. */
export function count(value: JsonValue | undefined): number | undefined {
  const digits = text(value);
  if (digits === undefined || !/^\d{1,15}$/.test(digits)) return undefined;
  return Number(digits);
}
