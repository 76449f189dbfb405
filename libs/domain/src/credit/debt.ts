import { DAY_MS } from '../shared/business-time.js';

/** What moved on a balance in one day: in is positive. */
export interface DayMove {
  readonly atMs: number;
  readonly amountHao: number;
}

/** Part of a debt that is still open, and since when. */
export interface OpenDebt {
  readonly sinceMs: number;
  readonly amountHao: number;
}

export interface DebtHistory {
  /** Oldest first. */
  readonly open: readonly OpenDebt[];
  readonly overdueDays: number;
  readonly worstDelayDays: number;
  /** Of all that was owed, the share that was paid within its term; null where nothing was. */
  readonly onTimeShare: number | null;
  /** Whether its statements tell when it is late, or its balance. */
  readonly basis: 'statements' | 'balance';
}

/**
 * What a platform owed and how it paid, read from the moves of its balance in the order of days: going below zero makes a
 * debt, whatever comes in pays the oldest one first. A debt not yet due counts neither way.
 */
export function debtHistory(moves: readonly DayMove[], terms: DebtTerms): DebtHistory {
  const { termDays, nowMs } = terms;
  const book = new DebtBook(termDays);
  if (terms.openingHao < 0) book.owe(moves[0]?.atMs ?? nowMs, -terms.openingHao);
  let balanceHao = terms.openingHao;
  for (const { atMs, amountHao } of moves) {
    const owedBefore = Math.max(0, -balanceHao);
    balanceHao += amountHao;
    const more = Math.max(0, -balanceHao) - owedBefore;
    if (more > 0) book.owe(atMs, more);
    else book.pay(atMs, -more);
  }
  return book.history(nowMs);
}

export interface DebtTerms {
  readonly openingHao: number;
  readonly termDays: number;
  readonly nowMs: number;
}

/** Debts in the order in which they were made. */
class DebtBook {
  private readonly open: { sinceMs: number; amountHao: number }[] = [];
  private onTimeHao = 0;
  private lateHao = 0;
  private worstDelayDays = 0;

  constructor(private readonly termDays: number) {}

  owe(sinceMs: number, amountHao: number): void {
    this.open.push({ sinceMs, amountHao });
  }

  pay(atMs: number, amountHao: number): void {
    for (let left = amountHao; left > 0 && this.open[0];) {
      const [oldest] = this.open;
      const paid = Math.min(left, oldest.amountHao);
      this.judge(this.delay(oldest.sinceMs, atMs), paid);
      oldest.amountHao -= paid;
      left -= paid;
      if (oldest.amountHao === 0) this.open.shift();
    }
  }

  history(nowMs: number): DebtHistory {
    const { open, onTimeHao, lateHao } = this;
    const overdueDays = open[0] ? this.delay(open[0].sinceMs, nowMs) : 0;
    const overdueHao = open
      .filter(({ sinceMs }) => this.delay(sinceMs, nowMs) > 0)
      .reduce((sum, { amountHao }) => sum + amountHao, 0);
    const judgedHao = onTimeHao + lateHao + overdueHao;
    return {
      open,
      overdueDays,
      worstDelayDays: Math.max(this.worstDelayDays, overdueDays),
      onTimeShare: judgedHao === 0 ? null : onTimeHao / judgedHao,
      basis: 'balance',
    };
  }

  private judge(lateDays: number, paidHao: number): void {
    if (lateDays > 0) this.lateHao += paidHao;
    else this.onTimeHao += paidHao;
    this.worstDelayDays = Math.max(this.worstDelayDays, lateDays);
  }

  private delay(sinceMs: number, atMs: number): number {
    return Math.max(0, Math.floor((atMs - sinceMs) / DAY_MS) - this.termDays);
  }
}

/** From how many days each group of the ageing begins. */
export const AGEING_FROM_DAYS = [0, 1, 8, 16, 31, 61] as const;

/** Open debts by their age in days: 0, 1–7, 8–15, 16–30, 31–60, over 60. */
export function ageing(open: readonly OpenDebt[], nowMs: number): readonly number[] {
  const sums = AGEING_FROM_DAYS.map(() => 0);
  for (const { sinceMs, amountHao } of open) {
    const days = Math.floor((nowMs - sinceMs) / DAY_MS);
    const group = AGEING_FROM_DAYS.filter((from) => days >= from).length - 1;
    sums[Math.max(0, group)] = (sums[Math.max(0, group)] ?? 0) + amountHao;
  }
  return sums;
}
