import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/business-time.js';
import { NOT_FOUND_GRACE_MIN_MS, NOT_FOUND_READS_APART_MS } from './query-verdict.js';

/** So long the sender of an attempt watches whether its supplier settles it at once. */
export const SENDER_WATCHES_MS = 350;

const PAUSE_MAX_MS = 15 * MINUTE_MS;
/** Beyond a day nothing is urgent any more: a person has been asked long since. */
const LATE_PAUSE_MAX_MS = 2 * HOUR_MS;

/** What is known when the next query is planned. All times are the supplier's: see `supplierClock`. */
export interface QueryPlanFacts {
  readonly sentAtMs: number;
  readonly nowMs: number;
  readonly queryCount: number;
  readonly firstAfterMs: number;
  readonly everyMs: number;
  readonly graceMs: number;
  /** When the supplier first said "not found" after the grace. */
  readonly firstNotFoundAtMs: number | undefined;
}

/**
 * When to ask the supplier next: soon at first, then at pauses of half the order's age. A query is due at the end of
 * the grace and again when the second read of "not found" counts: nothing else can free the units sooner.
 */
export function nextQueryAtMs(facts: QueryPlanFacts): number {
  const { sentAtMs, nowMs, queryCount, firstAfterMs, everyMs, firstNotFoundAtMs } = facts;
  if (queryCount === 0) return Math.max(nowMs, sentAtMs + firstAfterMs);
  if (firstNotFoundAtMs !== undefined && nowMs < firstNotFoundAtMs + NOT_FOUND_READS_APART_MS)
    return firstNotFoundAtMs + NOT_FOUND_READS_APART_MS;
  const ageMs = nowMs - sentAtMs;
  const nextMs =
    nowMs +
    Math.min(ageMs < DAY_MS ? PAUSE_MAX_MS : LATE_PAUSE_MAX_MS, Math.max(everyMs, ageMs / 2));
  const graceEndsAtMs = sentAtMs + Math.max(facts.graceMs, NOT_FOUND_GRACE_MIN_MS);
  return nowMs < graceEndsAtMs && nextMs > graceEndsAtMs ? graceEndsAtMs : nextMs;
}

/** The pause after a round through all sources without success: 15 s, 30 s, 1 min … 10 min. */
export function roundPauseMs(round: number): number {
  return Math.min(10 * MINUTE_MS, 15_000 * 2 ** Math.min(round, 10));
}

/** How long an order waits that another one's top-up of the same account holds up: half of that one's age. */
export function busyPauseMs(ageMs: number): number {
  return Math.min(5 * MINUTE_MS, Math.max(3_000, ageMs / 2));
}

/**
 * The supplier's clock in a rehearsal: `speed` times as fast from the moment the order was sent, so that minutes of
 * grace pass in seconds while every rule stays as it is. With 1 it is the real one.
 */
export interface SupplierClock {
  toSupplierMs(realMs: number): number;
  toRealMs(supplierMs: number): number;
}

export function supplierClock(sentAtMs: number, speed: number): SupplierClock {
  return {
    toSupplierMs: (realMs) => sentAtMs + (realMs - sentAtMs) * speed,
    toRealMs: (supplierMs) => sentAtMs + (supplierMs - sentAtMs) / speed,
  };
}
