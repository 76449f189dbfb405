import { FINAL_ORDER_STATUSES, type OrderStatus } from '../order/order-status.js';
import { DAY_MS } from '../shared/business-time.js';

/** Which orders an incident has affected. An empty list is no condition. */
export interface AffectedFilter {
  readonly productCodes: readonly string[];
  readonly supplierCodes: readonly string[];
  readonly platformCodes: readonly string[];
  readonly statuses: readonly OrderStatus[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Farther apart it is no incident any more. */
export const AFFECTED_DAYS_MAX = 92;
/** More orders than that are compensated in several runs. */
export const AFFECTED_ORDERS_MAX = 100_000;

/** Why a filter cannot be used; undefined where it can. */
export function filterFault(filter: AffectedFilter): 'period' | 'status' | undefined {
  const lengthMs = filter.toMs - filter.fromMs;
  if (lengthMs <= 0 || lengthMs > AFFECTED_DAYS_MAX * DAY_MS) return 'period';
  const isFinal = (status: OrderStatus): boolean =>
    (FINAL_ORDER_STATUSES as readonly OrderStatus[]).includes(status);
  return filter.statuses.length === 0 || !filter.statuses.every(isFinal) ? 'status' : undefined;
}
