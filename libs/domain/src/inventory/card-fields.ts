export const CARD_SEPARATORS = ['----', 'tab', '|', 'comma', 'blank', 'none'] as const;
/** What stands between the fields of a line; `none` is one code a line. */
export type CardSeparator = (typeof CARD_SEPARATORS)[number];

const DASHES = /-{4,}/;
const BLANKS = /[ \t\u3000]+/;
const ANY_MARK = /-{4,}|[|,\s]+/;

/** The fields of one line, trimmed; undefined where its quotes do not pair. */
export function splitFields(line: string, separator: CardSeparator): string[] | undefined {
  switch (separator) {
    case 'comma':
      return line.includes('"') ? splitQuoted(line, ',') : trimmed(line.split(','));
    case 'tab':
      return line.includes('"') ? splitQuoted(line, '\t') : trimmed(line.split('\t'));
    case '|':
      return trimmed(line.split('|'));
    case '----':
      return trimmed(line.split(DASHES));
    case 'blank':
      return line.trim().split(BLANKS);
    case 'none':
      // The first lines had no mark: one that has is not a code of this file.
      return line.trim().split(ANY_MARK);
  }
}

function trimmed(fields: string[]): string[] {
  for (let at = 0; at < fields.length; at += 1) fields[at] = (fields[at] ?? '').trim();
  return fields;
}

/** One field in quotes with its blanks and what ends it, or one without; a quote inside quotes is doubled. */
function splitQuoted(line: string, mark: ',' | '\t'): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ') at += 1;
    const field = line[at] === '"' ? quotedField(line, at) : plainField(line, at, mark);
    if (!field) return undefined;
    fields.push(field.text);
    at = field.end;
    while (line[at] === ' ') at += 1;
    if (at >= line.length) return fields;
    if (line[at] !== mark) return undefined;
    at += 1;
    if (at === line.length) return [...fields, ''];
  }
}

interface Field {
  readonly text: string;
  readonly end: number;
}

function quotedField(line: string, start: number): Field | undefined {
  let text = '';
  let from = start + 1;
  for (;;) {
    const close = line.indexOf('"', from);
    if (close === -1) return undefined;
    text += line.slice(from, close);
    if (line[close + 1] !== '"') return { text: text.trim(), end: close + 1 };
    text += '"';
    from = close + 2;
  }
}

function plainField(line: string, start: number, mark: string): Field | undefined {
  const found = line.indexOf(mark, start);
  const end = found === -1 ? line.length : found;
  const text = line.slice(start, end).trim();
  return text.includes('"') ? undefined : { text, end };
}
