import type { Pool } from 'pg';
import type { CalendarView } from '../components/calendar-views.js';

const DAYS = `
  SELECT to_char(day, 'YYYY-MM-DD') AS date, is_workday AS "isWorkday", name FROM calendar_days
  WHERE calendar_id = $1 AND day BETWEEN make_date($2, 1, 1) AND make_date($2, 12, 31) ORDER BY day`;
const YEAR = `
  SELECT to_char(coverage_until, 'YYYY-MM-DD') AS until, source, edition, imported_by FROM calendar_years
  WHERE calendar_id = $1 AND year = $2`;

/** A year with the days that differ from their weekdays. */
export async function readYear(
  pool: Pool,
  calendarId: string,
  year: number,
): Promise<Omit<CalendarView, 'calendarIds'>> {
  const days = await pool.query<CalendarView['days'][number]>(DAYS, [calendarId, year]);
  const found = await pool.query<{
    until: string;
    source: string;
    edition: number;
    imported_by: string;
  }>(YEAR, [calendarId, year]);
  const row = found.rows[0];
  return {
    calendarId,
    year,
    days: days.rows,
    coverageUntil: row?.until ?? null,
    source: row?.source ?? null,
    edition: row?.edition ?? null,
    importedBy: row?.imported_by ?? null,
    due: [],
  };
}
