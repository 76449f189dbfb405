import {
  DAY_MS,
  dateOfDay,
  dayOfDate,
  MINUTE_MS,
  shanghaiDate,
  shanghaiMidnightMs,
} from '../shared/business-time.js';
import type { ErrorCode } from '../shared/domain-error.js';

export const PERIOD_STATUSES = ['open', 'closed'] as const;
export type PeriodStatus = (typeof PERIOD_STATUSES)[number];

/** A month of the books: `2026-11`, from its first instant in Shanghai to that of the next month. */
export interface Period {
  readonly month: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

const LONGEST_MONTH_DAYS = 31;

export const monthOf = (atMs: number): string => shanghaiDate(atMs).slice(0, 7);

export function periodOf(month: string): Period | undefined {
  const first = /^\d{4}-\d{2}$/.test(month) ? dayOfDate(`${month}-01`) : undefined;
  if (first === undefined) return undefined;
  const next = dayOfDate(`${dateOfDay(first + LONGEST_MONTH_DAYS).slice(0, 7)}-01`);
  return {
    month,
    startsAtMs: shanghaiMidnightMs(first),
    endsAtMs: shanghaiMidnightMs(next ?? first),
  };
}

/** Clocks of the programs may differ by a little, and what they have begun before midnight must have landed. */
export const CLOSES_AFTER_MS = 10 * MINUTE_MS;

/** Why a month cannot be closed now: months are closed one after the other, and not before they are over. */
export function closingFault(
  period: Period,
  state: {
    readonly lastClosed: string | null;
    readonly firstMonth: string;
    readonly nowMs: number;
  },
): ErrorCode | undefined {
  if (state.nowMs < period.endsAtMs + CLOSES_AFTER_MS) return 'ledger.period-not-over';
  const next = state.lastClosed === null ? state.firstMonth : monthAfter(state.lastClosed);
  return period.month === next ? undefined : 'ledger.period-out-of-turn';
}

export function monthAfter(month: string): string {
  const period = periodOf(month);
  return period ? monthOf(period.endsAtMs + DAY_MS) : month;
}
