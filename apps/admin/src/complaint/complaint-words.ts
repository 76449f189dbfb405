import { type Language, type Messages, translate } from '#domain/i18n';

export type ComplaintText = keyof Messages['page']['complaint'];

/** A text of the pages of complaints. */
export const say = (
  language: Language,
  name: ComplaintText,
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.complaint.${name}`, params);

const UNITS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** A span in its two largest units: `1 小时 5 分钟`. */
export function spanWords(language: Language, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first === -1) return say(language, 'seconds', { count: 0 });
  const parts = UNITS.slice(first, first + 2).map(([unit, size], index, shown) => {
    const above = index === 0 ? whole : whole % (shown[0]?.[1] ?? whole);
    return [unit, Math.floor(above / size)] as const;
  });
  return parts
    .filter(([, count], index) => index === 0 || count > 0)
    .map(([unit, count]) => say(language, unit, { count }))
    .join(' ');
}
