import { SECOND_MS } from '../shared/business-time.js';

/** A bucket of tokens: `burst` at most, refilled at `perSecond`. */
export interface TokenBucket {
  readonly tokens: number;
  readonly atMs: number;
}

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** What each of several processes that count by themselves may let through, so that all together keep the limit. */
export function shareOfLimit({ perSecond, burst }: RateLimit, processes: number): RateLimit {
  return { perSecond: perSecond / processes, burst: Math.max(1, burst / processes) };
}

/** Takes one token. Refused requests cost nothing and learn after how many seconds to come back. */
export function takeToken(
  bucket: TokenBucket | undefined,
  limit: RateLimit,
  nowMs: number,
): { readonly bucket: TokenBucket; readonly retryAfterSeconds: number | undefined } {
  const refilled = bucket
    ? Math.min(limit.burst, bucket.tokens + ((nowMs - bucket.atMs) / SECOND_MS) * limit.perSecond)
    : limit.burst;
  if (refilled >= 1)
    return { bucket: { tokens: refilled - 1, atMs: nowMs }, retryAfterSeconds: undefined };
  return {
    bucket: { tokens: refilled, atMs: nowMs },
    retryAfterSeconds: Math.max(1, Math.ceil((1 - refilled) / limit.perSecond)),
  };
}
