import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import type { ComplaintSeverity } from './complaint-kind.js';

/** What is promised for one severity. */
export interface SlaPromise {
  readonly severity: ComplaintSeverity;
  readonly ackSeconds: number;
  /** How often the complainant hears from us; null is no promise. */
  readonly updateSeconds: number | null;
  readonly resolveSeconds: number;
  /** How soon a supplier should answer. It pauses nothing. */
  readonly upstreamSeconds: number;
}

/** A version of the promises. A complaint keeps the one that it was opened under. */
export interface SlaPolicy {
  readonly targets: readonly SlaPromise[];
  readonly vipPercent: number;
  readonly pauseCountMax: number;
  readonly pauseHoursMax: number;
  readonly silenceHours: number;
  readonly reopenDays: number;
  readonly reopenAckSeconds: number;
  readonly reopenResolveSeconds: number;
  readonly unackedSeconds: number;
  readonly unackedUrgentSeconds: number;
  readonly unassignedSeconds: number;
}

/** Nothing is promised looser than this for a complaint; `P3` is none. */
export const ACK_SECONDS_MAX = 3_600;
export const RESOLVE_SECONDS_MAX = 86_400;
/** A solution is due so long before the deadline of an authority or a platform. */
export const DEADLINE_LEAD_MS = DAY_MS;

const target = (
  severity: ComplaintSeverity,
  minutes: readonly [ack: number, update: number | null, resolve: number, upstream: number],
): SlaPromise => {
  const [ack, update, resolve, upstream] = minutes;
  return {
    severity,
    ackSeconds: ack * 60,
    updateSeconds: update === null ? null : update * 60,
    resolveSeconds: resolve * 60,
    upstreamSeconds: upstream * 60,
  };
};

/** What a new installation promises. */
export const FIRST_SLA_POLICY: SlaPolicy = {
  targets: [
    target('P0', [15, 60, 240, 120]),
    target('P1', [30, 120, 480, 240]),
    target('P2', [60, 480, 1_440, 720]),
    target('P3', [240, null, 4_320, 1_440]),
    target('REG', [60, 1_440, 1_440, 720]),
  ],
  vipPercent: 50,
  pauseCountMax: 3,
  pauseHoursMax: 72,
  silenceHours: 48,
  reopenDays: 7,
  reopenAckSeconds: 3_600,
  reopenResolveSeconds: 43_200,
  unackedSeconds: 900,
  unackedUrgentSeconds: 300,
  unassignedSeconds: 600,
};

export type SlaFault = 'target-missing' | 'too-loose' | 'limits-too-loose';

/** Why a policy may not be put in force; undefined where it may. */
export function slaFault(policy: SlaPolicy): SlaFault | undefined {
  const severities: readonly ComplaintSeverity[] = ['P0', 'P1', 'P2', 'P3', 'REG'];
  if (!severities.every((severity) => policy.targets.some((one) => one.severity === severity)))
    return 'target-missing';
  const isLoose = (one: SlaPromise): boolean =>
    one.severity !== 'P3' &&
    (one.ackSeconds > ACK_SECONDS_MAX || one.resolveSeconds > RESOLVE_SECONDS_MAX);
  if (policy.targets.some(isLoose)) return 'too-loose';
  const isWithin =
    policy.pauseCountMax <= 3 &&
    policy.pauseHoursMax <= 72 &&
    policy.reopenAckSeconds <= ACK_SECONDS_MAX &&
    policy.reopenResolveSeconds <= RESOLVE_SECONDS_MAX / 2;
  return isWithin ? undefined : 'limits-too-loose';
}

/** What decides how long the clocks of a cycle run. */
export interface TargetFacts {
  readonly severity: ComplaintSeverity;
  readonly isVip: boolean;
  readonly cycleNo: number;
  readonly startMs: number;
  /** The earliest deadline of an authority or a platform; null where there is none. */
  readonly deadlineMs: number | null;
}

/** Durations of the clocks of a cycle. */
export interface ClockTargets {
  readonly ackMs: number;
  readonly resolveMs: number;
  /** The deadline of somebody else: nothing moves it, not even a pause. */
  readonly isHard: boolean;
  readonly updateMs: number | null;
  readonly upstreamMs: number;
}

/** What is promised in a cycle; a later cycle is never promised more time than the first. */
export function clockTargets(policy: SlaPolicy, facts: TargetFacts): ClockTargets {
  const found = policy.targets.find((one) => one.severity === facts.severity);
  const row = found ?? policy.targets.find((one) => one.severity === 'P2');
  if (!row) throw new Error('an SLA policy without targets');
  const factor = facts.isVip ? policy.vipPercent / 100 : 1;
  const isLater = facts.cycleNo > 1;
  const ackSeconds = isLater ? Math.min(row.ackSeconds, policy.reopenAckSeconds) : row.ackSeconds;
  const resolveSeconds = isLater
    ? Math.min(row.resolveSeconds, policy.reopenResolveSeconds)
    : row.resolveSeconds;
  const ackMs = Math.round(ackSeconds * factor) * SECOND_MS;
  const hardMs = facts.severity === 'REG' ? hardTargetMs(facts, ackMs) : null;
  return {
    ackMs,
    resolveMs: hardMs ?? Math.round(resolveSeconds * factor) * SECOND_MS,
    isHard: hardMs !== null,
    updateMs: row.updateSeconds === null ? null : row.updateSeconds * SECOND_MS,
    upstreamMs: row.upstreamSeconds * SECOND_MS,
  };
}

/** A day before the deadline; where that has gone by, at once, but never after the deadline itself. */
function hardTargetMs({ startMs, deadlineMs }: TargetFacts, ackMs: number): number | null {
  if (deadlineMs === null) return null;
  const early = deadlineMs - DEADLINE_LEAD_MS - startMs;
  return Math.max(MINUTE_MS, Math.min(Math.max(early, ackMs), deadlineMs - startMs));
}

/** A less pressing class needs a lead and a reason. To an authority it is always a step up, from one a step down. */
export function isLowering(from: ComplaintSeverity, to: ComplaintSeverity): boolean {
  if (to === 'REG') return false;
  if (from === 'REG') return to !== 'P0';
  return RANK[to] < RANK[from];
}

const RANK: Readonly<Record<Exclude<ComplaintSeverity, 'REG'>, number>> = {
  P0: 3,
  P1: 2,
  P2: 1,
  P3: 0,
};

/** How long after the end of a cycle the same complaint may be opened again. */
export const reopenMs = (policy: SlaPolicy): number => policy.reopenDays * DAY_MS;
export const silenceMs = (policy: SlaPolicy): number => policy.silenceHours * HOUR_MS;
