// What the server tells the pages of finance. This file imports nothing: pages and server both build on it.

/** Amounts are in yuan, as people read them. */
export interface BalanceLine {
  readonly platformId: string;
  readonly accountId: string;
  readonly code: string;
  readonly name: string;
  readonly balance: string;
  readonly available: string;
  readonly held: string;
  readonly deposit: string;
  readonly prepayment: string;
  readonly creditLimit: string;
  readonly paidLots: string;
  readonly grantedLots: string;
  readonly isNegative: boolean;
  /** What stood at the end of each of the last days in yuan, today last. */
  readonly days: readonly number[];
}

export interface BalancesView {
  readonly lines: readonly BalanceLine[];
  readonly total: { readonly balance: string; readonly held: string; readonly deposit: string };
}

export interface AccountChoice {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
}

export interface TrialBalanceView {
  readonly date: string;
  readonly basis: 'posted' | 'effective';
  readonly lines: readonly {
    readonly id: string;
    readonly code: string;
    readonly kind: string;
    readonly amount: string;
  }[];
  readonly sum: string;
  readonly lastClosed: string | null;
  /** The month that can be closed now; null where it is not over. */
  readonly closable: string | null;
  readonly nextMonth: string;
  readonly mayClose: boolean;
}
