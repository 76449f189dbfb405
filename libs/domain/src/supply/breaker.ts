import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import type { AttemptStatus } from './attempt-status.js';

/** What is known of one earlier attempt of a route. */
export interface RecentAttempt {
  readonly status: AttemptStatus;
  readonly createdAtMs: number;
  readonly settledAtMs: number | null;
}

export type BreakerState = 'closed' | 'half-open' | 'open';

const FAILURES_IN_A_ROW_MAX = 5;
const RATED_FROM = 10;
const FAILED_SHARE_MAX = 0.7;
const REST_MS = 30 * SECOND_MS;
const REST_MAX_MS = 10 * MINUTE_MS;
const GOOD_IN_A_ROW_TO_CLOSE = 3;

const GOOD: readonly AttemptStatus[] = ['succeeded', 'partial'];
const BAD: readonly AttemptStatus[] = [
  'not-sent',
  'rejected',
  'unknown',
  'failed',
  'not-received',
  'late-success',
  'reversed',
];

export const wasGood = ({ status }: RecentAttempt): boolean => GOOD.includes(status);
const wasBad = ({ status }: RecentAttempt): boolean => BAD.includes(status);

/**
 * Whether a route may be used, read from its recent attempts alone (newest first), so that no process needs to remember
 * anything. It opens after five failures in a row or when seven of ten go wrong, rests 30 seconds, twice as long for each
 * further failure up to ten minutes, then lets one attempt at a time through, and closes after three good ones.
 * `clockSpeed` shortens the rest in rehearsals.
 */
export function breakerState(
  recent: readonly RecentAttempt[],
  nowMs: number,
  clockSpeed = 1,
): BreakerState {
  const known = recent.filter((attempt) => wasGood(attempt) || wasBad(attempt));
  const badInARow = leading(known, wasBad);
  const goodInARow = leading(known, wasGood);
  const rated = known.slice(0, RATED_FROM * 2);
  const badShare = rated.filter(wasBad).length / Math.max(1, rated.length);
  const isBadRate = rated.length >= RATED_FROM && badShare >= FAILED_SHARE_MAX;
  if (goodInARow >= GOOD_IN_A_ROW_TO_CLOSE) return 'closed';
  if (badInARow < FAILURES_IN_A_ROW_MAX && !isBadRate)
    return isRecovering(known, goodInARow) ? 'half-open' : 'closed';
  const lastBad = known.find(wasBad);
  if (!lastBad) return 'closed';
  const lastMs = lastBad.settledAtMs ?? lastBad.createdAtMs;
  const doublings = Math.max(0, badInARow - FAILURES_IN_A_ROW_MAX);
  const restMs = Math.min(REST_MAX_MS, REST_MS * 2 ** Math.min(doublings, 10)) / clockSpeed;
  return nowMs - lastMs < restMs ? 'open' : 'half-open';
}

/** The same after somebody has reset it: attempts made before count no more. */
export const breakerSince = (
  resetAtMs: number | null,
  recent: readonly RecentAttempt[],
  nowMs: number,
  clockSpeed = 1,
): BreakerState =>
  breakerState(
    resetAtMs === null ? recent : recent.filter(({ createdAtMs }) => createdAtMs > resetAtMs),
    nowMs,
    clockSpeed,
  );

/** The first good ones after a row of failures: still one at a time. */
function isRecovering(known: readonly RecentAttempt[], goodInARow: number): boolean {
  return goodInARow > 0 && leading(known.slice(goodInARow), wasBad) >= FAILURES_IN_A_ROW_MAX;
}

function leading(
  attempts: readonly RecentAttempt[],
  fits: (attempt: RecentAttempt) => boolean,
): number {
  const end = attempts.findIndex((attempt) => !fits(attempt));
  return end < 0 ? attempts.length : end;
}
