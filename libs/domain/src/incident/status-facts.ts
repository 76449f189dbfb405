import type { ComplaintCategory, ResolutionCode } from '../complaint/complaint-kind.js';
import type {
  ComponentKind,
  ComponentState,
  IncidentRemedy,
  IncidentSeverity,
  IncidentStatus,
} from './incident-kind.js';
import type { DayState } from './component-state.js';

/** What we promise, as the public page measures it. */
export const FULFILMENT_PROMISED = 0.998;
export const COMPLAINT_RATE_PROMISED = 0.003;
export const STATUS_DAYS = 90;

export interface StatusText {
  readonly zh: string;
  readonly en: string;
}

export interface StatusUpdate {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly text: StatusText;
  readonly atMs: number;
  /** What stood there before, the newest first; empty where nothing was corrected. */
  readonly before: readonly { readonly text: StatusText; readonly atMs: number }[];
  /** When its words were last corrected; null where they never were. */
  readonly correctedMs: number | null;
}

export interface StatusIncident {
  readonly incidentNo: string;
  readonly title: StatusText;
  readonly status: IncidentStatus;
  readonly severity: IncidentSeverity;
  readonly occurredMs: number;
  readonly detectedMs: number;
  readonly publishedMs: number;
  readonly fixedMs: number | null;
  readonly components: readonly StatusText[];
  /** The newest first. */
  readonly updates: readonly StatusUpdate[];
  readonly compensations: readonly {
    readonly remedy: IncidentRemedy;
    readonly days: number;
    readonly givenCount: number;
  }[];
}

export interface StatusComponentView {
  readonly code: string;
  readonly kind: ComponentKind;
  readonly name: StatusText;
  readonly state: ComponentState;
  readonly days: readonly DayState[];
}

export interface StatusMonth {
  /** `YYYY-MM` in Shanghai. */
  readonly month: string;
  readonly fulfilled: number;
  readonly failed: number;
  readonly complaints: number;
  readonly ackMet: number;
  readonly ackBreached: number;
  readonly resolveMet: number;
  readonly resolveBreached: number;
}

/** A complaint without anything that says whose it is. */
export interface StatusComplaint {
  readonly day: string;
  readonly category: ComplaintCategory;
  /** The product line; null where none is named for its product. */
  readonly line: StatusText | null;
  readonly ackHours: number | null;
  readonly resolveHours: number | null;
  readonly outcome: ResolutionCode | null;
  readonly isBreached: boolean;
}

/** Everything that the public page tells. */
export interface StatusFacts {
  readonly components: readonly StatusComponentView[];
  readonly incidents: readonly StatusIncident[];
  readonly months: readonly StatusMonth[];
  readonly complaints: readonly StatusComplaint[];
}

/** A share of a whole; null where there was nothing to count. */
export const keptShare = (part: number, rest: number): number | null =>
  part + rest === 0 ? null : part / (part + rest);

/** Whether a month kept all that is promised; what was not counted breaks nothing. */
export function isMonthKept(month: StatusMonth): boolean {
  const fulfilment = keptShare(month.fulfilled, month.failed);
  const rate = month.fulfilled === 0 ? 0 : month.complaints / month.fulfilled;
  return (
    (fulfilment === null || fulfilment >= FULFILMENT_PROMISED) &&
    month.ackBreached === 0 &&
    month.resolveBreached === 0 &&
    rate <= COMPLAINT_RATE_PROMISED
  );
}
