/** Why an order is born held: it waits for a person, paid, without goods. */
export const HOLD_REASONS = ['watched-platform', 'watched-customer', 'above-order-limit'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What is known of a platform when it orders; read with its balance. */
export interface HoldFacts {
  /** Orders above this amount wait for a person; null is no limit. */
  readonly orderLimitHao: number | null;
  readonly isPlatformWatched: boolean;
  readonly watchedCustomers: readonly string[];
}

export const NOTHING_TO_HOLD: HoldFacts = {
  orderLimitHao: null,
  isPlatformWatched: false,
  watchedCustomers: [],
};

/** Why an order waits for a person; null where it goes its way. */
export function holdReason(
  facts: HoldFacts,
  order: { readonly customerNo: string | null; readonly amountHao: number },
): HoldReason | null {
  if (facts.isPlatformWatched) return 'watched-platform';
  if (order.customerNo !== null && facts.watchedCustomers.includes(order.customerNo))
    return 'watched-customer';
  return facts.orderLimitHao !== null && order.amountHao > facts.orderLimitHao
    ? 'above-order-limit'
    : null;
}
