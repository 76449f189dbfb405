import { SECOND_MS } from '../shared/business-time.js';
import type {
  ClockKind,
  ComplaintSeverity,
  EscalationCause,
  EscalationLevel,
} from './complaint-kind.js';
import { clockMoment, type Clock } from './sla-clock.js';
import type { SlaPolicy } from './sla-policy.js';

/** A step of the ladder: at so many per cent of the target somebody is told. */
export interface EscalationStep {
  readonly percent: number;
  readonly levels: readonly EscalationLevel[];
}

/** Nobody has it in hand; the step that comes before all percentages. */
export const UNASSIGNED_PERCENT = 0;

export const ESCALATION_LADDER: readonly EscalationStep[] = [
  { percent: 50, levels: ['assignee'] },
  { percent: 75, levels: ['assignee', 'lead'] },
  { percent: 90, levels: ['lead', 'duty-manager'] },
  { percent: 100, levels: ['manager'] },
  { percent: 150, levels: ['owner'] },
];

/** Promises of the customer climb the ladder; those of suppliers and the rhythm of news do not. */
export const hasLadder = (kind: ClockKind): boolean => kind === 'ack' || kind === 'resolve';

/** A step that was taken. */
export interface TakenStep {
  readonly percent: number;
  readonly firedMs: number;
  readonly isAcknowledged: boolean;
}

export interface DueStep {
  readonly percent: number;
  readonly levels: readonly EscalationLevel[];
  readonly dueMs: number;
  readonly cause: EscalationCause;
}

/**
 * The next step of a clock: when so much of its time is used up, or earlier where nobody has acknowledged the step before.
 * Each is taken once; undefined at the top and where the clock has stopped.
 */
export function nextStep(
  clock: Clock,
  taken: readonly TakenStep[],
  rules: Pick<SlaPolicy, 'unackedSeconds' | 'unackedUrgentSeconds'> & {
    readonly severity: ComplaintSeverity;
  },
): DueStep | undefined {
  if (clock.stopMs !== null || !hasLadder(clock.kind)) return undefined;
  const highest = Math.max(0, ...taken.map(({ percent }) => percent));
  const step = ESCALATION_LADDER.find(({ percent }) => percent > highest);
  if (!step) return undefined;
  const timeMs = clockMoment(clock, step.percent / 100);
  const last = taken.find(({ percent }) => percent === highest && percent > 0);
  if (!last || last.isAcknowledged) return { ...step, dueMs: timeMs, cause: 'time' };
  const seconds = rules.severity === 'P0' ? rules.unackedUrgentSeconds : rules.unackedSeconds;
  const silentMs = last.firedMs + seconds * SECOND_MS;
  return silentMs < timeMs
    ? { ...step, dueMs: silentMs, cause: 'unacknowledged' }
    : { ...step, dueMs: timeMs, cause: 'time' };
}

/** The kind of alert that tells of a step. */
export function escalationAlert(
  percent: number,
): 'complaint-unassigned' | 'complaint-breached' | 'complaint-due' {
  if (percent === UNASSIGNED_PERCENT) return 'complaint-unassigned';
  return percent >= 100 ? 'complaint-breached' : 'complaint-due';
}

/** What an alert about a step is known by. */
export const escalationSubject = (complaintNo: string, kind: ClockKind, percent: number): string =>
  percent === UNASSIGNED_PERCENT ? complaintNo : `${complaintNo} ${kind} ${percent}%`;
