// What the server tells the pages about calendars. This file imports nothing: pages and server both build on it.

export interface CalendarView {
  readonly calendarId: string;
  readonly calendarIds: readonly string[];
  readonly year: number;
  /** Days that differ from their weekday. */
  readonly days: readonly {
    readonly date: string;
    readonly isWorkday: boolean;
    readonly name: string;
  }[];
  /** Null where the year has not been announced. */
  readonly coverageUntil: string | null;
  readonly source: string | null;
  readonly edition: number | null;
  readonly importedBy: string | null;
  /** What is due on which day, in yuan. */
  readonly due: readonly {
    readonly date: string;
    readonly amount: string;
    readonly count: number;
    readonly isOverdue: boolean;
  }[];
}
