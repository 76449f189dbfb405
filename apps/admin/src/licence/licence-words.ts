import { type Language, type Messages, translate } from '#domain/i18n';
import type { RelatedCell } from '../components/views.js';

/** A text of the pages about licences. */
export const say = (
  language: Language,
  key: keyof Messages['page']['licence'],
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.licence.${key}`, params);

/** Days to a day, or over it, with the day. */
export function dayCell(language: Language, date: string | null, days: number | null): RelatedCell {
  if (date === null || days === null) return { text: say(language, 'never') };
  const note =
    days < 0 ? say(language, 'daysOver', { days: -days }) : say(language, 'daysTo', { days });
  return { text: date, note };
}
