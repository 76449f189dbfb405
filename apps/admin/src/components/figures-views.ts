// What the first page tells in figures. This file imports nothing: pages and server both build on it.

/** Open complaints, and the rate of 30 days in per cent; null where nothing was delivered. */
export interface ComplaintFigures {
  readonly open: number;
  readonly overdue: number;
  readonly unassigned: number;
  readonly rate: string | null;
  /** Above what is promised. */
  readonly isHigh: boolean;
}
