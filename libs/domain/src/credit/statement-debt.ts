import { overdueDays } from '../settlement/statement-status.js';
import { DAY_MS, dayOfDate, SHANGHAI_OFFSET_MS, shanghaiDate } from '../shared/business-time.js';
import type { DebtHistory, OpenDebt } from './debt.js';

/** A statement as credit looks at it: what is open, and how it was paid. */
export interface OwedStatement {
  /** Nothing is late before this day is over; null where it is not known yet. */
  readonly latestDueOn: string | null;
  /** Still to be paid, without what open disputes hold back. */
  readonly openHao: number;
  readonly writtenOffHao: number;
  readonly payments: readonly { readonly receivedOn: string; readonly amountHao: number }[];
}

/** Money by whether it came in time. */
interface Judged {
  readonly onTimeHao: number;
  readonly lateHao: number;
  readonly worstDelayDays: number;
}

/**
 * What a platform that settles by statements owes and how it paid: nothing is overdue before the day on its statement,
 * whatever its balance says. What is on no statement yet, or held back by a dispute, is owed and not late.
 */
export function statementDebts(
  statements: readonly OwedStatement[],
  now: { readonly receivableHao: number; readonly nowMs: number },
): DebtHistory {
  const { nowMs } = now;
  const today = shanghaiDate(nowMs);
  const late = statements.flatMap(({ latestDueOn, openHao }) => {
    const days = overdueDays(latestDueOn, today, openHao);
    return days > 0 && latestDueOn !== null ? [{ sinceMs: dayStartMs(latestDueOn), openHao }] : [];
  });
  const open = overdueFirst(late, now);
  const judged = statements.map((one) => judge(one, today));
  const sum = (pick: (one: Judged) => number): number =>
    judged.reduce((total, one) => total + pick(one), 0);
  const onTimeHao = sum((one) => one.onTimeHao);
  const judgedHao = onTimeHao + sum((one) => one.lateHao);
  return {
    open,
    overdueDays: Math.max(
      0,
      ...statements.map((one) => overdueDays(one.latestDueOn, today, one.openHao)),
    ),
    worstDelayDays: Math.max(0, ...judged.map((one) => one.worstDelayDays)),
    onTimeShare: judgedHao === 0 ? null : onTimeHao / judgedHao,
    basis: 'statements',
  };
}

/** Late statements, oldest first, then the rest of what is owed, which is as old as today. */
function overdueFirst(
  late: readonly { readonly sinceMs: number; readonly openHao: number }[],
  { receivableHao, nowMs }: { readonly receivableHao: number; readonly nowMs: number },
): readonly OpenDebt[] {
  const oldest = [...late].sort((a, b) => a.sinceMs - b.sinceMs);
  const lateHao = oldest.reduce((sum, { openHao }) => sum + openHao, 0);
  const open = oldest.map(({ sinceMs, openHao }) => ({ sinceMs, amountHao: openHao }));
  const restHao = receivableHao - lateHao;
  return restHao > 0 ? [...open, { sinceMs: nowMs, amountHao: restHao }] : open;
}

function judge(one: OwedStatement, today: string): Judged {
  const { latestDueOn, openHao, writtenOffHao, payments } = one;
  if (latestDueOn === null) return { onTimeHao: 0, lateHao: 0, worstDelayDays: 0 };
  const paid = payments.map(({ receivedOn, amountHao }) => ({
    amountHao,
    days: overdueDays(latestDueOn, receivedOn, amountHao),
  }));
  const sumOf = (isLate: boolean): number =>
    paid
      .filter(({ days }) => days > 0 === isLate)
      .reduce((sum, { amountHao }) => sum + amountHao, 0);
  const daysNow = overdueDays(latestDueOn, today, openHao);
  return {
    onTimeHao: sumOf(false),
    lateHao: sumOf(true) + writtenOffHao + (daysNow > 0 ? openHao : 0),
    worstDelayDays: Math.max(daysNow, ...paid.map(({ days }) => days)),
  };
}

const dayStartMs = (date: string): number => (dayOfDate(date) ?? 0) * DAY_MS - SHANGHAI_OFFSET_MS;
