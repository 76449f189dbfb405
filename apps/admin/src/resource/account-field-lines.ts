import type { AccountField } from '#domain';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const REQUIRED = new Map([
  ['必填', true],
  ['required', true],
  ['选填', false],
  ['optional', false],
]);
const LENGTH_MAX = 500;
const FIELDS_MAX = 20;

/** A template of account fields as lines that a person can edit: `name|label|必填|64`. */
export function accountFieldLines(fields: readonly AccountField[]): string {
  return fields
    .map((field) =>
      [field.name, field.label, field.required ? '必填' : '选填', field.maxLength].join('|'),
    )
    .join('\n');
}

/** The fields that the lines describe, or the number of the first line that describes none. */
export function parseAccountFieldLines(lines: readonly string[]): AccountField[] | number {
  const fields: AccountField[] = [];
  for (const [index, line] of lines.entries()) {
    const field = parseLine(line);
    const isTaken = fields.some((one) => one.name === field?.name);
    if (!field || isTaken || fields.length >= FIELDS_MAX) return index + 1;
    fields.push(field);
  }
  return fields;
}

function parseLine(line: string): AccountField | undefined {
  const [name = '', label = '', needed = '', length = ''] = line
    .split(/[|｜]/)
    .map((part) => part.trim());
  const required = REQUIRED.get(needed.toLowerCase());
  const maxLength = /^\d{1,3}$/.test(length) ? Number(length) : 0;
  if (!NAME.test(name) || label === '' || label.length > 40 || required === undefined)
    return undefined;
  if (maxLength < 1 || maxLength > LENGTH_MAX) return undefined;
  return { name, label, required, maxLength };
}
