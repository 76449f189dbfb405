import {
  dateOfDay,
  dayOfDate,
  MINUTE_MS,
  shanghaiMidnightMs,
  weekdayOf,
} from '../shared/business-time.js';
import { invariant } from '../shared/assert.js';

export const SETTLEMENT_CYCLES = ['day', 'week', 'half-month', 'month'] as const;
export type SettlementCycle = (typeof SETTLEMENT_CYCLES)[number];

/** A stretch of days that one statement is about, both ends included. */
export interface SettlementPeriod {
  /** Tells the periods of a platform apart: `2026-11-25`, `W2026-11-23`, `2026-11-H2`, `2026-11`. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

const HALF_DAY = 15;

/** The period in which a day lies. Weeks begin on Monday; the first half of a month has 15 days. */
export function settlementPeriodOf(cycle: SettlementCycle, date: string): SettlementPeriod {
  const day = requireDay(date);
  const month = date.slice(0, 7);
  switch (cycle) {
    case 'day':
      return { key: date, from: date, to: date };
    case 'week': {
      const monday = day - weekdayOf(day) + 1;
      return { key: `W${dateOfDay(monday)}`, from: dateOfDay(monday), to: dateOfDay(monday + 6) };
    }
    case 'half-month':
      return Number(date.slice(8)) <= HALF_DAY
        ? { key: `${month}-H1`, from: `${month}-01`, to: `${month}-${HALF_DAY}` }
        : { key: `${month}-H2`, from: `${month}-${HALF_DAY + 1}`, to: lastOfMonth(month) };
    case 'month':
      return { key: month, from: `${month}-01`, to: lastOfMonth(month) };
  }
}

/** The day behind a period begins the next one. */
export const dayAfter = (date: string): string => dateOfDay(requireDay(date) + 1);

function lastOfMonth(month: string): string {
  const first = requireDay(`${month}-01`);
  return dateOfDay(requireDay(`${dateOfDay(first + 31).slice(0, 7)}-01`) - 1);
}

function requireDay(date: string): number {
  const day = dayOfDate(date);
  invariant(day !== undefined, `${date} is a day`);
  return day;
}

/** A business day ends at the cut-off: what comes later belongs to the next day. 1440 minutes is midnight. */
export interface CutOff {
  readonly cutOffMinutes: number;
}

/** When the period ends, and the next one begins. */
export const endsAtMs = (period: SettlementPeriod, { cutOffMinutes }: CutOff): number =>
  shanghaiMidnightMs(requireDay(period.to)) + cutOffMinutes * MINUTE_MS;

/** When the period begins: at the cut-off of the day before it. */
export const startsAtMs = (period: SettlementPeriod, { cutOffMinutes }: CutOff): number =>
  shanghaiMidnightMs(requireDay(period.from) - 1) + cutOffMinutes * MINUTE_MS;

export interface AgreementSpan extends CutOff {
  readonly cycle: SettlementCycle;
  /** First and last day; null is open. */
  readonly validFrom: string;
  readonly validTo: string | null;
}

const PERIODS_MAX = 400;

/** The periods that have ended and have no statement yet, oldest first: from `afterDate` on, or from the agreement's first day. */
export function endedPeriods(
  agreement: AgreementSpan,
  afterDate: string | null,
  nowMs: number,
): readonly SettlementPeriod[] {
  const periods: SettlementPeriod[] = [];
  let from =
    afterDate === null || afterDate < agreement.validFrom
      ? agreement.validFrom
      : dayAfter(afterDate);
  while (periods.length < PERIODS_MAX) {
    if (agreement.validTo !== null && from > agreement.validTo) break;
    const whole = settlementPeriodOf(agreement.cycle, from);
    const to =
      agreement.validTo !== null && agreement.validTo < whole.to ? agreement.validTo : whole.to;
    const period = { key: whole.key, from, to };
    if (endsAtMs(period, agreement) > nowMs) break;
    periods.push(period);
    from = dayAfter(to);
  }
  return periods;
}
