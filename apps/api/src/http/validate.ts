import type { z } from 'zod';
import { Problem } from './problem.js';
import { fieldErrors } from './field-errors.js';

/** Parses raw JSON bytes and checks them against a schema; throws `request.invalid` that names every wrong field. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.infer<Schema> {
  return check(schema, readJson(raw), '#');
}

/** Checks query parameters. */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: unknown,
): z.infer<Schema> {
  return check(schema, query, '#query');
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function readJson(raw: unknown): unknown {
  try {
    return JSON.parse(UTF_8.decode(raw as Buffer));
  } catch {
    throw new Problem('request.invalid', {}, { errors: [{ pointer: '#', issue: 'not-json' }] });
  }
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  root: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('request.invalid', {}, { errors: fieldErrors(parsed.error, value, root) });
}
