import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { calendarsOf, changedDays, type HolidayFile, readHolidayFile } from '#domain';
import { isDatabaseAway, openSqlPool } from '#domain/database';
import { type CalendarImported, importDaysOff } from '#domain/stores';
import { findRunningSystem } from './doctor/running-system.js';

// npm run import-calendar -- --file F: the days off of a year, as the State Council announced them.
const HELP = `npm run import-calendar -- --file F [options]

  --calendar C      statutory (the default, which the banks' calendar follows), bank, or own:CODE of a platform
  --json            one JSON object on the last line

F is a year in the JSON form of github.com/NateScarlet/holiday-cn: {"year", "papers", "days": [{"name", "date", "isOffDay"}]}.
A file without days says that the year is not announced yet; then nothing is changed. Due dates that depend on the calendar
are counted anew. Exit code 0: taken over, or known already; 1: not taken over.`;
const CONNECTIONS = 2;

class UsageError extends Error {}

try {
  const { values } = parsed();
  if (values.help) console.log(HELP);
  else await run(values);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

function parsed() {
  try {
    return parseArgs({
      options: {
        file: { type: 'string' },
        calendar: { type: 'string', default: 'statutory' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(asked: { file?: string; calendar: string; json: boolean }): Promise<void> {
  if (!asked.file) throw new UsageError('--file is missing.');
  const calendarIds = calendarsOf(asked.calendar);
  if (!calendarIds) throw new UsageError('--calendar is statutory, bank or own:CODE.');
  const file = await readHolidays(asked.file);
  const { databaseUrl } = findRunningSystem(process.env);
  const pool = openSqlPool(databaseUrl, CONNECTIONS, 'kagong-import-calendar');
  try {
    const actor = 'npm run import-calendar';
    const result = await importDaysOff(pool, { file, calendarIds, actor, nowMs: Date.now() });
    console.log(asked.json ? JSON.stringify(result) : peopleText(file, result));
    if (!result.isAnnounced) process.exitCode = 1;
  } finally {
    await pool.end();
  }
}

async function readHolidays(path: string): Promise<HolidayFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} cannot be read.`);
  });
  const file = readHolidayFile(parseJson(text, path));
  if (typeof file === 'string') throw new UsageError(`${path}: ${file}.`);
  return file;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON.`);
  }
}

function peopleText(file: HolidayFile, { isAnnounced, changed, year }: CalendarImported): string {
  if (!isAnnounced)
    return `${year} has not been announced: the file lists no days. Nothing was changed.`;
  if (changed.length === 0) return `${year} is known already; nothing was changed.`;
  const { off, worked } = changedDays(file.days);
  return `${year} was taken over into ${changed.join(' and ')}: ${off} weekdays off, ${worked} weekend days worked.`;
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (isDatabaseAway(error)) return 'The database does not answer. Is Kagong running?';
  return error instanceof Error ? error.message : String(error);
}
