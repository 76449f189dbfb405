/** `2027-12-31`, also with `/` or `.`, `2027年12月31日`, `20271231`; a time of day behind it is allowed and left out. */
const WITH_MARKS =
  /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)(?:(?:T| +)\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?$/;
const BARE = /^(\d{4})(\d{2})(\d{2})(?:\d{6}| +\d{1,2}:\d{2}(?::\d{2})?)?$/;
const YEAR_MIN = 2000;

/** The last day of sale as `YYYY-MM-DD`; undefined where the text is no day of the calendar. */
export function parseExpiry(text: string): string | undefined {
  const marked = WITH_MARKS.exec(text);
  const parts = marked ?? BARE.exec(text);
  if (!parts) return undefined;
  const [month, day] = marked
    ? [marked[3] ?? marked[5], marked[4] ?? marked[6]]
    : [parts[2], parts[3]];
  return calendarDay(Number(parts[1]), Number(month), Number(day));
}

/** Whether a text is a day beyond doubt: eight bare digits may as well be a password. */
export function looksLikeExpiry(text: string): boolean {
  return WITH_MARKS.test(text) && parseExpiry(text) !== undefined;
}

function calendarDay(year: number, month: number, day: number): string | undefined {
  const exists =
    year >= YEAR_MIN && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  const two = (part: number): string => String(part).padStart(2, '0');
  return exists ? `${year}-${two(month)}-${two(day)}` : undefined;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
