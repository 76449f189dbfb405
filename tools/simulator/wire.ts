import { createCipheriv, createHash } from 'node:crypto';
import type { Reply } from './dialect.js';

export type Wire = Record<string, unknown>;

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
export const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

export const json = (body: unknown, status = 200): Reply => ({
  status,
  body: JSON.stringify(body),
});

/** `k=v&k=v` in the order of the names' bytes, without what is empty. */
export function query(fields: Wire, without: readonly string[] = ['sign']): string {
  return pairs(fields, without)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function pairs(fields: Wire, without: readonly string[] = ['sign']): [string, string][] {
  return Object.keys(fields)
    .filter((name) => !without.includes(name))
    .filter((name) => fields[name] !== '' && fields[name] !== null && fields[name] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => [name, shown(fields[name])]);
}

export const shown = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);

export const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function object(text: string): Wire {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Wire)
      : {};
  } catch {
    return {};
  }
}

export const form = (text: string): Wire => Object.fromEntries(new URLSearchParams(text));

export function formBody(fields: Wire): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.append(name, shown(value));
  return body.toString();
}

/** Decimal yuan of an amount in hao. */
export const yuan = (hao: number, digits = 4): string => (hao / 10_000).toFixed(digits);

/** Hao of decimal yuan, undefined where there is no amount. */
export function hao(value: unknown): number | undefined {
  const text = word(value);
  return text !== '' && Number.isFinite(Number(text))
    ? Math.round(Number(text) * 10_000)
    : undefined;
}

export const inTime = (timestampMs: number, nowMs: number): boolean =>
  Math.abs(timestampMs - nowMs) <= 300_000;

export function sealEcb(plain: string, secret: string): string {
  const key = Buffer.from(secret);
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** `2027-01-31 08:00:00` and its digits, in Shanghai. */
export const shanghai = (nowMs: number): string =>
  new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
