import { dateOfDay, dayOfDate, weekdayOf } from '../shared/business-time.js';
import { invariant } from '../shared/assert.js';

/** Calendars that exist everywhere; a platform may have one of its own, `own:<code>`. */
export const COMMON_CALENDARS = ['statutory', 'bank'] as const;

/** A calendar is known to the end of what was announced; what lies behind is guessed and said to be. */
export interface WorkCalendar {
  /** Days that differ from their weekday, and whether they are worked. */
  readonly days: ReadonlyMap<string, boolean>;
  /** Up to which day each year is known. */
  readonly coverage: ReadonlyMap<number, string>;
}

const FRIDAY = 5;
const yearOf = (date: string): number => Number(date.slice(0, 4));

export function isCovered(calendar: WorkCalendar, day: number): boolean {
  const date = dateOfDay(day);
  const until = calendar.coverage.get(yearOf(date));
  return until !== undefined && date <= until;
}

/** Whether the day is worked, as far as is known: without news a weekday is, but for holidays that the law fixes by date. */
export function isWorkday(calendar: WorkCalendar, day: number): boolean {
  const date = dateOfDay(day);
  const known = calendar.days.get(date);
  if (known !== undefined) return known;
  if (weekdayOf(day) > FRIDAY) return false;
  return isCovered(calendar, day) || !FIXED_BY_LAW.has(date.slice(5));
}

/** 全国年节及纪念日放假办法: the days that do not follow the moon. */
const FIXED_BY_LAW = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/** As late as the days off have ever been around what an unannounced year may hold: month and day from, to. */
const CLOSED_AT_WORST: readonly (readonly [string, string])[] = [
  ['01-01', '01-04'],
  ['04-03', '04-07'],
  ['04-30', '05-06'],
  ['10-01', '10-08'],
];
/** Feasts that follow the moon: the window in which they lie and how many weekdays they take at most. */
const MOON_FEASTS: readonly { from: string; to: string; weekdays: number }[] = [
  { from: '01-18', to: '03-01', weekdays: 8 },
  { from: '05-25', to: '06-30', weekdays: 3 },
  { from: '09-04', to: '10-12', weekdays: 3 },
];

/** Answers day by day, in order, as the worst calendar would. Moon feasts are taken as early as they may be. */
function worstCase(calendar: WorkCalendar): (day: number) => boolean {
  const left = new Map<string, number>();
  return (day) => {
    if (isCovered(calendar, day)) return isWorkday(calendar, day);
    const date = dateOfDay(day);
    const monthDay = date.slice(5);
    if (weekdayOf(day) > FRIDAY) return false;
    if (CLOSED_AT_WORST.some(([from, to]) => monthDay >= from && monthDay <= to)) return false;
    const feast = MOON_FEASTS.find(({ from, to }) => monthDay >= from && monthDay <= to);
    if (!feast) return true;
    const key = `${yearOf(date)} ${feast.from}`;
    const weekdays = left.get(key) ?? feast.weekdays;
    left.set(key, weekdays - 1);
    return weekdays <= 0;
  };
}

export const TERM_KINDS = ['T', 'D'] as const;
export type TermKind = (typeof TERM_KINDS)[number];
export const ROLL_RULES = ['none', 'following', 'modified-following'] as const;
export type RollRule = (typeof ROLL_RULES)[number];

/** So many working days (T) or calendar days (D) after the base day. */
export interface DueTerm {
  readonly kind: TermKind;
  readonly days: number;
  /** What becomes of a date on which nobody works. T dates are worked anyway. */
  readonly roll: RollRule;
  /** Paid out on this weekday only (1 is Monday), the next one that comes; null is any day. */
  readonly payWeekday: number | null;
}

export interface DueDate {
  readonly dueOn: string;
  /** The calendar was not announced so far: the date is a guess, and no later than `latestOn`. */
  readonly isEstimated: boolean;
  readonly latestOn: string;
}

const DAYS_MAX = 366;
const WALK_MAX = 1_500;

/** When something is due that counts from `baseDate`. Beyond what was announced the date is estimated, with an upper bound. */
export function dueDate(baseDate: string, term: DueTerm, calendar: WorkCalendar): DueDate {
  const base = dayOfDate(baseDate);
  invariant(base !== undefined, `${baseDate} is a day`);
  invariant(
    Number.isInteger(term.days) && term.days >= 0 && term.days <= DAYS_MAX,
    `a term has 0 to ${DAYS_MAX} days`,
  );
  let isEstimated = false;
  const likely = walk(base, term, (day) => {
    isEstimated ||= !isCovered(calendar, day);
    return isWorkday(calendar, day);
  });
  const latest = isEstimated ? Math.max(likely, walk(base, term, worstCase(calendar))) : likely;
  return { dueOn: dateOfDay(likely), isEstimated, latestOn: dateOfDay(latest) };
}

type Works = (day: number) => boolean;

function walk(base: number, term: DueTerm, works: Works): number {
  const counted = term.kind === 'D' ? base + term.days : afterWorkdays(base, term.days, works);
  const paid = term.payWeekday === null ? counted : nextWeekday(counted, term.payWeekday);
  if (term.kind === 'D' && term.roll === 'none') return paid;
  return paid === counted && term.kind === 'T' && term.days > 0 ? paid : rolled(paid, term, works);
}

function afterWorkdays(base: number, count: number, works: Works): number {
  let day = base;
  for (let left = count, steps = 0; left > 0; steps += 1) {
    invariant(steps < WALK_MAX, 'a calendar has working days');
    day += 1;
    if (works(day)) left -= 1;
  }
  return day;
}

const nextWeekday = (day: number, weekday: number): number =>
  day + ((weekday - weekdayOf(day) + 7) % 7);

function rolled(day: number, { roll }: DueTerm, works: Works): number {
  const forward = nextWorked(day, 1, works);
  const leavesMonth = dateOfDay(forward).slice(0, 7) !== dateOfDay(day).slice(0, 7);
  return roll === 'modified-following' && leavesMonth ? nextWorked(day, -1, works) : forward;
}

function nextWorked(from: number, step: 1 | -1, works: Works): number {
  let day = from;
  for (let steps = 0; !works(day); steps += 1) {
    invariant(steps < WALK_MAX, 'a calendar has working days');
    day += step;
  }
  return day;
}

/** The calendars that an announcement goes into: a statutory one is the bank’s, too. */
export function calendarsOf(calendarId: string): readonly string[] | undefined {
  if (calendarId === 'statutory') return COMMON_CALENDARS;
  return isCalendarId(calendarId) ? [calendarId] : undefined;
}

/** `statutory`, `bank` or `own:<code>`. */
export const isCalendarId = (text: string): boolean =>
  /^(statutory|bank|own:[A-Za-z0-9_-]{1,40})$/.test(text);
