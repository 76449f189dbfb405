import { isClockText, type AccountField, type BanWindow } from '#domain';
import { accountFieldLines, parseAccountFieldLines } from './account-field-lines.js';

/** How a column of JSON is written as lines that a person can edit. */
export interface LineForm {
  readonly lines: (value: unknown) => string;
  /** The value, or the number of the first line that cannot be read. */
  readonly parse: (lines: readonly string[]) => unknown;
  /** A key of `notice` that says how a line should read. */
  readonly notice: string;
}

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const NAME_OF_SUPPLIER_MAX = 80;
const WINDOWS_MAX = 20;
const WINDOW = /^(\S+?)\s*[-–—~～至]\s*(\S+)(?:\s+([1-7](?:\s*[,，、]\s*[1-7])*))?$/;

/** Columns of JSON that forms can edit, by name. */
export const LINE_FORMS: Readonly<Record<string, LineForm>> = {
  accountFields: {
    lines: (value) => accountFieldLines(value as readonly AccountField[]),
    parse: parseAccountFieldLines,
    notice: 'notAField',
  },
  banWindows: {
    lines: (value) => (value as readonly BanWindow[]).map(windowLine).join('\n'),
    parse: (lines) => eachLine(lines.slice(0, WINDOWS_MAX + 1), parseWindow, WINDOWS_MAX),
    notice: 'notAWindow',
  },
  fieldNames: {
    lines: (value) =>
      Object.entries(value as Readonly<Record<string, string>>)
        .map(([ours, theirs]) => `${ours}=${theirs}`)
        .join('\n'),
    parse: (lines) => {
      const pairs = eachLine(lines, parsePair);
      return typeof pairs === 'number' ? pairs : Object.fromEntries(pairs);
    },
    notice: 'notAPair',
  },
};

function eachLine<Item>(
  lines: readonly string[],
  parse: (line: string) => Item | undefined,
  countMax = Infinity,
): Item[] | number {
  const items: Item[] = [];
  for (const [index, line] of lines.entries()) {
    const item = parse(line);
    if (item === undefined || items.length >= countMax) return index + 1;
    items.push(item);
  }
  return items;
}

/** `23:30-06:00`, or `22:00-02:00 5,6` for the days on which it begins. */
const windowLine = ({ from, to, weekdays }: BanWindow): string =>
  `${from}-${to}${weekdays && weekdays.length > 0 ? ` ${weekdays.join(',')}` : ''}`;

function parseWindow(line: string): BanWindow | undefined {
  const [, from = '', to = '', days] = WINDOW.exec(line) ?? [];
  if (!isClockText(from) || !isClockText(to)) return undefined;
  if (days === undefined) return { from, to };
  const weekdays = days.split(/[,，、]/).map((day) => Number(day.trim()));
  return { from, to, weekdays: [...new Set(weekdays)].sort((a, b) => a - b) };
}

function parsePair(line: string): [string, string] | undefined {
  const [ours = '', theirs = '', ...rest] = line.split(/[=＝]/).map((part) => part.trim());
  const isPair = NAME.test(ours) && theirs !== '' && theirs.length <= NAME_OF_SUPPLIER_MAX;
  return isPair && rest.length === 0 ? [ours, theirs] : undefined;
}
