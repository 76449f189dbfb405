import type { OrderChanged } from './fulfil-order.contract.js';
import type { SupplyCall } from '../supply/supply.activities.js';
import type { CancelOrder, RetryNow } from './fulfil-order.contract.js';

export interface OrderRef {
  readonly orderId: string;
}

/** How an order stands after a step of its supply, and what is due. */
export interface OrderAdvanced extends OrderChanged {
  readonly calls: readonly SupplyCall[];
  /** When to look again at the latest; null where only news can change anything. */
  readonly wakeAtMs: number | null;
}

/** Steps of an order that are one transaction each; all may run twice. */
export interface OrderActivities {
  /**
   * Does all that our own database can do for a waiting order: ends it where nothing more can come, gives its free units
   * to sources, and tells which calls are due.
   */
  advanceOrder(input: OrderRef): Promise<OrderAdvanced>;
  /** Fails and refunds an order whose deadline has passed; tells how the order stands. */
  failOverdueOrder(input: OrderRef): Promise<OrderChanged>;
  /** Cancels and refunds what was not delivered; an order that was final already stays what it is. */
  cancelWaitingOrder(input: OrderRef & CancelOrder): Promise<OrderChanged>;
  /**
   * Gives stock to the orders that wait for the product; tells how this order stands then. The wish is noted once for
   * each update, however often this runs.
   */
  retryWaitingOrder(
    input: OrderRef & RetryNow & { readonly productId: string; readonly updateId: string },
  ): Promise<OrderChanged>;
}
