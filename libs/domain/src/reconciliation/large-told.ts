import type { LargePart } from './match-facts.js';

/** Something booked of a large order: what it paid and what was let go above zero, what went back below. */
export interface LargeMove {
  readonly key: string;
  readonly part: LargePart;
  readonly amountHao: number;
  /** A line of theirs tells of it. */
  readonly isTold: boolean;
}

const sumOf = (moves: readonly LargeMove[]): number =>
  moves.reduce((sum, { amountHao }) => sum + amountHao, 0);

/**
 * Whether the other side leaves out this part of a large order. It may tell of such an order by what was paid or by what was
 * let go, and where both come to the same money it may tell of either: only money that its words do not add up to is missing.
 */
export function isPartMissing(moves: readonly LargeMove[], key: string): boolean {
  const move = moves.find((one) => one.key === key);
  if (!move || move.isTold) return false;
  const released = moves.filter(({ part }) => part === 'release');
  const back = moves.filter(({ part }) => part === 'refund');
  const paid = moves.filter(({ part }) => part === 'balance' || part === 'bank');
  const told = moves.filter(({ isTold }) => isTold);
  const netHao = sumOf(paid) + sumOf(back);
  if (sumOf(told) === netHao) return false;
  const toldInHao = sumOf(told.filter(({ part }) => part !== 'refund'));
  const isByStage = released.some(({ isTold }) => isTold);
  if (move.part === 'refund') return !isByStage || (back.length > 0 && sumOf(released) !== netHao);
  // What it paid at the bank is proved there, and by stages it speaks of goods, not of payments.
  if (isByStage !== (move.part === 'release') || move.part === 'bank') return false;
  return toldInHao + move.amountHao <= sumOf(isByStage ? released : paid);
}
