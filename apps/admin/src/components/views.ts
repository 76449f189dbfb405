// What the server tells our pages. This file imports only other views: pages and server both build on it.
import type { ComplaintFigures } from './figures-views.js';

/** A field as a person reads it: yuan, Beijing time, one entry a line. */
export type Value = string | number | boolean | null;

export type Choice = Readonly<Record<'id' | 'code' | 'name', string>>;

export interface DashboardView {
  readonly orders: readonly { readonly status: string; readonly count: number }[];
  readonly orderCount: number;
  /** Share of today's ended orders that were delivered whole, in percent; null where none has ended. */
  readonly fulfilment: string | null;
  /** Null for roles without a view on money. */
  readonly money: { readonly sales: string; readonly refunded: string } | null;
  /** What others are to pay, and how much of it is late. Null for the same roles. */
  readonly moneyDue: {
    readonly open: string;
    readonly overdue: string;
    readonly overdueCount: number;
    readonly differences: number;
  } | null;
  readonly backlog: {
    readonly waiting: number;
    readonly callbacksLate: number;
    /** There may be more late callbacks than were counted. */
    readonly isLateCapped: boolean;
    readonly callbacksDead: number;
    readonly outboxCount: number;
    readonly outboxAgeSeconds: number | null;
    readonly alerts: number;
    /** Null for who has no view on them. */
    readonly approvals: number | null;
    /** Held orders; null for roles that do not see risk. */
    readonly held: number | null;
    readonly undecided: number;
  };
  readonly stock: readonly {
    readonly productId: string;
    readonly code: string;
    readonly name: string;
    readonly available: number;
    readonly isCapped: boolean;
    readonly level: string;
    readonly waitingUnits: number;
    readonly hoursLeft: number | null;
    readonly hourly: readonly number[];
    readonly runway: 'crossed' | 'between' | 'clear';
  }[];
  readonly mayImport: boolean;
  /** The plan that is going on or comes next; null where there is none, or for roles without a view on supply. */
  readonly peak: {
    readonly id: string;
    readonly name: string;
    readonly countdown: string;
    readonly missing: string;
    readonly isShort: boolean;
  } | null;
  /** Null for roles without a view on licences. */
  readonly licences: {
    readonly lapsed: number;
    readonly soon: number;
    readonly stopped: number;
    readonly overrides: number;
  } | null;
  /** Open complaints and their rate in 30 days; null for roles without a view on them. */
  readonly complaints: ComplaintFigures | null;
  /** Null for roles without a view on it. */
  readonly compensation: {
    readonly spent: string;
    readonly limit: string;
    readonly isFull: boolean;
    readonly proposed: number;
  } | null;
}

/** One line of an order's story, in words. */
export interface TimelineLine {
  readonly at: string;
  readonly title: string;
  readonly who: string;
  readonly detail: string;
  readonly tone: 'good' | 'bad' | 'staff' | 'plain';
}

export interface OrderView {
  readonly id: string;
  readonly orderNo: string;
  readonly merchantOrderNo: string;
  readonly platformId: string;
  readonly platformName: string;
  readonly productId: string;
  readonly productCode: string;
  readonly productName: string;
  readonly customerNo: string | null;
  readonly account: Readonly<Record<string, string>> | null;
  readonly quantity: number;
  readonly deliveredQuantity: number;
  readonly unitPrice: string;
  readonly amount: string;
  readonly refunded: string;
  readonly status: string;
  readonly failCode: string | null;
  readonly callbackUrl: string | null;
  readonly saleChannel: string | null;
  readonly remark: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deadlineAt: string | null;
}

export interface UnitView {
  readonly unitNo: number;
  readonly status: string;
  readonly cardId: string | null;
  /** Masked. */
  readonly card: string | null;
  readonly batchId: string | null;
  readonly batchNo: string | null;
  readonly expiresOn: string | null;
  readonly deliveredAt: string | null;
}

export interface CallbackView {
  readonly id: string;
  readonly orderVersion: number;
  readonly url: string;
  readonly status: string;
  readonly tryCount: number;
  readonly nextAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly tries: readonly {
    readonly tryNo: number;
    readonly httpStatus: number | null;
    readonly failure: string | null;
    readonly durationMs: number;
    readonly askedBy: string;
    readonly at: string;
  }[];
}

export interface OrderPageView {
  readonly order: OrderView;
  /** Why it is not delivered yet, and how many cards are missing; null once it is final. */
  readonly why: { readonly lines: readonly string[]; readonly missing: number } | null;
  readonly units: readonly UnitView[];
  readonly unitTotal: number;
  readonly entries: readonly {
    readonly id: string;
    readonly kind: string;
    readonly at: string;
    readonly amount: string;
  }[];
  readonly callbacks: readonly CallbackView[];
  readonly timeline: readonly TimelineLine[];
  readonly runUrl: string;
  /** The buttons that make sense now and that this person may press; the commands check again. */
  readonly may: {
    readonly cancel: boolean;
    readonly retry: boolean;
    readonly replay: boolean;
    readonly reveal: boolean;
    readonly import: boolean;
    readonly compensate: boolean;
    readonly complain: boolean;
  };
}

