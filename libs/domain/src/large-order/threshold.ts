import { HAO_PER_YUAN } from '../shared/money.js';

/** Without any word of ours, an order is large from here on. */
export const LARGE_ORDER_FLOOR_HAO = 50_000 * HAO_PER_YUAN;

/** What decides from which amount on an order is large. */
export interface LargeOrderTerms {
  /** Settings in yuan that staff have made; null where there is none. */
  readonly customerFromHao: number | null;
  readonly platformFromHao: number | null;
  /** What this customer (or the platform, where it names none) ordered on average in the last 30 days. */
  readonly averageOrderHao: number;
  /** The platform's credit limit. */
  readonly creditLimitHao: number;
}

/**
 * From which amount on an order is large, in hao: the customer's own setting, else the platform's, else 50 000 yuan, three
 * average orders or 30 % of the credit limit, whichever is most.
 */
export function largeOrderFromHao(terms: LargeOrderTerms): number {
  return (
    terms.customerFromHao ??
    terms.platformFromHao ??
    Math.max(
      LARGE_ORDER_FLOOR_HAO,
      3 * terms.averageOrderHao,
      Math.floor((terms.creditLimitHao * 30) / 100),
    )
  );
}

/** A customer may have a lower threshold than its platform: from here on it is looked up. */
const CUSTOMER_LOOK_UP_HAO = 1_000 * HAO_PER_YUAN;

/** Whether the terms of an order have to be read at all: nearly all orders are too small to be large by any rule. */
export function mayBeLarge(
  amountHao: number,
  order: { readonly platformFromHao: number | null; readonly hasCustomer: boolean },
): boolean {
  if (order.hasCustomer && amountHao >= CUSTOMER_LOOK_UP_HAO) return true;
  return amountHao >= (order.platformFromHao ?? LARGE_ORDER_FLOOR_HAO);
}
