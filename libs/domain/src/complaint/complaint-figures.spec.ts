import { attainmentPercent, complaintRatePercent, isRateHigh } from './complaint-figures.js';

describe('the figures of complaints', () => {
  it('never make attainment better than it is', () => {
    expect(attainmentPercent(99_999, 1)).toBe('99.99');
    expect(attainmentPercent(3, 0)).toBe('100.00');
    expect(attainmentPercent(0, 0)).toBeNull();
  });

  it('never make the rate of complaints better than it is', () => {
    expect(complaintRatePercent(1, 3_000)).toBe('0.034');
    expect(complaintRatePercent(0, 10)).toBe('0.000');
    expect(complaintRatePercent(1, 0)).toBeNull();
  });

  it('are high above 3 complaints of 1,000 delivered lines, and not at them', () => {
    expect(isRateHigh(3, 1_000)).toBe(false);
    expect(isRateHigh(4, 1_000)).toBe(true);
    expect(isRateHigh(1, 0)).toBe(false);
  });
});
