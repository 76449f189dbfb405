import { invariant } from '../shared/assert.js';
import { HAO_PER_FEN, lineAmountHao } from '../shared/money.js';
import { STAGE_COUNT_MAX, type OverdueTerms, type ReserveMode } from './large-order-phase.js';

/** The clocks and terms of a large order, frozen when it is accepted. */
export interface StageTerms {
  readonly paySeconds: number;
  readonly graceSeconds: number;
  readonly deliverSeconds: number;
  readonly acceptSeconds: number;
  /** When to remind of a payment, in seconds from its due time; before it where negative. */
  readonly remindSeconds: readonly number[];
  readonly reserve: ReserveMode;
  readonly onOverdue: OverdueTerms;
}

/** An agreed way to pay and deliver a large order. */
export interface StagePlan extends StageTerms {
  readonly planId: string;
  readonly prepaymentPercent: number;
  /** Shares of the units in percent, one for each stage; together 100. */
  readonly stagePercents: readonly number[];
}

/** One stage: so many units, what they cost, and what of it the prepayment covers. */
export interface PlannedStage {
  readonly stageNo: number;
  readonly quantity: number;
  readonly amountHao: number;
  readonly prepaidHao: number;
}

export interface PlannedStages {
  readonly prepaymentHao: number;
  readonly stages: readonly PlannedStage[];
}

/** Whether the shares of a plan make sense: one to twelve whole percents that sum to 100. */
export function areStagePercents(percents: readonly number[]): boolean {
  return (
    percents.length >= 1 &&
    percents.length <= STAGE_COUNT_MAX &&
    percents.every((percent) => Number.isInteger(percent) && percent >= 1) &&
    percents.reduce((sum, percent) => sum + percent, 0) === 100
  );
}

/**
 * Cuts an order into stages of whole units. What is left by rounding goes to the last stage, for units and money alike;
 * a stage that would have no unit is left out. Every running total is what so many units cost, to the fen, so that an order
 * which ends between two stages has paid exactly for what it got.
 */
export function planStages(
  plan: Pick<StagePlan, 'prepaymentPercent' | 'stagePercents'>,
  order: {
    readonly quantity: number;
    readonly unitPriceHao: number;
    readonly needsPrepayment: boolean;
  },
): PlannedStages {
  invariant(areStagePercents(plan.stagePercents), 'the shares of a plan sum to 100');
  const { quantity, unitPriceHao } = order;
  const amountHao = lineAmountHao(unitPriceHao, quantity);
  const prepaymentHao = order.needsPrepayment ? wholeFen(amountHao, plan.prepaymentPercent) : 0;
  const stages: PlannedStage[] = [];
  let percents = 0;
  let units = 0;
  let prepaid = 0;
  for (const [index, percent] of plan.stagePercents.entries()) {
    percents += percent;
    const isLast = index === plan.stagePercents.length - 1;
    const upTo = isLast ? quantity : Math.floor((quantity * percents) / 100);
    if (upTo === units) continue;
    const valueHao = lineAmountHao(unitPriceHao, upTo);
    const prepaidUpTo = isLast ? prepaymentHao : shareOf(prepaymentHao, valueHao, amountHao);
    stages.push({
      stageNo: stages.length + 1,
      quantity: upTo - units,
      amountHao: valueHao - lineAmountHao(unitPriceHao, units),
      prepaidHao: prepaidUpTo - prepaid,
    });
    units = upTo;
    prepaid = prepaidUpTo;
  }
  return { prepaymentHao, stages };
}

/** A percentage in whole fen, rounded down: the remainder is paid later. */
function wholeFen(amountHao: number, percent: number): number {
  return Number((BigInt(amountHao) * BigInt(percent)) / 100n / 100n) * HAO_PER_FEN;
}

function shareOf(wholeHao: number, partHao: number, ofHao: number): number {
  if (ofHao === 0) return 0;
  const fen = (BigInt(wholeHao) * BigInt(partHao)) / BigInt(ofHao) / BigInt(HAO_PER_FEN);
  return Number(fen) * HAO_PER_FEN;
}

/** What must have been paid, all together, before this stage may be delivered; stage 0 is the prepayment alone. */
export function requiredHao(planned: PlannedStages, stageNo: number): number {
  return planned.stages
    .filter((stage) => stage.stageNo <= stageNo)
    .reduce((sum, stage) => sum + stage.amountHao - stage.prepaidHao, planned.prepaymentHao);
}

/** How many units have been delivered once this stage is complete. */
export function unitsUpTo(stages: readonly PlannedStage[], stageNo: number): number {
  return stages
    .filter((stage) => stage.stageNo <= stageNo)
    .reduce((sum, stage) => sum + stage.quantity, 0);
}

/** What of the money paid so far counts for each stage, once the prepayment is complete: its share of it, then in order. */
export function paidPerStage(planned: PlannedStages, paidHao: number): readonly number[] {
  let left = paidHao - planned.prepaymentHao;
  return planned.stages.map((stage) => {
    if (left < 0) return 0;
    const dueHao = Math.min(left, stage.amountHao - stage.prepaidHao);
    left -= dueHao;
    return stage.prepaidHao + dueHao;
  });
}
