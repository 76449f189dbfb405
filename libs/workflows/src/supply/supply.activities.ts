import type { OrderStatus } from '#domain';

/** A call to a supplier that is due now. */
export interface SupplyCall {
  readonly kind: 'send' | 'query';
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly supplierCode: string;
}

export interface AttemptRef {
  readonly attemptId: string;
}

/** What a call came to, and how its order stands then; undefined for purchases of stock. */
export interface CallEnd {
  readonly attemptStatus: string;
  readonly order?: { readonly status: OrderStatus; readonly version: number };
}

/** Calls to suppliers, on the queues of each. A call is made at most once for each time it is due. */
export interface SupplyActivities {
  /**
   * Submits an attempt under its number. The right to send is claimed in the database first: dispatched twice, it leaves
   * once. Whatever the supplier answers is written down before this returns.
   */
  sendAttempt(input: AttemptRef): Promise<CallEnd>;
  /** Asks the supplier how an attempt stands and writes down what it says. */
  queryAttempt(input: AttemptRef): Promise<CallEnd>;
}
