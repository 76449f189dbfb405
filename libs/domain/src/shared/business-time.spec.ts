import fc from 'fast-check';
import {
  DAY_MS,
  dateOfDay,
  dayOfDate,
  shanghaiDate,
  shanghaiDayNumber,
  shanghaiMidnightMs,
  weekdayOf,
} from './business-time.js';

describe('the day in Shanghai', () => {
  it.each([
    ['1969-12-31T16:00:00Z', '1970-01-01'],
    ['2024-02-28T16:00:00Z', '2024-02-29'],
    ['2024-02-29T16:00:00Z', '2024-03-01'],
    ['2026-12-31T15:59:59.999Z', '2026-12-31'],
    ['2026-12-31T16:00:00Z', '2027-01-01'],
    ['2100-02-28T16:00:00Z', '2100-03-01'],
  ])('at %s is %s', (instant, day) => {
    expect(shanghaiDate(Date.parse(instant))).toBe(day);
  });

  it('agrees with the calendar of the platform for two centuries', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6_300_000_000_000 }), (nowMs) => {
        expect(shanghaiDate(nowMs)).toBe(format.format(nowMs + 8 * 3_600_000));
      }),
    );
  });

  it('is one more after a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), (nowMs) => {
        expect(shanghaiDayNumber(nowMs + DAY_MS)).toBe(shanghaiDayNumber(nowMs) + 1);
      }),
    );
  });
});

describe('a day and its date', () => {
  it('are the same for eight centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 200_000 }), (day) => {
        expect(dayOfDate(dateOfDay(day))).toBe(day);
        expect(shanghaiDayNumber(shanghaiMidnightMs(day))).toBe(day);
        expect(shanghaiDayNumber(shanghaiMidnightMs(day) - 1)).toBe(day - 1);
        expect(weekdayOf(day)).toBe(new Date(day * DAY_MS).getUTCDay() || 7);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-01', '20260101', ''])('refuse “%s”', (text) => {
    expect(dayOfDate(text)).toBeUndefined();
  });
});
