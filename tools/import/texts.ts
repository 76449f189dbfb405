import {
  type DomainError,
  IMPORT_LINES_MAX,
  type ImportStopped,
  type RefusedLineReason,
} from '#domain';

export const REASON_TEXTS: Readonly<Record<RefusedLineReason, string>> = {
  'duplicate-in-file': 'the same number stands in an earlier line',
  'duplicate-in-stock': 'the number is or was in stock',
  'missing-number': 'no number',
  'missing-password': 'no password, while other lines have one',
  'too-long': 'longer than a card may be',
  'bad-expiry': 'the last day is no day of the calendar',
  expired: 'the last day is past',
  'bad-quotes': 'quotes do not pair',
  'too-many-fields': 'more fields than columns',
  'control-character': 'an unseen character in the number or password',
};

/** Why the import could not be, and what to do. */
export function failureText(error: DomainError | ImportStopped): string {
  const product = 'params' in error ? String(error.params['productCode']) : '';
  switch (error.code) {
    case 'import.interrupted':
      return 'Stopped. Everything was rolled back: no card of this file is in stock.';
    case 'import.too-many-lines':
      return `The file has more than ${IMPORT_LINES_MAX} lines. Divide it; nothing was imported.`;
    case 'import.empty':
      return 'The file holds no card.';
    case 'import.encoding-unknown':
      return 'The file is not text in UTF-8, UTF-16 or GBK, or not in the encoding asked for. Save it as UTF-8 and try again; nothing was imported.';
    case 'import.layout-unknown':
      return 'Some of the first lines have a mark between number and password, but most have none. Make them alike and try again; nothing was imported.';
    case 'product.not-found':
      return 'params' in error && error.params['kind'] !== undefined
        ? `The product ${product} is not sold as cards (it is a ${error.params['kind']}).`
        : `There is no product ${product}.`;
    default:
      return `The import failed (${error.code}); nothing was imported.`;
  }
}
