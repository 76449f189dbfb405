/** One period of one platform, from its end until nothing is owed for it. */
export interface CloseStatement {
  readonly platformCode: string;
  readonly periodKey: string;
}

export interface CloseStatementResult {
  /** `none`: the period has not ended, or nothing is agreed. `given-up`: the sweep watches it from here on. */
  readonly end: 'paid' | 'written-off' | 'none' | 'given-up';
}
