// What the server tells the pages about statements. This file imports nothing: pages and server both build on it.

/** How the beginning of a statement would be read. */
export interface StatementPreview {
  readonly headings: readonly string[];
  /** Which heading carries what. */
  readonly columns: Readonly<Record<string, string>>;
  /** Whether what no statement can do without is there. */
  readonly isUsable: boolean;
  /** The period that the statement names. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly lines: readonly {
    readonly lineNo: number;
    readonly type: string | null;
    readonly number: string;
    readonly amount: string;
    readonly at: string;
    readonly fault: string | null;
  }[];
}

/** One platform in one quarter; amounts in the order of the table. */
export interface TieOutRow {
  readonly party: string;
  readonly quarter: string;
  readonly amounts: readonly string[];
  readonly isEven: boolean;
}

export const COLUMN_ROLES_SHOWN = [
  'our-no',
  'their-no',
  'amount',
  'type',
  'fee',
  'status',
  'time',
  'product',
  'quantity',
  'account',
  'currency',
  'memo',
] as const;
