import type { OrderStatus } from '../order/order-status.js';
import { isFinal } from '../order/order-status.js';
import { SECOND_MS } from '../shared/business-time.js';
import type { LargeOrderPhase } from './large-order-phase.js';
import { requiredHao, type PlannedStages } from './stage-plan.js';

/** A large order as its next step sees it. */
export interface LargeOrderFacts extends PlannedStages {
  readonly status: OrderStatus;
  readonly isCancelAsked: boolean;
  readonly sourcingQuantity: number;
  readonly deliveredQuantity: number;
  readonly releasedQuantity: number;
  readonly phase: LargeOrderPhase;
  /** The stage it is at; 0 while the prepayment is awaited. */
  readonly stageNo: number;
  readonly isPaused: boolean;
  readonly paidHao: number;
  /** When the payment, the goods or the platform's word is due. */
  readonly dueAtMs: number | null;
  readonly graceSeconds: number;
  readonly remindSeconds: readonly number[];
  /** How many rungs of the ladder of reminders are behind us. */
  readonly remindedCount: number;
}

export type StageStep =
  /** The order has ended: its stages are closed. */
  | { readonly kind: 'close' }
  | { readonly kind: 'end'; readonly because: 'cancel' | 'overdue' }
  /** The prepayment has cleared, or the platform has its say on a stage: the next stage awaits its money. */
  | { readonly kind: 'begin-stage'; readonly stageNo: number }
  | { readonly kind: 'release' }
  | { readonly kind: 'await-acceptance' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'remind'; readonly rung: number }
  | { readonly kind: 'wait'; readonly wakeAtMs: number | null };

/** When a payment that is not made ends the order. */
export const cancelAtMs = (facts: Pick<LargeOrderFacts, 'dueAtMs' | 'graceSeconds'>): number =>
  (facts.dueAtMs ?? 0) + facts.graceSeconds * SECOND_MS;

/**
 * The next thing that is due, money before clocks: what has been paid in time counts, however late somebody looks. Steps
 * are taken until there is none but to wait.
 */
export function nextStageStep(facts: LargeOrderFacts, nowMs: number): StageStep {
  if (facts.phase === 'ended') return { kind: 'wait', wakeAtMs: null };
  if (isFinal(facts.status)) return { kind: 'close' };
  if (facts.isCancelAsked)
    return facts.sourcingQuantity > 0
      ? { kind: 'wait', wakeAtMs: null }
      : { kind: 'end', because: 'cancel' };
  switch (facts.phase) {
    case 'prepayment':
    case 'payment':
      return paymentStep(facts, nowMs);
    case 'delivery':
      return facts.deliveredQuantity >= facts.releasedQuantity
        ? { kind: 'await-acceptance' }
        : { kind: 'wait', wakeAtMs: facts.dueAtMs };
    case 'acceptance':
      return facts.dueAtMs !== null && nowMs >= facts.dueAtMs
        ? { kind: 'accept' }
        : { kind: 'wait', wakeAtMs: facts.dueAtMs };
  }
}

function paymentStep(facts: LargeOrderFacts, nowMs: number): StageStep {
  // A person decides first; its clocks begin then.
  if (facts.status === 'held') return { kind: 'wait', wakeAtMs: null };
  const isPaid = facts.paidHao >= requiredHao(facts, facts.stageNo);
  if (isPaid)
    return facts.phase === 'prepayment' ? { kind: 'begin-stage', stageNo: 1 } : { kind: 'release' };
  if (facts.dueAtMs === null) return { kind: 'wait', wakeAtMs: null };
  const endsAtMs = cancelAtMs(facts);
  if (nowMs >= endsAtMs) return { kind: 'end', because: 'overdue' };
  if (nowMs >= facts.dueAtMs && !facts.isPaused) return { kind: 'pause' };
  const rungs = facts.remindSeconds.map((seconds) => (facts.dueAtMs ?? 0) + seconds * SECOND_MS);
  const due = rungs.filter((atMs) => atMs <= nowMs).length;
  if (due > facts.remindedCount) return { kind: 'remind', rung: due };
  const next = rungs[facts.remindedCount];
  const moments = [
    facts.isPaused ? endsAtMs : facts.dueAtMs,
    ...(next === undefined ? [] : [next]),
  ];
  return { kind: 'wait', wakeAtMs: Math.min(...moments) };
}
