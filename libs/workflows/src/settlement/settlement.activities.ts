import type { StatementStatus } from '#domain';
import type { CloseStatement } from './close-statement.contract.js';

/** Where a statement stands, and when to look at it again. */
export interface StatementStep {
  readonly statementId: string;
  readonly statementNo: string;
  readonly status: StatementStatus;
  /** Null where time alone changes nothing. */
  readonly waitMs: number | null;
}

export interface SettlementActivities {
  /** The periods that have ended and have no statement, and those that are open without a run. */
  planStatements(): Promise<readonly CloseStatement[]>;
  /** Makes the period's statement, where there is none, and issues it. Null where the period has not ended. */
  makeStatement(period: CloseStatement): Promise<StatementStep | null>;
  /** Does what time brings: consent by silence, being late, a reminder. */
  watchStatement(statement: { readonly statementId: string }): Promise<StatementStep>;
}
