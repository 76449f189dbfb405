import { closingFault, monthAfter, monthOf, periodOf } from './period.js';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const fault = (month: string, lastClosed: string | null, now: string) => {
  const period = periodOf(month);
  if (!period) throw new Error(`${month} is a month`);
  return closingFault(period, { lastClosed, firstMonth: '2026-01', nowMs: at(now) });
};

describe('a month of the books', () => {
  it('begins and ends at midnight in Shanghai, also over the end of a year and in a leap year', () => {
    expect(periodOf('2026-12')).toEqual({
      month: '2026-12',
      startsAtMs: at('2026-12-01T00:00:00'),
      endsAtMs: at('2027-01-01T00:00:00'),
    });
    expect(periodOf('2028-02')?.endsAtMs).toBe(at('2028-03-01T00:00:00'));
    expect(monthOf(at('2026-11-30T23:59:59'))).toBe('2026-11');
    expect(monthAfter('2026-12')).toBe('2027-01');
  });

  it.each(['2026-13', '2026-1', '26-01', 'now'])('is not %s', (text) => {
    expect(periodOf(text)).toBeUndefined();
  });

  it('is closed when it is over and what was under way has landed, one after the other', () => {
    expect(fault('2026-01', null, '2026-02-01T00:09:59')).toBe('ledger.period-not-over');
    expect(fault('2026-01', null, '2026-02-01T00:10:00')).toBeUndefined();
    expect(fault('2026-02', null, '2026-04-01T00:00:00')).toBe('ledger.period-out-of-turn');
    expect(fault('2026-02', '2026-01', '2026-04-01T00:00:00')).toBeUndefined();
  });
});
