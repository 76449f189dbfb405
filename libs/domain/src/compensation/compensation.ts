import { HAO_PER_FEN } from '../shared/money.js';
import type {
  ChargeBack,
  CompensationMeasure,
  CompensationCause,
  CompensationReason,
  CompensationRemedy,
  CustomerTier,
  RuleMisfit,
} from './compensation-kind.js';

/** One line of a policy: for what it is, and what is given. Null means any. */
export interface CompensationRuleFacts {
  readonly id: string;
  readonly lineNo: number;
  readonly isActive: boolean;
  readonly cause: CompensationCause;
  readonly productId: string | null;
  readonly platformId: string | null;
  readonly tier: CustomerTier | null;
  /** For `late`: how late; otherwise how long after the order. */
  readonly ageMinSeconds: number;
  readonly ageMaxSeconds: number | null;
  /** Up to which value of the thing concerned. */
  readonly amountMaxHao: number | null;
  readonly remedy: CompensationRemedy;
  readonly basis: CompensationMeasure;
  readonly percent: number;
  readonly fixedHao: number;
  readonly isAutomatic: boolean;
  readonly chargeBack: ChargeBack;
}

export interface CompensationLimits {
  /** Above it a person decides. */
  readonly automaticMaxHao: number;
  readonly customerDailyCount: number;
  readonly customerDailyHao: number;
  readonly dailyHao: number;
}

/** What happened. */
export interface CompensationCase {
  readonly cause: CompensationCause;
  readonly productId: string;
  readonly platformId: string;
  readonly tier: CustomerTier;
  readonly ageSeconds: number;
  /** What was paid for the thing concerned. */
  readonly valueHao: number;
  /** What may still be given for the order: paid less refunded less compensated. */
  readonly leftHao: number;
  readonly canReplace: boolean;
  readonly isAsked: boolean;
}

/** What was given today already. */
export interface CompensationSpending {
  readonly dayHao: number;
  readonly customerHao: number;
  readonly customerCount: number;
}

export interface RuleStep {
  readonly ruleId: string;
  readonly lineNo: number;
  /** Null for the one that applies. */
  readonly misfit: RuleMisfit | null;
}

export interface CompensationProposal {
  readonly remedy: CompensationRemedy;
  readonly amountHao: number;
  readonly rule: CompensationRuleFacts | null;
  readonly reasons: readonly CompensationReason[];
  /** Every rule that was looked at, in order. */
  readonly steps: readonly RuleStep[];
}

export interface CompensationDecision extends CompensationProposal {
  /** `give` within the budgets now, `ask` a person, or `decline`. */
  readonly outcome: 'give' | 'ask' | 'decline';
}

/** Why this rule is not for this case; null where it is. */
export function ruleMisfit(
  rule: CompensationRuleFacts,
  one: Omit<CompensationCase, 'leftHao' | 'canReplace' | 'isAsked'>,
): RuleMisfit | null {
  const tests: readonly (readonly [RuleMisfit, boolean])[] = [
    ['inactive', !rule.isActive],
    ['cause', rule.cause !== one.cause],
    ['product', rule.productId !== null && rule.productId !== one.productId],
    ['platform', rule.platformId !== null && rule.platformId !== one.platformId],
    ['tier', rule.tier !== null && rule.tier !== one.tier],
    ['too-young', one.ageSeconds < rule.ageMinSeconds],
    ['too-old', rule.ageMaxSeconds !== null && one.ageSeconds > rule.ageMaxSeconds],
    ['amount', rule.amountMaxHao !== null && one.valueHao > rule.amountMaxHao],
  ];
  return tests.find(([, fails]) => fails)?.[0] ?? null;
}

/** Whole fen, never more than is meant. */
const wholeFen = (hao: number): number => Math.floor(hao / HAO_PER_FEN) * HAO_PER_FEN;

function basisHao(rule: CompensationRuleFacts, valueHao: number): number {
  if (rule.basis === 'full') return valueHao;
  return rule.basis === 'fixed' ? rule.fixedHao : wholeFen((valueHao * rule.percent) / 100);
}

/** The first rule that applies, in the order of their lines, and what it gives, no more than is left of what was paid. */
export function proposeCompensation(
  one: CompensationCase,
  rules: readonly CompensationRuleFacts[],
): CompensationProposal {
  const steps: RuleStep[] = [];
  const ordered = [...rules].sort((a, b) => a.lineNo - b.lineNo);
  const rule = ordered.find((candidate) => {
    const misfit = ruleMisfit(candidate, one);
    steps.push({ ruleId: candidate.id, lineNo: candidate.lineNo, misfit });
    return misfit === null;
  });
  if (!rule) return { remedy: 'refund', amountHao: 0, rule: null, reasons: ['no-rule'], steps };
  const cannotReplace = rule.remedy === 'replace' && !one.canReplace;
  const remedy = cannotReplace ? 'refund' : rule.remedy;
  const wantedHao = rule.remedy === 'replace' ? one.valueHao : basisHao(rule, one.valueHao);
  const capped = capAmount(wantedHao, one.leftHao);
  return {
    remedy,
    amountHao: capped.amountHao,
    rule,
    reasons: [
      'by-rule',
      ...(cannotReplace ? (['cannot-replace'] as const) : []),
      ...capped.reasons,
    ],
    steps,
  };
}

/** No more than is left of what was paid. */
export function capAmount(
  wantedHao: number,
  leftHao: number,
): { readonly amountHao: number; readonly reasons: readonly CompensationReason[] } {
  if (leftHao <= 0) return { amountHao: 0, reasons: ['nothing-left'] };
  return wantedHao > leftHao
    ? { amountHao: leftHao, reasons: ['capped'] }
    : { amountHao: wantedHao, reasons: [] };
}

/** What stands in the way of giving so much at once, without a second person. */
export function budgetObstacles(
  amountHao: number,
  limits: CompensationLimits,
  spent: CompensationSpending,
): readonly CompensationReason[] {
  const tests: readonly (readonly [CompensationReason, boolean])[] = [
    ['above-automatic', amountHao > limits.automaticMaxHao],
    ['customer-count', spent.customerCount + 1 > limits.customerDailyCount],
    ['customer-budget', spent.customerHao + amountHao > limits.customerDailyHao],
    ['daily-budget', spent.dayHao + amountHao > limits.dailyHao],
  ];
  return tests.filter(([, stands]) => stands).map(([reason]) => reason);
}

/** What this case gets: by the rules, within the budgets; what a person asks for needs no automatic rule. */
export function decideCompensation(
  one: CompensationCase,
  given: {
    readonly rules: readonly CompensationRuleFacts[];
    readonly limits: CompensationLimits;
    readonly spent: CompensationSpending;
  },
): CompensationDecision {
  const proposal = proposeCompensation(one, given.rules);
  if (proposal.amountHao <= 0) return { ...proposal, outcome: 'decline' };
  const isManual = proposal.rule?.isAutomatic !== true && !one.isAsked;
  const obstacles: readonly CompensationReason[] = [
    ...(isManual ? (['not-automatic'] as const) : []),
    ...budgetObstacles(proposal.amountHao, given.limits, given.spent),
  ];
  return {
    ...proposal,
    reasons: [...proposal.reasons, ...obstacles],
    outcome: obstacles.length === 0 ? 'give' : 'ask',
  };
}
