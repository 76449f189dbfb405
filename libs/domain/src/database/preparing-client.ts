import { createHash } from 'node:crypto';
import pg from 'pg';

/** Texts beyond this many are made anew at every call, so nobody reuses them: they are not kept on the server. */
const STATEMENTS_MAX = 500;
const names = new Map<string, string>();

/** The name under which a text is prepared, the same in every process; undefined where there are too many already. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= STATEMENTS_MAX) return known;
  const name = `t-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

/**
 * A connection that prepares every statement with parameters at its first use. The scripts run the same few dozen texts
 * all day: parsing and planning them each time costs the server more than running them.
 */
export class PreparingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const name =
      typeof text === 'string' && Array.isArray(values) ? statementName(text) : undefined;
    const passed = name === undefined ? args : [{ name, text, values }, ...rest];
    return (super.query as (...passed: unknown[]) => never).apply(this, passed);
  }
}