/** How an import stands. */
export interface ImportView {
  readonly id: string;
  readonly status: 'running' | 'done' | 'failed';
  readonly fileName: string;
  readonly readCount: number;
  readonly importedCount: number;
  readonly refusedCount: number;
  readonly batchId: string | null;
  readonly batchNo: string | null;
  /** Why it failed, in words. */
  readonly failText: string | null;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/** How the beginning of a card file would be read; codes are masked. */
export interface PreviewView {
  readonly encoding: string;
  readonly layout: {
    readonly separator: string;
    readonly hasHeader: boolean;
    readonly columns: readonly (string | null)[];
  };
  readonly lineCount: number;
  /** Whether the preview has seen all of the file. */
  readonly isWhole: boolean;
  readonly refused: readonly { readonly reason: string; readonly count: number }[];
  readonly lines: readonly {
    readonly lineNo: number;
    readonly cardNo: string;
    readonly cardPassword: string;
    readonly expiresOn: string | null;
    readonly reason: string | null;
  }[];
}

/** One value of a related table: a text, perhaps a link, perhaps a status in its colour. */
export interface RelatedCell {
  readonly text: string;
  /** An address inside the panel. */
  readonly to?: string;
  /** The value behind the text, which decides the colour. */
  readonly tag?: string;
  /** Entity and field, where the colour hangs on them, too. */
  readonly tagOf?: string;
  readonly note?: string;
  /** A file to download, below /admin/data. */
  readonly download?: string;
  readonly isNumber?: boolean;
  /** Whole sentences: they take several lines where one is too short. */
  readonly isProse?: boolean;
  /** Shares of a whole, 0 to 1, each with what it says; drawn as short bars. */
  readonly meters?: readonly { readonly label: string; readonly share: number }[];
  /** Counts of what went well and what did not, the oldest first; drawn as columns. */
  readonly columns?: readonly { readonly good: number; readonly bad: number }[];
  /** A share between 0 and 1, drawn as a bar; above 1 it is full and red. */
  readonly bar?: number;
}

/** Numbers that people would rather see than read: one bar of each series for each label. */
export interface RelatedChart {
  readonly unit: string;
  readonly series: readonly string[];
  readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
}

/** What belongs to a record and stands in another table. Everything in it is said in the reader's language. */
export interface RelatedSection {
  readonly title: string;
  readonly hint?: string;
  readonly facts?: readonly { readonly label: string; readonly value: RelatedCell }[];
  readonly chart?: RelatedChart;
  readonly heads?: readonly string[];
  readonly rows?: readonly (readonly RelatedCell[])[];
  /** Said where there is no row. */
  readonly empty?: string;
  readonly links?: readonly { readonly label: string; readonly to: string }[];
}

/** What a person fills in; with options it is a choice. */
export interface VerbField {
  readonly name: string;
  /** A key of `page`. */
  readonly label: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
  readonly isOptional?: boolean;
  /** What stands there before anybody writes. */
  readonly value?: string;
  /** Several lines. */
  readonly isLong?: boolean;
}

/** A page made of sections, with a form of what they are about above; all of it in the reader's language. */
export interface SectionsView {
  readonly lead: string;
  readonly form?: {
    readonly submit: string;
    readonly fields: readonly {
      readonly name: string;
      readonly label: string;
      readonly value: string;
      readonly options?: readonly { readonly value: string; readonly text: string }[];
    }[];
  };
  readonly verbs?: readonly Verb[];
  readonly sections: readonly RelatedSection[];
}

/** Something a person can do to one record beside editing it, as its page offers it. The command behind it checks again. */
export interface Verb {
  /** A key of `action`. */
  readonly name: string;
  /** Below /admin/command; a download below /admin/data. */
  readonly path: string;
  readonly kind: 'post' | 'download';
  readonly tone: 'main' | 'danger' | 'plain';
  /** What is sent besides the fields. */
  readonly body?: Readonly<Record<string, string>>;
  /** A key of `page` that says what will happen. */
  readonly hint?: string;
  /** What the person must fill in: names with a key of `page` as label. */
  readonly fields?: readonly VerbField[];
  /** Parts of the answer that are shown once, with a key of `page` as label. */
  readonly reveals?: readonly { readonly name: string; readonly label: string }[];
  /** A key of `notice`. */
  readonly done?: string;
  /** Whether the form carries a key of its own, so that a double click acts once. */
  readonly hasFormKey?: boolean;
}
