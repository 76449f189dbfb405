import { SHANGHAI_OFFSET_MS, type StatusText } from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';

type PageText = keyof Messages['page']['status'];

export const say = (
  language: Language,
  name: PageText,
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.status.${name}`, params);

export const inLanguage = (language: Language, text: StatusText): string =>
  language === 'en' ? text.en : text.zh;

/** `2026-11-25 12:00` as clocks in China show it. */
export const shown = (atMs: number): string =>
  new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');

/** `99.87%`, cut and never rounded up: a promise that was missed by little was missed. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(Math.floor(share * 10_000) / 100).toFixed(2)}%`;
