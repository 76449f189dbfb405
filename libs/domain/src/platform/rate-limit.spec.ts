import { shareOfLimit, takeToken, type RateLimit, type TokenBucket } from './rate-limit.js';

/** How many of these requests are let through, by processes that take turns and count by themselves. */
function passed(limit: RateLimit, processes: number, requests: number, everyMs: number): number {
  const buckets = new Map<number, TokenBucket>();
  let count = 0;
  for (let index = 0; index < requests; index += 1) {
    const turn = index % processes;
    const share = shareOfLimit(limit, processes);
    const taken = takeToken(buckets.get(turn), share, index * everyMs);
    buckets.set(turn, taken.bucket);
    if (taken.retryAfterSeconds === undefined) count += 1;
  }
  return count;
}

describe('a rate limit that several processes share', () => {
  const limit = { perSecond: 10, burst: 20 };

  it.each([1, 2, 4, 5])('holds for all %d of them together', (processes) => {
    // 500 requests in 5 seconds: the burst, and what flows in meanwhile.
    const all = passed(limit, processes, 500, 10);
    expect(all).toBeGreaterThanOrEqual(70 - processes);
    expect(all).toBeLessThanOrEqual(70 + processes);
  });

  it('always lets a single request through, however small the share', () => {
    expect(passed({ perSecond: 1, burst: 1 }, 10, 10, 0)).toBe(10);
    expect(shareOfLimit({ perSecond: 1, burst: 3 }, 10)).toEqual({ perSecond: 0.1, burst: 1 });
  });
});
