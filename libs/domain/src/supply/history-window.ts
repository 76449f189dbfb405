import { DAY_MS, HOUR_MS, shanghaiDate } from '../shared/business-time.js';

/** How far back a supplier answers: some days, this and the last calendar month, or for ever. */
export type HistoryWindow =
  { readonly days: number } | 'this-and-last-month' | 'unlimited' | 'unstated';

/** First moment in which the supplier no longer knows an order sent then; undefined where there is none. */
export function historyEndsAtMs(window: HistoryWindow, sentAtMs: number): number | undefined {
  if (window === 'unlimited' || window === 'unstated') return undefined;
  if (window !== 'this-and-last-month') return sentAtMs + window.days * DAY_MS;
  return nextMonthAtMs(nextMonthAtMs(sentAtMs));
}

/** The first moment of the next month in Shanghai. */
function nextMonthAtMs(atMs: number): number {
  const month = shanghaiDate(atMs).slice(0, 7);
  let dayStartMs = atMs - ((atMs + 8 * HOUR_MS) % DAY_MS);
  while (shanghaiDate(dayStartMs).slice(0, 7) === month) dayStartMs += DAY_MS;
  return dayStartMs;
}
