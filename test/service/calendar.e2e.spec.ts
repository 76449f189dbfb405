import type pg from 'pg';
import { calendarOf, dueDate, HOLIDAYS_2025, HOLIDAYS_2026, type HolidayFile } from '#domain';
import { openSqlPool } from '#domain/database';
import { importDaysOff, readCalendar } from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'test');
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const A_YEAR: HolidayFile = {
  year: 2027,
  papers: ['https://www.gov.cn/2027'],
  days: [
    { name: '元旦', date: '2027-01-01', isOffDay: true },
    { name: '元旦', date: '2027-01-02', isOffDay: true },
    { name: '元旦', date: '2027-01-09', isOffDay: false },
  ],
};
const take = (file: HolidayFile, calendarIds = ['statutory', 'bank']) =>
  importDaysOff(pool, { file, calendarIds, actor: 'test', nowMs: Date.now() });

describe('working days as data', () => {
  it('are there for the announced years as soon as the database is', async () => {
    const announced = [HOLIDAYS_2025, HOLIDAYS_2026];
    expect(await readCalendar(pool, 'statutory')).toEqual(calendarOf('statutory', announced));
    expect(await readCalendar(pool, 'bank')).toEqual(calendarOf('bank', announced));
  });

  it('are not touched by a list that is not out yet', async () => {
    const before = await readCalendar(pool, 'statutory');
    expect(await take({ year: 2027, papers: [], days: [] })).toEqual({
      year: 2027,
      isAnnounced: false,
      changed: [],
    });
    expect(await readCalendar(pool, 'statutory')).toEqual(before);
  });

  it('make an estimate certain once they are imported, in both calendars', async () => {
    const term = { kind: 'T', days: 7, roll: 'none', payWeekday: null } as const;
    const due = async (calendarId: string) =>
      dueDate('2026-12-31', term, await readCalendar(pool, calendarId));
    expect((await due('statutory')).isEstimated).toBe(true);
    expect((await take(A_YEAR)).changed).toEqual(['statutory', 'bank']);
    expect(await due('statutory')).toEqual({
      dueOn: '2027-01-11',
      isEstimated: false,
      latestOn: '2027-01-11',
    });
    expect((await due('bank')).dueOn).toBe('2027-01-12');
  });

  it('change nothing when the same list comes again, and count an edition when another does', async () => {
    expect((await take(A_YEAR)).changed).toEqual([]);
    const more = {
      ...A_YEAR,
      days: [...A_YEAR.days, { name: '春节', date: '2027-02-08', isOffDay: true }],
    };
    const [first, second] = await Promise.all([take(more), take(more)]);
    expect([...first.changed, ...second.changed]).toEqual(['statutory', 'bank']);
    const { rows } = await pool.query(
      `SELECT edition, (SELECT count(*)::int FROM calendar_days d WHERE d.calendar_id = y.calendar_id AND d.day >= '2027-01-01') AS days
       FROM calendar_years y WHERE year = 2027 AND calendar_id = 'statutory'`,
    );
    expect(rows).toEqual([{ edition: 2, days: 4 }]);
  });
});
