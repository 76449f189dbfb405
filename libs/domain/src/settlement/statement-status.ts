import { dayOfDate } from '../shared/business-time.js';
import type { Moves } from '../shared/transitions.js';

export const STATEMENT_STATUSES = [
  'draft',
  'issued',
  'confirmed',
  'part-paid',
  'paid',
  'disputed',
  'overdue',
  'written-off',
] as const;
export type StatementStatus = (typeof STATEMENT_STATUSES)[number];

const OPEN = ['confirmed', 'part-paid', 'paid', 'disputed', 'overdue', 'written-off'] as const;

/** A statement moves by what happens to it: see `statementStatus`. */
export const STATEMENT_MOVES: Moves<StatementStatus> = {
  draft: ['issued', 'paid', 'overdue'],
  issued: OPEN,
  confirmed: ['part-paid', 'paid', 'disputed', 'overdue', 'written-off'],
  'part-paid': ['paid', 'disputed', 'overdue', 'written-off'],
  paid: [],
  disputed: ['issued', 'confirmed', 'part-paid', 'paid', 'overdue', 'written-off'],
  overdue: ['issued', 'confirmed', 'part-paid', 'paid', 'disputed', 'written-off'],
  'written-off': [],
};

export interface StatementFacts {
  readonly isIssued: boolean;
  readonly isConfirmed: boolean;
  /** What open disputes hold back: it is not late. */
  readonly heldHao: number;
  readonly outstandingHao: number;
  readonly paidHao: number;
  readonly writtenOffHao: number;
  /** Nothing is late before this day is over; null where it is not known yet. */
  readonly latestDueOn: string | null;
  readonly today: string;
}

/** Where a statement stands, from what is known of it. */
export function statementStatus(facts: StatementFacts): StatementStatus {
  if (!facts.isIssued) return 'draft';
  if (facts.outstandingHao <= 0) return facts.writtenOffHao > 0 ? 'written-off' : 'paid';
  const undisputedHao = facts.outstandingHao - facts.heldHao;
  if (overdueDays(facts.latestDueOn, facts.today, undisputedHao) > 0) return 'overdue';
  if (facts.heldHao > 0) return 'disputed';
  if (facts.paidHao > 0) return 'part-paid';
  return facts.isConfirmed ? 'confirmed' : 'issued';
}

/** Whether nothing is expected of a statement any more. */
export const isStatementSettled = (status: StatementStatus): boolean =>
  status === 'paid' || status === 'written-off';

/** Full days since the last day on which paying was in time; 0 where it is not late or nothing is owed. */
export function overdueDays(
  latestDueOn: string | null,
  today: string,
  outstandingHao: number,
): number {
  if (latestDueOn === null || outstandingHao <= 0 || today <= latestDueOn) return 0;
  return dayNumber(today) - dayNumber(latestDueOn);
}

const dayNumber = (date: string): number => dayOfDate(date) ?? 0;
