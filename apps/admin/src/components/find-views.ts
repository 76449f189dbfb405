// What finding, saved views, exports and work on many records tell our pages. Pages and server both build on it.
import type { Verb } from './views.js';

/** One record that bears what somebody looked for. */
export interface FoundRecord {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly status: string | null;
}

/** What was found of one kind of record. */
export interface FoundGroup {
  readonly entity: string;
  readonly hits: readonly FoundRecord[];
}

/** A list with filters and order that somebody saved. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly isShared: boolean;
  readonly isOwn: boolean;
  /** Who saved it. */
  readonly by: string;
}

/** How far an export has come. */
export interface ExportProgress {
  readonly id: string;
  readonly status: string;
  readonly rowCount: number;
  readonly isCut: boolean;
}

/** What could be done to each of many records. */
export interface BulkView {
  readonly records: readonly { readonly id: string; readonly verbs: readonly Verb[] }[];
}

export interface HistoryChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Who did what to a record. */
export interface HistoryView {
  readonly lines: readonly {
    readonly at: string;
    readonly who: string;
    readonly what: string;
    readonly reason: string | null;
    readonly changes: readonly HistoryChange[];
  }[];
  /** In the Temporal UI. */
  readonly runUrl: string | null;
}
