import type { CreditBand, CreditStage } from '../credit/credit-band.js';

/** What decides whether a large order must be paid in part before anything is delivered. */
export interface PrepaymentFacts {
  readonly amountHao: number;
  /** Null where the platform was never scored. */
  readonly band: CreditBand | null;
  readonly stage: CreditStage;
  readonly limitHao: number;
  /** What the platform owes or has under way, without this order. */
  readonly exposureHao: number;
  /** The platform or the customer is on watch. */
  readonly isWatched: boolean;
  /** What the platform ordered in the last 24 hours, and on a usual day of the last 30. */
  readonly orderedLastDayHao: number;
  readonly usualDayHao: number;
}

/** Why prepayment is demanded. */
export const PREPAYMENT_REASONS = [
  'not-scored',
  'band-too-low',
  'over-limit',
  'overdue',
  'watched',
  'sudden',
] as const;
export type PrepaymentReason = (typeof PREPAYMENT_REASONS)[number];

export interface PrepaymentVerdict {
  readonly isNeeded: boolean;
  /** All that speaks for it; empty where it is not needed. */
  readonly reasons: readonly PrepaymentReason[];
}

/** So many times a usual day, with this order, is sudden. */
const SUDDEN_FACTOR = 5;

/**
 * Whether risk demands a prepayment. Only who is trusted (band A or B), pays in time, has room for the whole order within
 * its limit and buys as it always did is spared; an unknown platform never is.
 */
export function needsPrepayment(facts: PrepaymentFacts): PrepaymentVerdict {
  const { amountHao, band, usualDayHao } = facts;
  const speaks: Readonly<Record<PrepaymentReason, boolean>> = {
    'not-scored': band === null,
    'band-too-low': band === 'C' || band === 'D',
    'over-limit': facts.exposureHao + amountHao > facts.limitHao,
    overdue: facts.stage !== 'open',
    watched: facts.isWatched,
    sudden: facts.orderedLastDayHao + amountHao > SUDDEN_FACTOR * usualDayHao,
  };
  const reasons = PREPAYMENT_REASONS.filter((reason) => speaks[reason]);
  return { isNeeded: reasons.length > 0, reasons };
}
