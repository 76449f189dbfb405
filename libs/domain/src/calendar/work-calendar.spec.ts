import fc from 'fast-check';
import { dateOfDay, dayOfDate } from '../shared/business-time.js';
import { HOLIDAYS_2025, HOLIDAYS_2026 } from './announced-holidays.js';
import { calendarOf } from './announced-calendar.js';
import { readHolidayFile } from './holiday-file.js';
import { dueDate, isWorkday, type DueTerm, type WorkCalendar } from './work-calendar.js';

const FILES = [HOLIDAYS_2025, HOLIDAYS_2026];
const statutory = calendarOf('statutory', FILES);
const bank = calendarOf('bank', FILES);

const term = (kind: 'T' | 'D', days: number, more: Partial<DueTerm> = {}): DueTerm => ({
  kind,
  days,
  roll: 'none',
  payWeekday: null,
  ...more,
});
const due = (date: string, given: DueTerm, calendar: WorkCalendar = statutory): string =>
  dueDate(date, given, calendar).dueOn;

describe('due dates, as the table of the reference has them', () => {
  it.each([
    ['2026-02-10', { d7: '02-17', t7: '02-26', t7Bank: '02-27', d15: '02-25', t15: '03-09' }],
    ['2026-04-28', { d7: '05-05', t7: '05-11', t7Bank: '05-12', d15: '05-13', t15: '05-21' }],
    ['2026-09-28', { d7: '10-05', t7: '10-13', t7Bank: '10-14', d15: '10-13', t15: '10-23' }],
  ])('from %s', (date, { d7, t7, t7Bank, d15, t15 }) => {
    expect(due(date, term('D', 7))).toBe(`2026-${d7}`);
    expect(due(date, term('T', 7))).toBe(`2026-${t7}`);
    expect(due(date, term('T', 7), bank)).toBe(`2026-${t7Bank}`);
    expect(due(date, term('D', 15))).toBe(`2026-${d15}`);
    expect(due(date, term('T', 15))).toBe(`2026-${t15}`);
    expect(dueDate(date, term('T', 15), statutory).isEstimated).toBe(false);
  });

  it('are estimated beyond what was announced, and never earlier than can be', () => {
    expect(due('2026-12-24', term('D', 7))).toBe('2026-12-31');
    expect(due('2026-12-24', term('D', 15))).toBe('2027-01-08');
    expect(dueDate('2026-12-24', term('D', 15), statutory).isEstimated).toBe(false);
    const t7 = dueDate('2026-12-24', term('T', 7), statutory);
    expect(t7).toEqual({ dueOn: '2027-01-05', isEstimated: true, latestOn: '2027-01-06' });
    expect(dueDate('2026-12-24', term('T', 7), bank).isEstimated).toBe(true);
    const t15 = dueDate('2026-12-24', term('T', 15), statutory);
    expect(t15.isEstimated).toBe(true);
    expect(t15.dueOn).toBe('2027-01-15');
    expect(t15.latestOn > t15.dueOn).toBe(true);
  });

  it('bound what the real calendar says, also where it is not known yet', () => {
    const knows2025 = calendarOf('statutory', [HOLIDAYS_2025]);
    const from = dayOfDate('2025-11-15') ?? 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 330 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('none', 'following' as const),
        (after, days, roll) => {
          const date = dateOfDay(from + after);
          const real = dueDate(date, term('T', days, { roll }), statutory);
          const guess = dueDate(date, term('T', days, { roll }), knows2025);
          if (!real.isEstimated) expect(guess.latestOn >= real.dueOn).toBe(true);
          expect(guess.latestOn >= guess.dueOn).toBe(true);
        },
      ),
    );
  });
});

describe('a due date', () => {
  it('on a day off rolls to the next that is worked, or back where it would leave its month', () => {
    expect(due('2026-02-10', term('D', 7, { roll: 'following' }))).toBe('2026-02-24');
    expect(due('2026-01-21', term('D', 10, { roll: 'following' }))).toBe('2026-02-02');
    expect(due('2026-01-21', term('D', 10, { roll: 'modified-following' }))).toBe('2026-01-30');
  });

  it('waits for the weekday of paying out, and then for a day that is worked', () => {
    expect(due('2026-11-02', term('T', 7, { payWeekday: 5 }))).toBe('2026-11-13');
    expect(due('2026-09-25', term('D', 0, { payWeekday: 4, roll: 'following' }))).toBe(
      '2026-10-08',
    );
  });

  it('of T+0 is a worked day', () => {
    expect(due('2026-10-01', term('T', 0))).toBe('2026-10-08');
  });
});

describe('a working day', () => {
  it('is a weekend that is worked in the statutory calendar and never in the bank’s', () => {
    const saturday = dayOfDate('2026-02-14') ?? 0;
    expect(isWorkday(statutory, saturday)).toBe(true);
    expect(isWorkday(bank, saturday)).toBe(false);
  });

  it('there are 248 of in the announced 2026', () => {
    const first = dayOfDate('2026-01-01') ?? 0;
    const days = Array.from({ length: 365 }, (_, at) => first + at);
    expect(days.filter((day) => isWorkday(statutory, day))).toHaveLength(248);
  });
});

describe('a holiday file', () => {
  it('is read as it is written', () => {
    expect(readHolidayFile(JSON.parse(JSON.stringify(HOLIDAYS_2026)))).toEqual(HOLIDAYS_2026);
    const unannounced = { $schema: 'x', year: 2027, papers: [], days: [] };
    expect(readHolidayFile(unannounced)).toEqual({ year: 2027, papers: [], days: [] });
  });

  it.each([
    [[], 'not a JSON object'],
    [{ year: 'x', days: [] }, 'year must be'],
    [{ year: 2027 }, 'days must be'],
    [{ year: 2027, papers: [3], days: [] }, 'papers must be'],
    [{ year: 2027, days: [{ name: 'a', date: '2027-02-30', isOffDay: true }] }, 'not a day'],
    [
      { year: 2027, days: [{ name: 'a', date: '2026-12-31', isOffDay: true }] },
      'not a day of 2027',
    ],
    [{ year: 2027, days: [{ name: 'a', date: '2027-01-01' }] }, 'isOffDay'],
    [
      {
        year: 2027,
        days: [1, 2].map(() => ({ name: 'a', date: '2027-01-01', isOffDay: true })),
      },
      'listed twice',
    ],
  ])('that is none is refused with the reason: %j', (document, reason) => {
    expect(readHolidayFile(document)).toContain(reason);
  });
});
