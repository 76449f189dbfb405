import { dayOfDate, HOUR_MS, shanghaiMidnightMs } from '../shared/business-time.js';
import { nextDunningDay } from './dunning.js';
import { isStatementSettled, overdueDays, type StatementStatus } from './statement-status.js';

/** Reminders go out when people are at work. */
const REMINDER_HOUR_MS = 9 * HOUR_MS;

export interface StatementClock {
  readonly status: StatementStatus;
  readonly outstandingHao: number;
  /** When silence counts as agreement; null where it does not any more. */
  readonly objectionEndsMs: number | null;
  readonly latestDueOn: string | null;
  readonly dunningDays: readonly number[];
}

/** When a statement must be looked at again; null where nothing can happen by time alone. */
export function nextMomentMs(clock: StatementClock, today: string, nowMs: number): number | null {
  const { status, latestDueOn } = clock;
  if (isStatementSettled(status) || status === 'draft') return null;
  const moments: number[] = [];
  if (clock.objectionEndsMs !== null) moments.push(clock.objectionEndsMs);
  if (latestDueOn !== null && status !== 'disputed') {
    const dueDay = dayOfDate(latestDueOn) ?? 0;
    const late = overdueDays(latestDueOn, today, clock.outstandingHao);
    if (late === 0) moments.push(shanghaiMidnightMs(dueDay + 1));
    const step = nextDunningDay(clock.dunningDays, reminded(dueDay, late, nowMs));
    if (step !== undefined) moments.push(reminderMs(dueDay, step));
  }
  const ahead = moments.filter((atMs) => atMs > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** The days late for which the hour of reminding has come. */
function reminded(dueDay: number, late: number, nowMs: number): number {
  return late > 0 && nowMs < reminderMs(dueDay, late) ? late - 1 : late;
}

const reminderMs = (dueDay: number, step: number): number =>
  shanghaiMidnightMs(dueDay + step) + REMINDER_HOUR_MS;

/** The days late that reminders count: a day begins for them at nine. */
export function remindedDays(
  latestDueOn: string | null,
  outstandingHao: number,
  nowMs: number,
): number {
  if (latestDueOn === null || outstandingHao <= 0) return 0;
  const dueDay = dayOfDate(latestDueOn) ?? 0;
  const sinceMs = nowMs - shanghaiMidnightMs(dueDay) - REMINDER_HOUR_MS;
  return Math.max(0, Math.floor(sinceMs / (24 * HOUR_MS)));
}
