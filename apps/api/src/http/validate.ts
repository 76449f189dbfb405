import type { z } from 'zod';
import { Problem } from './problem.js';

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
    throw new Problem(
      'request.invalid',
      {},
      { errors: [{ pointer: '#', detail: 'not valid JSON in UTF-8' }] },
    );
  }
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  root: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => {
    const at = [root, ...issue.path.map(escapePointer)].join('/');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        pointer: `${at}/${escapePointer(key)}`,
        detail: 'unknown field',
      }));
    return [{ pointer: at, detail: issue.message }];
  });
  throw new Problem('request.invalid', {}, { errors });
}

/** RFC 6901. */
const escapePointer = (part: PropertyKey): string =>
  String(part).replaceAll('~', '~0').replaceAll('/', '~1');
