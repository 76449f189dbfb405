// What the server tells the pages of complaints. Instants are milliseconds: the page counts on from the server's clock.
import type { Choice, RelatedSection, Value } from './views.js';

/** A promise that runs or has stopped. */
export interface ClockView {
  readonly kind: string;
  readonly cycleNo: number;
  readonly startedMs: number;
  readonly dueMs: number;
  readonly stoppedMs: number | null;
  readonly targetMs: number;
  /** What stood still before the pause that lasts. */
  readonly pausedMs: number;
  /** Since when it stands still; null where it runs. */
  readonly pausedSinceMs: number | null;
  readonly isHard: boolean;
  readonly outcome: string;
}

export interface WorkRow {
  readonly id: string;
  readonly complaintNo: string;
  readonly severity: string;
  readonly status: string;
  readonly category: string;
  readonly summary: string;
  readonly platform: string;
  readonly product: string;
  readonly order: string | null;
  readonly assignee: string | null;
  readonly isVip: boolean;
  readonly isBreached: boolean;
  readonly cycleNo: number;
  readonly receivedAt: string;
  /** What is due next; null where nothing is. */
  readonly clock: ClockView | null;
}

export interface WorkView {
  readonly nowMs: number;
  readonly rows: readonly WorkRow[];
  readonly isCapped: boolean;
  readonly counts: {
    readonly all: number;
    readonly mine: number;
    readonly unassigned: number;
    readonly overdue: number;
  };
  readonly platforms: readonly Choice[];
  readonly products: readonly Choice[];
  readonly mayWrite: boolean;
}

/** What was said, by whom, with its pictures. */
export interface TrailLine {
  readonly id: string;
  readonly at: string;
  readonly author: string;
  readonly who: string;
  readonly title: string;
  /** Text of other people: shown as text and as nothing else. */
  readonly text: string;
  readonly images: readonly string[];
}

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly levels: string;
  readonly firedAt: string;
  readonly acknowledged: string | null;
  readonly isOpen: boolean;
}

export interface BreachView {
  readonly id: string;
  readonly title: string;
  readonly breachedAt: string;
  readonly overshoot: string;
  readonly cause: string | null;
  readonly remark: string;
  readonly isExcused: boolean;
  readonly isAnnulled: boolean;
  readonly isExcuseAsked: boolean;
}

export interface PauseView {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly isOpen: boolean;
}

/** What the rules would give, unit by unit. */
export interface RemedyView {
  readonly cause: string;
  readonly units: string;
  readonly lines: readonly { readonly unit: string; readonly gift: string; readonly why: string }[];
  /** Whether it was made good before: the same is not done twice. */
  readonly isGiven: boolean;
  /** Whether the rules give something. */
  readonly isOffered: boolean;
  /** Why nothing can be given now; null where it can. */
  readonly hint: string | null;
}

/** Our own complaint at a supplier about it. */
export interface UpstreamView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly answer: string | null;
  readonly at: string;
  readonly isOpen: boolean;
}

export interface ComplaintPageView {
  readonly nowMs: number;
  readonly id: string;
  readonly complaintNo: string;
  readonly severity: string;
  readonly status: string;
  readonly isEnded: boolean;
  readonly isBreached: boolean;
  readonly facts: readonly {
    readonly label: string;
    readonly value: Value;
    readonly to?: string;
  }[];
  readonly clocks: readonly ClockView[];
  readonly pauses: readonly PauseView[];
  readonly trail: readonly TrailLine[];
  readonly notes: readonly TrailLine[];
  readonly steps: readonly StepView[];
  readonly breaches: readonly BreachView[];
  readonly remedy: RemedyView | null;
  readonly upstream: readonly UpstreamView[];
  readonly evidence: readonly RelatedSection[];
  /** Cards of the order that may be revealed, one by one. */
  readonly order: { readonly id: string; readonly unitNos: readonly number[] } | null;
  readonly runUrl: string;
  readonly assignee: string | null;
  /** The reader's own name at work. */
  readonly me: string;
  readonly staff: readonly { readonly email: string; readonly name: string }[];
  /** The buttons that make sense now and that this person may press; the commands check again. */
  readonly may: {
    readonly write: boolean;
    readonly take: boolean;
    readonly reopen: boolean;
    readonly confirm: boolean;
    readonly resume: boolean;
    readonly remedy: boolean;
    readonly upstream: boolean;
    readonly reveal: boolean;
  };
}

/** What is known of the order that somebody complains about. */
export interface IntakeOrder {
  readonly orderNo: string;
  readonly platform: string;
  readonly product: string;
  readonly quantity: number;
  readonly createdAt: string;
  /** Complaints of it that are open already. */
  readonly open: readonly { readonly id: string; readonly complaintNo: string }[];
}

export interface IntakeView {
  readonly now: string;
  readonly order: IntakeOrder | null;
}
