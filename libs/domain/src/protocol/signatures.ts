import { createHash, timingSafeEqual } from 'node:crypto';
import { field, isAbsent, type JsonObject, type JsonValue } from './wire-values.js';

export const md5 = (signed: string): string =>
  createHash('md5').update(signed, 'utf8').digest('hex');
export const sha1 = (signed: string): string =>
  createHash('sha1').update(signed, 'utf8').digest('hex');

/** Byte order, as every supplier sorts; a locale would put `a` before `B`. */
export const byteOrder = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The fields that take part in a signature, sorted: all but the empty and the left-out ones. */
export function signedEntries(
  fields: JsonObject,
  leftOut: readonly string[] = ['sign'],
): (readonly [string, JsonValue])[] {
  return Object.keys(fields)
    .filter((name) => !leftOut.includes(name) && !isAbsent(field(fields, name)))
    .sort(byteOrder)
    .map((name) => [name, field(fields, name) ?? '']);
}

/** A value as it stands in a text that is signed: lists and objects as compact JSON. */
export const signedText = (value: JsonValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** `k=v&k=v` of the signed fields. */
export const signedQuery = (fields: JsonObject, leftOut?: readonly string[]): string =>
  signedEntries(fields, leftOut)
    .map(([name, value]) => `${name}=${signedText(value)}`)
    .join('&');

/** `kvkv` of the signed fields. */
export const signedPairs = (fields: JsonObject, leftOut?: readonly string[]): string =>
  signedEntries(fields, leftOut)
    .map(([name, value]) => name + signedText(value))
    .join('');

/** Compares two signatures without telling by the time it takes where they differ; case is a vendor's taste. */
export function isSameSignature(expected: string, given: JsonValue | undefined): boolean {
  if (typeof given !== 'string') return false;
  const digest = (signature: string): Buffer =>
    createHash('sha256').update(signature.toLowerCase()).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
