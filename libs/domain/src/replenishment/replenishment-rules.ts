import {
  DAY_MS,
  HOUR_MS,
  SHANGHAI_OFFSET_MS,
  shanghaiDate,
  shanghaiDayNumber,
} from '../shared/business-time.js';
import { MAY_STILL_DELIVER, type AttemptStatus } from '../supply/attempt-status.js';
import type { IneligibleReason, SupplyCandidate } from '../supply/supply-choice.js';
import type { ReplenishmentStatus } from './replenishment-status.js';

/** So long a replenishment goes on trying. */
export const REPLENISHMENT_MAX_MS = DAY_MS;
/** Rounds through all sources in which none could sell. */
export const FRUITLESS_ROUNDS_MAX = 6;
/** So many are bought at once where no rule of the product says otherwise. */
export const LOT_SIZE_DEFAULT = 50;
/** The most one replenishment asks for. */
export const REPLENISHMENT_QUANTITY_MAX = 100_000;

export interface StockNeed {
  /** Pieces an hour. */
  readonly perHour: number;
  readonly available: number;
  /** Pieces that orders wait for. */
  readonly waitingUnits: number;
}

export interface QuantityLimits {
  readonly targetHours: number;
  readonly quantityMin: number;
  readonly quantityMax: number;
}

/** How many pieces bring the stock to its target, within the limits of the rule; 0 where it is there already. */
export function quantityToBuy(
  { perHour, available, waitingUnits }: StockNeed,
  { targetHours, quantityMin, quantityMax }: QuantityLimits,
): number {
  const missing = Math.ceil(perHour * targetHours) + waitingUnits - available;
  if (missing <= 0 && available > 0) return 0;
  return Math.min(quantityMax, Math.max(quantityMin, missing));
}

/** An attempt of a replenishment as its counts see it. */
export interface StockAttempt {
  readonly status: AttemptStatus;
  readonly quantity: number;
  readonly costHao: number;
  readonly paidHao: number | null;
  /** Cards that came, also more or later than was asked. */
  readonly receivedCount: number;
}

/** Pieces that came or may still come: the rest is free to be asked for elsewhere. */
export function heldQuantity(attempts: readonly StockAttempt[]): number {
  return attempts.reduce(
    (sum, one) => sum + (MAY_STILL_DELIVER[one.status] ? one.quantity : one.receivedCount),
    0,
  );
}

/** Money that was paid or may still have to be. */
export function committedHao(attempts: readonly StockAttempt[]): number {
  return attempts.reduce(
    (sum, one) =>
      sum + (MAY_STILL_DELIVER[one.status] ? one.costHao * one.quantity : (one.paidHao ?? 0)),
    0,
  );
}

export interface Budgets {
  readonly budgetHao: number;
  readonly committedHao: number;
  /** Null where no rule sets a limit. */
  readonly dayBudgetHao: number | null;
  readonly dayCommittedHao: number;
  readonly monthBudgetHao: number | null;
  readonly monthCommittedHao: number;
}

/** What may be spent now: the least of what the replenishment, the day and the month have left. */
export function spendableHao(budgets: Budgets): number {
  const left = [
    budgets.budgetHao - budgets.committedHao,
    (budgets.dayBudgetHao ?? Infinity) - budgets.dayCommittedHao,
    (budgets.monthBudgetHao ?? Infinity) - budgets.monthCommittedHao,
  ];
  return Math.max(0, Math.min(...left));
}

/** Obstacles that do not pass by themselves within minutes. */
const LASTING: ReadonlySet<IneligibleReason> = new Set([
  'supplier-paused',
  'route-paused',
  'standby',
  'off-shelf',
  'loss',
  'above-max-cost',
  'kind',
  'balance',
]);

/** Whether no source may sell for as long as nobody changes something. */
export function isHopeless(candidates: readonly Pick<SupplyCandidate, 'ineligible'>[]): boolean {
  return candidates.every(({ ineligible }) => ineligible !== null && LASTING.has(ineligible));
}

/** The replenishment of a product before this one. */
export interface LastReplenishment {
  readonly status: ReplenishmentStatus;
  readonly endedAtMs: number;
}

/** Where none could sell, it is tried again after an hour; what a person stopped, after a day. */
const PAUSE_MS: Readonly<Partial<Record<ReplenishmentStatus, number>>> = {
  'no-source': HOUR_MS,
  refused: DAY_MS,
  cancelled: DAY_MS,
};

/** Whether stock that is (still) short is bought anew. A spent budget waits for the next day. */
export function mayBuyAgain(last: LastReplenishment | undefined, nowMs: number): boolean {
  if (!last) return true;
  if (last.status === 'budget-spent')
    return shanghaiDayNumber(nowMs) > shanghaiDayNumber(last.endedAtMs);
  return nowMs >= last.endedAtMs + (PAUSE_MS[last.status] ?? 0);
}

/** When today and this month began in Shanghai. */
export function budgetPeriods(nowMs: number): { readonly dayMs: number; readonly monthMs: number } {
  const dayMs = shanghaiDayNumber(nowMs) * DAY_MS - SHANGHAI_OFFSET_MS;
  const dayOfMonth = Number(shanghaiDate(nowMs).slice(8));
  return { dayMs, monthMs: dayMs - (dayOfMonth - 1) * DAY_MS };
}
