import type { ClockKind, ClockOutcome, PauseReason } from './complaint-kind.js';

/** A span in which the clock of a solution stands still. */
export interface ClockPause {
  readonly no: number;
  readonly reason: PauseReason;
  readonly fromMs: number;
  /** While it lasts, the latest end that the limits allow. */
  readonly toMs: number;
  readonly isOpen: boolean;
}

/** A promise that runs. All instants are absolute. */
export interface Clock {
  readonly kind: ClockKind;
  readonly cycleNo: number;
  /** Tells clocks of one kind in one cycle apart. */
  readonly seq: number;
  readonly startMs: number;
  readonly targetMs: number;
  /** Somebody else's deadline: pauses do not move it. */
  readonly isHard: boolean;
  readonly stopMs: number | null;
  readonly pauses: readonly ClockPause[];
}

/** The instant at which so much of the target is used up, pauses left out; `fraction` may be above 1. */
export function clockMoment(clock: Clock, fraction: number): number {
  let leftMs = Math.round(clock.targetMs * fraction);
  if (clock.isHard) return clock.startMs + leftMs;
  let cursorMs = clock.startMs;
  for (const pause of clock.pauses) {
    const workedMs = Math.max(0, pause.fromMs - cursorMs);
    if (workedMs >= leftMs) break;
    leftMs -= workedMs;
    cursorMs = Math.max(cursorMs, pause.toMs);
  }
  return cursorMs + leftMs;
}

export const clockDueMs = (clock: Clock): number => clockMoment(clock, 1);

/** Met exactly where it stopped in time: no poll and no order of events has a say. */
export function clockOutcome(clock: Clock, nowMs: number): ClockOutcome {
  const dueMs = clockDueMs(clock);
  if (clock.stopMs !== null) return clock.stopMs <= dueMs ? 'met' : 'breached';
  return nowMs > dueMs ? 'breached' : 'running';
}

/** How long it was late; null while it still runs. */
export const overshootMs = (clock: Clock): number | null =>
  clock.stopMs === null ? null : Math.max(0, clock.stopMs - clockDueMs(clock));

/** Time that stood still, up to the stop or `nowMs`. */
export function pausedMs(clock: Clock, nowMs: number): number {
  const endMs = clock.stopMs ?? nowMs;
  return clock.pauses.reduce(
    (sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(toMs, endMs) - fromMs),
    0,
  );
}
