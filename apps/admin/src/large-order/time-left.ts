import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain';
import { type Language, translate } from '#domain/i18n';

/** How long until then, in the largest two units that say something. */
export function timeLeft(language: Language, leftMs: number): string {
  if (leftMs < MINUTE_MS) return translate(language, 'page.largeOrder.now');
  const days = Math.floor(leftMs / DAY_MS);
  const hours = Math.floor((leftMs % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((leftMs % HOUR_MS) / MINUTE_MS);
  const params = { days: String(days), hours: String(hours), minutes: String(minutes) };
  if (days > 0 && hours === 0) return translate(language, 'page.largeOrder.days', params);
  return days > 0
    ? translate(language, 'page.largeOrder.daysHours', params)
    : translate(language, 'page.largeOrder.hoursMinutes', params);
}
