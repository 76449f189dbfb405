import type { ProductKind } from '../catalog/product-kind.js';
import type { OrderStatus } from '../order/order-status.js';
import { REFUSAL_RULES, type RefusalClass } from './attempt-outcome.js';
import { MAY_STILL_DELIVER, type AttemptStatus } from './attempt-status.js';
import type { SupplyStrategy } from './supplier-status.js';

/** An attempt as the order's next step sees it. */
export interface OrderAttempt {
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly supplierCode: string;
  readonly routeId: string;
  readonly status: AttemptStatus;
  readonly maySend: boolean;
  readonly nextQueryAtMs: number | null;
  readonly isUndecided: boolean;
  readonly refusal: RefusalClass | null;
  readonly round: number;
}

/** An order with all that decides its next step. */
export interface OrderSupply {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly productId: string;
  readonly kind: 'card' | 'top-up';
  readonly strategy: SupplyStrategy;
  readonly maySellAtLoss: boolean;
  readonly unitPriceHao: number;
  readonly account: Readonly<Record<string, string>>;
  readonly deadlineAtMs: number | null;
  readonly isCancelAsked: boolean;
  /** Units that nobody has yet: neither delivered nor with a supplier. */
  readonly freeUnits: number;
  readonly round: number;
  readonly hasRoutes: boolean;
  readonly attempts: readonly OrderAttempt[];
}

/** What the next step hangs on: the same for an order and for a purchase of stock. */
export type SupplyWish = Pick<
  OrderSupply,
  'attempts' | 'deadlineAtMs' | 'isCancelAsked' | 'freeUnits' | 'round'
>;

/** Units that must be given to sources, and the sources that had their turn in this round. */
export interface SupplyNeed {
  readonly freeUnits: number;
  readonly triedRouteIds: readonly string[];
}

export interface OrderStep {
  readonly calls: readonly {
    readonly kind: 'send' | 'query';
    readonly attemptId: string;
    readonly attemptNo: string;
    readonly supplierCode: string;
  }[];
  readonly wakeAtMs: number | null;
  readonly need: SupplyNeed | null;
  readonly end: 'deadline' | 'cancel' | 'account-refused' | null;
  /** Attempts that are open past the deadline: from now on a person may decide them. */
  readonly undecidedIds: readonly string[];
}

/** Whether goods of this kind come as cards or are put on an account. */
export function supplyKindOf(kind: ProductKind, hasAccountFields: boolean): 'card' | 'top-up' {
  if (kind === 'card') return 'card';
  return kind === 'top-up' || hasAccountFields ? 'top-up' : 'card';
}

export const isOpenAttempt = (attempt: Pick<OrderAttempt, 'status'>): boolean =>
  MAY_STILL_DELIVER[attempt.status];

/**
 * What is to be done for an order now. Only units that no supplier may deliver any more are given to another; past the
 * deadline, after a wish to cancel, or when the account itself was refused, nothing more is bought, and the order ends as
 * soon as nothing is under way.
 */
export function nextOrderStep(order: SupplyWish, nowMs: number): OrderStep {
  const open = order.attempts.filter(isOpenAttempt);
  const stop = stopReason(order, nowMs);
  const isDue = (attempt: OrderAttempt): boolean =>
    attempt.nextQueryAtMs === null ? attempt.maySend : attempt.nextQueryAtMs <= nowMs;
  const calls = open.filter(isDue).map(({ attemptId, attemptNo, supplierCode, maySend }) => ({
    kind: maySend ? ('send' as const) : ('query' as const),
    attemptId,
    attemptNo,
    supplierCode,
  }));
  const later = open
    .filter((attempt) => !isDue(attempt))
    .map(({ nextQueryAtMs }) => nextQueryAtMs)
    .filter((atMs) => atMs !== null);
  if (stop === null && order.deadlineAtMs !== null) later.push(order.deadlineAtMs);
  return {
    calls,
    wakeAtMs: later.length === 0 ? null : Math.min(...later),
    need: stop === null && order.freeUnits > 0 ? needOf(order) : null,
    end: open.length === 0 && order.freeUnits > 0 ? stop : null,
    undecidedIds:
      stop === 'deadline'
        ? open.filter(({ isUndecided }) => !isUndecided).map(({ attemptId }) => attemptId)
        : [],
  };
}

function stopReason(order: SupplyWish, nowMs: number): OrderStep['end'] {
  if (order.isCancelAsked) return 'cancel';
  const isRefused = order.attempts.some(
    ({ status, refusal }) =>
      status === 'rejected' && refusal !== null && REFUSAL_RULES[refusal].stopsOrder,
  );
  if (isRefused) return 'account-refused';
  return order.deadlineAtMs !== null && nowMs >= order.deadlineAtMs ? 'deadline' : null;
}

function needOf(order: SupplyWish): SupplyNeed {
  const tried = order.attempts.filter(
    (attempt) =>
      attempt.round === order.round && !isOpenAttempt(attempt) && attempt.status !== 'partial',
  );
  return {
    freeUnits: order.freeUnits,
    triedRouteIds: [...new Set(tried.map(({ routeId }) => routeId))],
  };
}
