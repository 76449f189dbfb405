import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE, type Sql } from '../database/sql.js';
import { linesFor } from './announced-calendar.js';
import type { HolidayFile } from './holiday-file.js';
import type { WorkCalendar } from './work-calendar.js';

/** An importer at a time; readers see a year whole, before or after. */
const LOCK = 'SELECT pg_advisory_xact_lock(7704, 1)';
const DAYS_OF_YEAR = `
  SELECT to_char(day, 'YYYY-MM-DD') AS day, is_workday, name FROM calendar_days
  WHERE calendar_id = $1 AND day BETWEEN make_date($2, 1, 1) AND make_date($2, 12, 31) ORDER BY day`;
const PUT_YEAR = `
  INSERT INTO calendar_years (calendar_id, year, coverage_until, source, imported_by)
  VALUES ($1, $2, make_date($2, 12, 31), $3, $4)
  ON CONFLICT (calendar_id, year) DO UPDATE SET source = excluded.source, imported_by = excluded.imported_by,
    coverage_until = excluded.coverage_until, edition = calendar_years.edition + 1,
    version = calendar_years.version + 1, updated_at = now()
  RETURNING edition`;
const CLEAR_YEAR = `DELETE FROM calendar_days WHERE calendar_id = $1 AND day BETWEEN make_date($2, 1, 1) AND make_date($2, 12, 31)`;
const PUT_DAYS = `
  INSERT INTO calendar_days (calendar_id, day, is_workday, name, source, edition)
  SELECT $1, r.day, r.is_workday, r.name, $2, $3
  FROM unnest($4::date[], $5::boolean[], $6::text[]) AS r(day, is_workday, name)`;

const SOURCE_LENGTH_MAX = 300;

export interface CalendarImport {
  readonly file: HolidayFile;
  /** Which calendars take it. */
  readonly calendarIds: readonly string[];
  readonly actor: string;
}

export interface CalendarImported {
  readonly year: number;
  /** A list without days says that nothing was announced so far. */
  readonly isAnnounced: boolean;
  readonly changed: readonly string[];
}

/**
 * Takes over the announcement of a year. The same file again changes nothing; an empty one changes nothing either: that
 * the list is not out yet must not read as a year without holidays.
 */
export function importCalendar(
  pool: Pool,
  { file, calendarIds, actor }: CalendarImport,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<CalendarImported> {
  const { year } = file;
  if (file.days.length === 0) return Promise.resolve({ year, isAnnounced: false, changed: [] });
  return inTransaction(pool, async (client) => {
    await client.query(LOCK);
    const changed: string[] = [];
    for (const calendarId of calendarIds)
      if (await importOne(client, calendarId, { file, actor })) changed.push(calendarId);
    if (changed.length > 0) await afterChange(client);
    return { year, isAnnounced: true, changed };
  });
}

async function importOne(
  client: PoolClient,
  calendarId: string,
  { file, actor }: Pick<CalendarImport, 'file' | 'actor'>,
): Promise<boolean> {
  const lines = linesFor(calendarId, file).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  if (await isSame(client, calendarId, file.year, lines)) return false;
  const source = (file.papers[0] ?? actor).slice(0, SOURCE_LENGTH_MAX);
  const put = await client.query<{ edition: number }>(PUT_YEAR, [
    calendarId,
    file.year,
    source,
    actor,
  ]);
  await client.query(CLEAR_YEAR, [calendarId, file.year]);
  await client.query(PUT_DAYS, [
    calendarId,
    source,
    put.rows[0]?.edition ?? 1,
    lines.map(({ date }) => date),
    lines.map(({ isOffDay }) => !isOffDay),
    lines.map(({ name }) => name),
  ]);
  return true;
}

async function isSame(
  client: PoolClient,
  calendarId: string,
  year: number,
  lines: HolidayFile['days'],
): Promise<boolean> {
  const known = await client.query(
    'SELECT 1 FROM calendar_years WHERE calendar_id = $1 AND year = $2',
    [calendarId, year],
  );
  if (known.rowCount === 0) return false;
  const { rows } = await client.query<{ day: string; is_workday: boolean; name: string }>(
    DAYS_OF_YEAR,
    [calendarId, year],
  );
  const before = rows.map((row) => `${row.day} ${row.is_workday} ${row.name}`);
  const after = lines.map((line) => `${line.date} ${!line.isOffDay} ${line.name}`);
  return before.join('\n') === after.join('\n');
}

const READ_DAYS = `SELECT to_char(day, 'YYYY-MM-DD') AS day, is_workday FROM calendar_days WHERE calendar_id = $1`;
const READ_YEARS = `SELECT year, to_char(coverage_until, 'YYYY-MM-DD') AS until FROM calendar_years WHERE calendar_id = $1`;

/** A calendar as it is known now. */
export async function readCalendar(sql: Sql, calendarId: string): Promise<WorkCalendar> {
  const days = await sql.query<{ day: string; is_workday: boolean }>({
    name: 'read-calendar-days',
    text: READ_DAYS,
    values: [calendarId],
  });
  const years = await sql.query<{ year: number; until: string }>({
    name: 'read-calendar-years',
    text: READ_YEARS,
    values: [calendarId],
  });
  return {
    days: new Map(days.rows.map((row) => [row.day, row.is_workday])),
    coverage: new Map(years.rows.map((row) => [row.year, row.until])),
  };
}

/** Calendars that somebody may count by. */
export async function readCalendarIds(sql: Sql): Promise<readonly string[]> {
  const found = await sql.query<{ calendar_id: string }>({
    name: 'read-calendar-ids',
    text: 'SELECT DISTINCT calendar_id FROM calendar_years ORDER BY calendar_id',
    values: [],
  });
  return found.rows.map((row) => row.calendar_id);
}
