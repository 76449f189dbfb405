export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** China has one offset and no daylight saving, so days are plain arithmetic. */
export const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

/** The calendar day in Shanghai, as whole days since 1970-01-01. */
export function shanghaiDayNumber(nowMs: number): number {
  return Math.floor((nowMs + SHANGHAI_OFFSET_MS) / DAY_MS);
}

/** `YYYY-MM-DD` of the instant in Shanghai. */
export function shanghaiDate(nowMs: number): string {
  return dateOfDay(shanghaiDayNumber(nowMs));
}

/** `YYYY-MM-DD` of a day that is counted from 1970-01-01. */
export function dateOfDay(dayNumber: number): string {
  const { year, month, day } = civilDate(dayNumber);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** The inverse of `dateOfDay`; undefined where the text is no day of the calendar. */
export function dayOfDate(date: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return undefined;
  const dayNumber = daysFromCivil(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return dateOfDay(dayNumber) === date ? dayNumber : undefined;
}

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (dayNumber: number): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

/** Midnight in Shanghai at which the day begins. */
export const shanghaiMidnightMs = (dayNumber: number): number =>
  dayNumber * DAY_MS - SHANGHAI_OFFSET_MS;

const pad = (part: number): string => String(part).padStart(2, '0');

/** Days since 1970-01-01 to year, month, day in the proleptic Gregorian calendar (Howard Hinnant's civil_from_days). */
function civilDate(dayNumber: number): { year: number; month: number; day: number } {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** Days from 1970-01-01 to a date (Howard Hinnant's days_from_civil). */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
