import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/business-time.js';

const FIRST_STEPS_MS = [
  0,
  15 * SECOND_MS,
  15 * SECOND_MS,
  30 * SECOND_MS,
  3 * MINUTE_MS,
  10 * MINUTE_MS,
  20 * MINUTE_MS,
  30 * MINUTE_MS,
];

/** Waits before each try: the steps of `platform-api`, then hourly until 24 hours have passed. */
export const DEFAULT_CALLBACK_LADDER_MS: readonly number[] = untilOneDay(FIRST_STEPS_MS);

function untilOneDay(steps: readonly number[]): number[] {
  const ladder = [...steps];
  let total = steps.reduce((sum, step) => sum + step, 0);
  while (total + HOUR_MS <= 24 * HOUR_MS) {
    ladder.push(HOUR_MS);
    total += HOUR_MS;
  }
  return ladder;
}

/** The wait after `triesMade` failed tries, or undefined when it is time to give up. */
export function nextCallbackDelayMs(
  ladderMs: readonly number[],
  triesMade: number,
): number | undefined {
  return ladderMs[triesMade];
}

const ACKNOWLEDGING_TEXTS = new Set(['', 'ok', 'success']);

/** Whether a receiver's answer acknowledges: 2xx whose body is empty, `ok`, `success` or JSON with code 0, 200 or "success". */
export function isAcknowledged(httpStatus: number, body: string): boolean {
  if (httpStatus < 200 || httpStatus > 299) return false;
  const text = body.trim();
  if (ACKNOWLEDGING_TEXTS.has(text.toLowerCase())) return true;
  try {
    const code = (JSON.parse(text) as { code?: unknown } | null)?.code;
    return code === 0 || code === 200 || code === '0' || code === '200' || code === 'success';
  } catch {
    return false;
  }
}
