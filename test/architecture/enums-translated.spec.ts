import * as domain from '#domain';
import { flatMessagesOf, type Language } from '#domain/i18n';

/** Lists that nobody reads as a label: machine words, or parts of a list that has labels. */
const WITHOUT_LABELS = new Set([
  'ORDER_BIRTHS',
  'FINAL_ORDER_STATUSES',
  'WAITING_ORDER_STATUSES',
  'CANCEL_CODES',
  'DECISIONS',
  'PERMISSIONS',
  'CARD_ENCODINGS',
  'ENCODING_CHOICES',
]);
const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

const lists = Object.entries(domain as Readonly<Record<string, unknown>>).filter(
  (entry): entry is [string, readonly string[]] =>
    /^[A-Z_]+$/.test(entry[0]) &&
    Array.isArray(entry[1]) &&
    entry[1].every((value) => typeof value === 'string') &&
    !WITHOUT_LABELS.has(entry[0]),
);

/** `REFUSED_LINE_REASONS` → `refusedLineReason`. */
function sectionOf(list: string): string {
  const singular = list
    .replace(/IES$/, 'YS')
    .replace(/(STATUS|CLASS)ES$/, '$1S')
    .replace(/S$/, '');
  return singular.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

describe.each(LANGUAGES)('the labels in %s', (language) => {
  const texts = flatMessagesOf(language);

  it.each(lists)('name every value of %s', (list, values) => {
    const section = sectionOf(list);
    const missing = values.filter((value) => !texts.get(`enum.${section}.${value}`)?.trim());
    expect(missing.map((value) => `enum.${section}.${value}`)).toEqual([]);
  });

  it('name no value that has gone', () => {
    const known = new Set(
      lists.flatMap(([list, values]) => values.map((value) => `enum.${sectionOf(list)}.${value}`)),
    );
    const sections = new Set(lists.map(([list]) => `enum.${sectionOf(list)}.`));
    const stale = [...texts.keys()].filter(
      (key) => [...sections].some((section) => key.startsWith(section)) && !known.has(key),
    );
    expect(stale).toEqual([]);
  });

  it('exist for every error code, as a title and as a text', () => {
    const codes = Object.keys(domain.ERROR_KIND);
    const missing = codes.filter(
      (code) => !texts.get(`error.${code}`) || !texts.get(`errorTitle.${code}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the two languages', () => {
  it('ask for the same parameters in every text', () => {
    const parameters = (text: string): string =>
      [...text.matchAll(/\{(\w+)\}/g)]
        .map(([, name]) => name ?? '')
        .sort((a, b) => a.localeCompare(b))
        .join();
    const english = flatMessagesOf('en');
    const different = [...flatMessagesOf('zh-CN')].filter(
      ([key, text]) => parameters(text) !== parameters(english.get(key) ?? ''),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('differ: an English text holds no Chinese, but for its own name and those of languages', () => {
    const mixed = [...flatMessagesOf('en')].filter(
      ([key, text]) =>
        /\p{Script=Han}/u.test(text.replace('卡供', '')) && !key.startsWith('enum.language'),
    );
    expect(mixed).toEqual([]);
  });
});
