import type { CompensationCause } from '../compensation/compensation-kind.js';

/** What a complaint is about. */
export const COMPLAINT_CATEGORIES = [
  'bad-card',
  'used-card',
  'not-received',
  'wrong-amount',
  'late',
  'service',
  'question',
  'mass-failure',
  'regulator',
  'other',
] as const;
export type ComplaintCategory = (typeof COMPLAINT_CATEGORIES)[number];

/** How much it presses. `P3` is a question and no complaint; `REG` is an authority or a platform's arbitration. */
export const COMPLAINT_SEVERITIES = ['P0', 'P1', 'P2', 'P3', 'REG'] as const;
export type ComplaintSeverity = (typeof COMPLAINT_SEVERITIES)[number];

/** Where it stands. It follows from what has happened; news that comes late may take it a step back. */
export const COMPLAINT_STATUSES = [
  'received',
  'handling',
  'waiting-customer',
  'solution-offered',
  'solved',
  'withdrawn',
] as const;
export type ComplaintStatus = (typeof COMPLAINT_STATUSES)[number];

/** Nobody has to act: solved or withdrawn, unless it is opened again. */
export const isComplaintEnded = (status: ComplaintStatus): boolean =>
  status === 'solved' || status === 'withdrawn';

/** Where a complaint came in. */
export const COMPLAINT_SOURCES = ['platform-api', 'staff', 'supplier-pull', 'linked'] as const;
export type ComplaintSource = (typeof COMPLAINT_SOURCES)[number];

/** What happened, in the order in which equal instants count. */
export const COMPLAINT_EVENT_TYPES = [
  'opened',
  'deadline-set',
  'severity-changed',
  'assigned',
  'internal-note',
  'automatic-reply',
  'staff-message',
  'staff-question',
  'remedy-given',
  'solution-offered',
  'upstream-filed',
  'upstream-answered',
  'resumed',
  'customer-message',
  'confirmed',
  'silence',
  'withdrawn',
  'reopened',
] as const;
export type ComplaintEventType = (typeof COMPLAINT_EVENT_TYPES)[number];

/** What the complainant may see of the trail; the rest is for staff. */
const INTERNAL_EVENTS: readonly ComplaintEventType[] = [
  'deadline-set',
  'severity-changed',
  'assigned',
  'internal-note',
  'upstream-filed',
  'upstream-answered',
];
export const isPublicEvent = (type: ComplaintEventType): boolean => !INTERNAL_EVENTS.includes(type);

export const COMPLAINT_AUTHORS = ['customer', 'staff', 'system'] as const;
export type ComplaintAuthor = (typeof COMPLAINT_AUTHORS)[number];

/** How a complaint was solved. */
export const RESOLUTION_CODES = [
  'replaced',
  'refunded',
  'credited',
  'explained',
  'corrected',
  'not-at-fault',
  'duplicate',
  'other',
] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

export const CLOCK_KINDS = ['ack', 'resolve', 'update', 'upstream'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** `void`: what was learned later shows that it never ran. */
export const CLOCK_OUTCOMES = ['running', 'met', 'breached', 'void'] as const;
export type ClockOutcome = (typeof CLOCK_OUTCOMES)[number];

/** The only two reasons for which the clock of a solution stands still. */
export const PAUSE_REASONS = ['waiting-info', 'waiting-confirm'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Why a promise was broken; named within a working day. */
export const BREACH_CAUSES = [
  'staffing',
  'supplier',
  'platform',
  'system',
  'misjudged',
  'customer',
  'other',
] as const;
export type BreachCause = (typeof BREACH_CAUSES)[number];

/** Who is told. */
export const ESCALATION_LEVELS = ['assignee', 'lead', 'duty-manager', 'manager', 'owner'] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

/** Why a step was taken. */
export const ESCALATION_CAUSES = ['time', 'unacknowledged', 'unassigned'] as const;
export type EscalationCause = (typeof ESCALATION_CAUSES)[number];

export const UPSTREAM_STATUSES = ['asked', 'filed', 'answered', 'failed', 'withdrawn'] as const;
export type UpstreamStatus = (typeof UPSTREAM_STATUSES)[number];

export const UPSTREAM_METHODS = ['manual', 'interface'] as const;
export type UpstreamMethod = (typeof UPSTREAM_METHODS)[number];

/** How much a category presses until a person says otherwise. */
export function severityOf(category: ComplaintCategory): ComplaintSeverity {
  switch (category) {
    case 'bad-card':
    case 'used-card':
    case 'not-received':
    case 'wrong-amount':
      return 'P1';
    case 'mass-failure':
      return 'P0';
    case 'regulator':
      return 'REG';
    case 'question':
      return 'P3';
    default:
      return 'P2';
  }
}

/** The cause under which the rules of compensation look at it; undefined where nothing is to be made good. */
export function causeOfCategory(category: ComplaintCategory): CompensationCause | undefined {
  switch (category) {
    case 'bad-card':
    case 'used-card':
    case 'not-received':
    case 'wrong-amount':
    case 'late':
      return category;
    default:
      return undefined;
  }
}

/** `C`, the day in Shanghai and the complaint's id, at least six digits. */
export const complaintNoOf = (complaintId: string, date: string): string =>
  `C${date.replaceAll('-', '')}${complaintId.padStart(6, '0')}`;
