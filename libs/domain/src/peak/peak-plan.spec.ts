import fc from 'fast-check';
import {
  availableForPeak,
  daysUntil,
  expectedTotal,
  missingForPeak,
  peakCourse,
  peakDays,
  peakRunway,
  PEAK_HOURS_MAX,
  shareOf,
  type PeakUplift,
} from './peak-plan.js';

const festival: PeakUplift = {
  startsOn: '2027-02-01',
  endsOn: '2027-02-10',
  factor: 3,
  quantity: null,
  basePerDay: 40,
};

describe('what a peak needs', () => {
  it('counts its first and its last day', () => {
    expect(peakDays(festival)).toBe(10);
    expect(daysUntil('2027-02-06', '2026-11-25')).toBe(73);
    expect(daysUntil('2026-11-24', '2026-11-25')).toBe(-1);
  });

  it('takes a factor of a usual day, or the quantity that was named', () => {
    expect(expectedTotal(festival)).toBe(1_200);
    expect(expectedTotal({ ...festival, factor: null, quantity: 777 })).toBe(777);
  });

  it('counts what is there, ordered and promised, and not what orders wait for', () => {
    const supply = { inStock: 100, reserved: 30, onOrder: 50, confirmed: 200 };
    expect(availableForPeak(supply)).toBe(320);
    expect(missingForPeak(1_200, supply)).toBe(880);
    expect(missingForPeak(300, supply)).toBe(0);
  });

  it('shows day by day how long it suffices', () => {
    const course = peakCourse(festival, 300);
    expect(course).toHaveLength(10);
    expect(course[0]).toEqual({ day: '2027-02-01', expected: 120, available: 300 });
    expect(course[2]).toEqual({ day: '2027-02-03', expected: 120, available: 60 });
    expect(course[9]?.available).toBe(0);
  });
});

describe('the runway before and in a peak', () => {
  it('must be as much longer as the peak is higher', () => {
    expect(peakRunway({ perHour: 40 / 24, hoursMin: 12 }, [festival])).toEqual({
      perHour: 5,
      hoursMin: 36,
    });
  });
  it('is as usual where none is near, and never counts the demand of the peak itself twice', () => {
    expect(peakRunway({ perHour: 2, hoursMin: 12 }, [])).toEqual({ perHour: 0, hoursMin: 12 });
    expect(peakRunway({ perHour: 5, hoursMin: 12 }, [festival]).hoursMin).toBe(12);
  });
  it('stays none where nobody watches it, and within a month', () => {
    expect(peakRunway({ perHour: 1, hoursMin: 0 }, [festival]).hoursMin).toBe(0);
    expect(peakRunway({ perHour: 0, hoursMin: 48 }, [festival]).hoursMin).toBe(PEAK_HOURS_MAX);
  });
});

it('never promises the platforms more than all of it', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
      (total, shares) => {
        const all = shares.reduce((sum, one) => sum + one, 0);
        const promised = shares.reduce((sum, one) => sum + shareOf(total, one, all), 0);
        expect(promised).toBeLessThanOrEqual(total);
      },
    ),
  );
});
