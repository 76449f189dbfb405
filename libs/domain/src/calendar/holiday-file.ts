import { dayOfDate } from '../shared/business-time.js';

/** One day that differs from its weekday: off although it is a weekday, or worked although it is a weekend. */
export interface HolidayLine {
  readonly name: string;
  readonly date: string;
  readonly isOffDay: boolean;
}

/** A year as NateScarlet/holiday-cn writes it. Without days the year has not been announced. */
export interface HolidayFile {
  readonly year: number;
  /** The official papers it was taken from. */
  readonly papers: readonly string[];
  readonly days: readonly HolidayLine[];
}

const YEAR_MIN = 2000;
const YEAR_MAX = 2100;
const DAYS_MAX = 120;

/** Reads a parsed JSON document; a text says what is wrong with it. */
export function readHolidayFile(document: unknown): HolidayFile | string {
  if (!isRecord(document)) return 'the file is not a JSON object';
  const { year, papers = [], days } = document;
  if (!isYear(year)) return `year must be a whole number from ${YEAR_MIN} to ${YEAR_MAX}`;
  if (!Array.isArray(papers) || papers.some((paper) => typeof paper !== 'string'))
    return 'papers must be a list of texts';
  if (!Array.isArray(days) || days.length > DAYS_MAX)
    return `days must be a list of at most ${DAYS_MAX} days`;
  const lines = readLines(days, year);
  return typeof lines === 'string' ? lines : { year, papers: papers as string[], days: lines };
}

const isYear = (year: unknown): year is number =>
  Number.isInteger(year) && Number(year) >= YEAR_MIN && Number(year) <= YEAR_MAX;

function readLines(days: readonly unknown[], year: number): HolidayLine[] | string {
  const lines: HolidayLine[] = [];
  const seen = new Set<string>();
  for (const [index, day] of days.entries()) {
    const line = readLine(day, year);
    if (typeof line === 'string') return `days[${index}]: ${line}`;
    if (seen.has(line.date)) return `days[${index}]: ${line.date} is listed twice`;
    seen.add(line.date);
    lines.push(line);
  }
  return lines;
}

function readLine(day: unknown, year: number): HolidayLine | string {
  if (!isRecord(day)) return 'is not an object';
  const { name, date, isOffDay } = day;
  if (typeof name !== 'string' || name === '') return 'name is missing';
  if (typeof date !== 'string' || dayOfDate(date) === undefined) return 'date is not a day';
  // A paper may move days of the year before it: those belong into that year's file.
  if (!date.startsWith(`${year}-`)) return `${date} is not a day of ${year}`;
  if (typeof isOffDay !== 'boolean') return 'isOffDay must be true or false';
  return { name: name.slice(0, 40), date, isOffDay };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
