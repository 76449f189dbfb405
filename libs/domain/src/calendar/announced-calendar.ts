import { dayOfDate, weekdayOf } from '../shared/business-time.js';
import type { HolidayFile, HolidayLine } from './holiday-file.js';
import type { WorkCalendar } from './work-calendar.js';

const FRIDAY = 5;

/** What a calendar keeps of an announcement: banks know no weekend that is worked. */
export function linesFor(calendarId: string, file: HolidayFile): readonly HolidayLine[] {
  return calendarId === 'bank' ? file.days.filter((line) => line.isOffDay) : file.days;
}

/** A calendar made of announcements; a year without days is not covered. */
export function calendarOf(calendarId: string, files: readonly HolidayFile[]): WorkCalendar {
  const announced = files.filter((file) => file.days.length > 0);
  return {
    days: new Map(
      announced.flatMap((file) =>
        linesFor(calendarId, file).map(({ date, isOffDay }) => [date, !isOffDay] as const),
      ),
    ),
    coverage: new Map(announced.map(({ year }) => [year, `${year}-12-31`])),
  };
}

/** How many days of the announcement change what their weekday says. */
export function changedDays(lines: readonly HolidayLine[]): { off: number; worked: number } {
  const isWeekend = (date: string): boolean => weekdayOf(dayOfDate(date) ?? 0) > FRIDAY;
  return {
    off: lines.filter(({ date, isOffDay }) => isOffDay && !isWeekend(date)).length,
    worked: lines.filter(({ date, isOffDay }) => !isOffDay && isWeekend(date)).length,
  };
}
