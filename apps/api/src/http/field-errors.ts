import type { z } from 'zod';
import type { ErrorParams } from '#domain';
import { isFieldIssue, type FieldIssue } from '#domain/i18n';
import type { FieldError } from './problem.js';

type Issue = z.core.$ZodIssue;
type Found = Pick<FieldError, 'issue' | 'params'>;

/** What a schema found wrong in a value, as pointers and issues that have a text in each language. */
export function fieldErrors(error: z.ZodError, value: unknown, root: string): FieldError[] {
  return error.issues.flatMap((issue) => {
    const pointer = [root, ...issue.path.map(escapePointer)].join('/');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key): FieldError => ({
        pointer: `${pointer}/${escapePointer(key)}`,
        issue: 'unknown-field',
      }));
    return [{ pointer, ...found(issue, value) }];
  });
}

function found(issue: Issue, value: unknown): Found {
  switch (issue.code) {
    case 'invalid_type':
      return { issue: isAbsent(issue.path, value) ? 'missing' : typeIssue(issue.expected) };
    case 'too_small':
      return sizeIssue(issue.origin, ['too-short', 'too-small'], { least: Number(issue.minimum) });
    case 'too_big':
      return sizeIssue(issue.origin, ['too-long', 'too-large'], { most: Number(issue.maximum) });
    case 'invalid_key':
      return { issue: ownIssue(issue.issues[0]?.message) };
    default:
      return { issue: ownIssue(issue.message) };
  }
}

/** A rule of ours gives its issue as the message; whatever else a schema may say has no text of its own. */
const ownIssue = (message = ''): FieldIssue => (isFieldIssue(message) ? message : 'wrong');

function sizeIssue(
  origin: string,
  [ofText, ofNumber]: readonly [FieldIssue, FieldIssue],
  params: ErrorParams,
): Found {
  return { issue: origin === 'string' ? ofText : ofNumber, params };
}

function typeIssue(expected: string): FieldIssue {
  switch (expected) {
    case 'string':
      return 'not-text';
    case 'number':
      return 'not-a-number';
    case 'int':
      return 'not-a-whole-number';
    case 'object':
    case 'record':
      return 'not-an-object';
    default:
      return 'wrong';
  }
}

function isAbsent(path: readonly PropertyKey[], value: unknown): boolean {
  let at = value;
  for (const part of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return at === undefined;
}

/** RFC 6901. */
const escapePointer = (part: PropertyKey): string =>
  String(part).replaceAll('~', '~0').replaceAll('/', '~1');
