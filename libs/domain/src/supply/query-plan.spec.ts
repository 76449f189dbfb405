import { MINUTE_MS } from '../shared/business-time.js';
import { nextQueryAtMs, roundPauseMs, supplierClock } from './query-plan.js';

const SENT_MS = 1_795_000_000_000;
const next = (ageMs: number, more: Partial<Parameters<typeof nextQueryAtMs>[0]> = {}): number =>
  nextQueryAtMs({
    sentAtMs: SENT_MS,
    nowMs: SENT_MS + ageMs,
    queryCount: 1,
    firstAfterMs: 5_000,
    everyMs: 5_000,
    graceMs: 3 * MINUTE_MS,
    firstNotFoundAtMs: undefined,
    ...more,
  }) - SENT_MS;

describe('when a supplier is asked next', () => {
  it('is asked first when its protocol says so', () => {
    expect(next(1_000, { queryCount: 0 })).toBe(5_000);
  });

  it('is asked at pauses that grow with the age of the order, never faster than it allows', () => {
    expect(next(4_000)).toBe(9_000);
    expect(next(60_000)).toBe(90_000);
    expect(next(10 * 60 * MINUTE_MS)).toBe(10 * 60 * MINUTE_MS + 15 * MINUTE_MS);
  });

  it('is asked the moment the grace ends, and again when the second read counts', () => {
    expect(next(150_000)).toBe(180_000);
    expect(next(180_000, { firstNotFoundAtMs: SENT_MS + 180_000 })).toBe(240_000);
  });

  it('has all sources gone through again after pauses that double up to ten minutes', () => {
    expect([0, 1, 2, 6, 50].map(roundPauseMs)).toEqual([15_000, 30_000, 60_000, 600_000, 600_000]);
  });

  it('runs faster in a rehearsal, and back to the real time', () => {
    const clock = supplierClock(SENT_MS, 60);
    expect(clock.toSupplierMs(SENT_MS + 1_000)).toBe(SENT_MS + MINUTE_MS);
    expect(clock.toRealMs(SENT_MS + 3 * MINUTE_MS)).toBe(SENT_MS + 3_000);
  });
});
