import type { Pool } from 'pg';
import type { CalendarView } from '../components/calendar-views.js';
import { shownAmount } from '../resource/shown-amount.js';

const DAYS = `
  SELECT to_char(day, 'YYYY-MM-DD') AS date, is_workday AS "isWorkday", name FROM calendar_days
  WHERE calendar_id = $1 AND day BETWEEN make_date($2, 1, 1) AND make_date($2, 12, 31) ORDER BY day`;
const YEAR = `
  SELECT to_char(coverage_until, 'YYYY-MM-DD') AS until, source, edition, imported_by FROM calendar_years
  WHERE calendar_id = $1 AND year = $2`;

/** What is open of statements whose agreement counts by this calendar. */
const DUE = `
  SELECT to_char(s.due_on, 'YYYY-MM-DD') AS date, sum(s.outstanding_hao)::float8 AS "outstandingHao", count(*)::int AS count,
    bool_or(s.status = 'overdue') AS "isOverdue"
  FROM statements s JOIN settlement_agreements a ON a.id = s.agreement_id
  WHERE a.calendar_id = $1 AND s.due_on BETWEEN make_date($2, 1, 1) AND make_date($2, 12, 31)
    AND s.issued_at IS NOT NULL AND s.outstanding_hao > 0
  GROUP BY s.due_on ORDER BY s.due_on`;

type DueDay = CalendarView['due'][number];

/** A year with the days that differ from their weekdays, and what is due on which. */
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
  const due = await pool.query<Omit<DueDay, 'amount'> & { readonly outstandingHao: number }>(DUE, [
    calendarId,
    year,
  ]);
  const row = found.rows[0];
  return {
    calendarId,
    year,
    days: days.rows,
    coverageUntil: row?.until ?? null,
    source: row?.source ?? null,
    edition: row?.edition ?? null,
    importedBy: row?.imported_by ?? null,
    due: due.rows.map(({ outstandingHao, ...day }) => ({
      ...day,
      amount: shownAmount(outstandingHao),
    })),
  };
}
