import { MINUTE_MS } from '../shared/business-time.js';
import { isConfirmed } from './confirmation.js';

describe('a confirmation', () => {
  it('lasts for five minutes and not a moment longer', () => {
    expect(isConfirmed(1_000, 1_000)).toBe(true);
    expect(isConfirmed(1_000, 1_000 + 5 * MINUTE_MS - 1)).toBe(true);
    expect(isConfirmed(1_000, 1_000 + 5 * MINUTE_MS)).toBe(false);
  });

  it('is none where there was none, or where the clock went back', () => {
    expect(isConfirmed(undefined, 1_000)).toBe(false);
    expect(isConfirmed(2_000, 1_000)).toBe(false);
  });
});
