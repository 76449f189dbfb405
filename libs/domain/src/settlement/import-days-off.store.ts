import type { Pool } from 'pg';
import {
  importCalendar,
  type CalendarImport,
  type CalendarImported,
} from '../calendar/calendar.store.js';
import { type AfterChange, NOTHING_MORE } from '../database/sql.js';
import { recountDueDates } from './advance-statement.store.js';

/** Takes over an announcement and counts the due days of open statements anew, in one transaction. */
export function importDaysOff(
  pool: Pool,
  announcement: CalendarImport & { readonly nowMs: number },
  afterChange: AfterChange = NOTHING_MORE,
): Promise<CalendarImported> {
  return importCalendar(pool, announcement, async (client) => {
    await recountDueDates(client, announcement.calendarIds, announcement.nowMs);
    await afterChange(client);
  });
}
