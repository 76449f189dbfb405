import type { Pool } from 'pg';
import { dayNumber, shanghaiDate } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { LicenceYearView } from '../components/licence-views.js';
import { readRegister } from './licence.queries.js';

/** All licences that are in force on some day of a year, with their two days as shares of it. */
export async function readLicenceYear(
  pool: Pool,
  language: Language,
  { year, nowMs }: { readonly year: number; readonly nowMs: number },
): Promise<LicenceYearView> {
  const first = dayNumber(`${year}-01-01`);
  const last = dayNumber(`${year}-12-31`);
  const shareOf = (date: string): number => (dayNumber(date) - first) / (last - first + 1);
  const clipped = (share: number): number => Math.min(1, Math.max(0, share));
  const inYear = (date: string | null): date is string =>
    date !== null && date.startsWith(`${year}-`);
  const mark = (date: string | null) => (inYear(date) ? { at: shareOf(date), date } : null);
  const lines = await readRegister(pool, nowMs);
  const today = shanghaiDate(nowMs);
  return {
    year,
    today: inYear(today) ? shareOf(today) : null,
    bars: lines
      .filter(
        (line) =>
          line.effectiveOn <= `${year}-12-31` &&
          (line.expiresOn === null || line.expiresOn >= `${year}-01-01`) &&
          line.status !== 'surrendered',
      )
      .map((line) => ({
        id: line.id,
        name: line.name,
        holder: line.holder,
        status: line.status,
        statusText: translate(language, `enum.licenceStatus.${line.status}`),
        from: clipped(shareOf(line.effectiveOn)),
        to: line.expiresOn === null ? 1 : clipped(shareOf(line.expiresOn)),
        applyBy: line.isRenewing || line.isFollowed ? null : mark(line.applyBy),
        expires: mark(line.expiresOn),
      })),
  };
}
