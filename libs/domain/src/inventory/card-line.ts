import { parseExpiry } from './card-expiry.js';
import { splitFields } from './card-fields.js';
import type { CardColumn, CardLayout } from './card-layout.js';
import { CARD_TEXT_LENGTH_MAX, type CardText, type RefusedLineReason } from './card-text.js';
import { LINE_LENGTH_MAX } from './line-splitter.js';

/** What a line turned out to be: a card, or the reason why it is not taken. */
export type CardLine = CardText | RefusedLineReason;

/** Control characters, and marks that nobody sees: two codes that look the same must not differ by one. */
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]/;

/** Reads one non-empty line. `today` is `YYYY-MM-DD` in Shanghai: a card's last day is still a day of sale. */
export function parseCardLine(line: string, layout: CardLayout, today: string): CardLine {
  if (line.length > LINE_LENGTH_MAX) return 'too-long';
  const fields = splitFields(line, layout.separator);
  if (!fields) return 'bad-quotes';
  const columns = columnsOf(fields, layout);
  if (!columns) return 'too-many-fields';
  const value = (column: CardColumn): string => {
    const at = columns.indexOf(column);
    return at === -1 ? '' : (fields[at] ?? '');
  };
  const cardNo = value('number');
  const cardPassword = value('password');
  if (cardNo === '') return 'missing-number';
  const fault = textFault(cardNo) ?? textFault(cardPassword);
  if (fault) return fault;
  if (cardPassword === '' && layout.needsPassword) return 'missing-password';
  const expiryText = value('expiry');
  if (expiryText === '') return { cardNo, cardPassword, expiresOn: null };
  const expiresOn = parseExpiry(expiryText);
  if (expiresOn === undefined) return 'bad-expiry';
  return expiresOn < today ? 'expired' : { cardNo, cardPassword, expiresOn };
}

function textFault(text: string): RefusedLineReason | undefined {
  if (UNSEEN.test(text)) return 'control-character';
  return text.length > CARD_TEXT_LENGTH_MAX ? 'too-long' : undefined;
}

/** The columns, once the fields fit them; undefined where there are more fields than columns. */
function columnsOf(fields: string[], layout: CardLayout): CardLayout['columns'] | undefined {
  const { columns, separator } = layout;
  while (fields.length > columns.length && fields.at(-1) === '') fields.pop();
  if (fields.length === columns.length + 1 && separator === 'blank') joinTimeOfDay(fields, columns);
  return fields.length > columns.length ? undefined : columns;
}

/** A blank between day and time of day is not a blank between fields. */
function joinTimeOfDay(fields: string[], columns: CardLayout['columns']): void {
  const at = columns.indexOf('expiry');
  const joined = `${fields[at] ?? ''} ${fields[at + 1] ?? ''}`;
  if (at !== -1 && parseExpiry(joined) !== undefined) fields.splice(at, 2, joined);
}

const SHOWN_FROM_LENGTH = 8;

/** A code as staff may see it before it is imported: its ends, and nothing of a short one. */
export function maskCardText(text: string): string {
  if (text === '') return '';
  if (text.length < SHOWN_FROM_LENGTH) return '****';
  const shown = text.length < 2 * SHOWN_FROM_LENGTH ? 2 : 3;
  return `${text.slice(0, shown)}****${text.slice(-shown)}`;
}
