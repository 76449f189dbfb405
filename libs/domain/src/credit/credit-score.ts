import { HAO_PER_YUAN } from '../shared/money.js';
import { DAY_MS } from '../shared/business-time.js';
import type { CreditBand, CreditStage } from './credit-band.js';

/** What a score is made of. */
export const CREDIT_PARTS = [
  'punctuality',
  'worst-delay',
  'tenure',
  'disputes',
  'concentration',
  'identity',
] as const;
export type CreditPart = (typeof CREDIT_PARTS)[number];

/** Grows when the rule below changes; stored with every score. */
export const CREDIT_RULE_REVISION = 1;

/** What is known of a platform on the day it is scored; stored with the score. */
export interface CreditInputs {
  readonly daysKnown: number;
  /** Counted no further than a new platform must have. */
  readonly paidOrders: number;
  readonly delivered30Hao: number;
  /** Of what it ever owed in 180 days, the share paid within its term; null where it never owed. */
  readonly onTimeShare: number | null;
  readonly worstDelayDays: number;
  /** Of its orders in 30 days, the share that was made good by us or disputed. */
  readonly disputedShare: number;
  /** Its share of all that platforms owe us. */
  readonly receivableShare: number;
  readonly isIdentityChecked: boolean;
  readonly overdueDays: number;
}

export const CREDIT_POINTS: Readonly<Record<CreditPart, number>> = {
  punctuality: 350,
  'worst-delay': 150,
  tenure: 150,
  disputes: 150,
  concentration: 100,
  identity: 100,
};

/** Who never owed has shown nothing yet: a little better than half. */
const NEVER_OWED_SHARE = 0.6;
const DELAY_DAYS_WORST = 30;
const TENURE_DAYS_FULL = 365;
const VOLUME_FULL_HAO = 100_000 * HAO_PER_YUAN;
const DISPUTED_SHARE_WORST = 0.03;
const CONCENTRATION_FREE = 0.2;
const CONCENTRATION_WORST = 0.6;
/** One debtor above this share of all receivables is an alert. */
export const CONCENTRATION_ALARM = 0.4;
/** Below so little owed by all together, one large share says nothing. */
export const CONCENTRATION_FROM_HAO = 100_000 * HAO_PER_YUAN;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** The points of each part, whole numbers that add up to the score. */
export function creditParts(inputs: CreditInputs): Readonly<Record<CreditPart, number>> {
  const shares: Readonly<Record<CreditPart, number>> = {
    punctuality: inputs.onTimeShare ?? NEVER_OWED_SHARE,
    'worst-delay': 1 - inputs.worstDelayDays / DELAY_DAYS_WORST,
    tenure:
      clamp(inputs.daysKnown / TENURE_DAYS_FULL) / 2 +
      clamp(inputs.delivered30Hao / VOLUME_FULL_HAO) / 2,
    disputes: 1 - inputs.disputedShare / DISPUTED_SHARE_WORST,
    concentration:
      1 -
      (inputs.receivableShare - CONCENTRATION_FREE) / (CONCENTRATION_WORST - CONCENTRATION_FREE),
    identity: inputs.isIdentityChecked ? 1 : 0,
  };
  const pointsOf = (part: CreditPart): number =>
    Math.round(clamp(shares[part]) * CREDIT_POINTS[part]);
  return Object.fromEntries(CREDIT_PARTS.map((part) => [part, pointsOf(part)])) as Record<
    CreditPart,
    number
  >;
}

export const creditScore = (parts: Readonly<Record<CreditPart, number>>): number =>
  CREDIT_PARTS.reduce((sum, part) => sum + parts[part], 0);

const NEW_DAYS = 30;
export const NEW_ORDERS = 10;
const NEW_LIMIT_HAO = 2_000 * HAO_PER_YUAN;

/** Too young to be told by its score. */
export const isNewPlatform = ({
  daysKnown,
  paidOrders,
}: Pick<CreditInputs, 'daysKnown' | 'paidOrders'>): boolean =>
  daysKnown < NEW_DAYS || paidOrders < NEW_ORDERS;

/** A new platform is C, whatever its score, unless it is overdue already. */
export function bandOf(score: number, inputs: CreditInputs): CreditBand {
  if (isNewPlatform(inputs)) return inputs.overdueDays > 0 ? 'D' : 'C';
  if (score >= 800) return 'A';
  if (score >= 650) return 'B';
  return score >= 500 ? 'C' : 'D';
}

const SHARE_OF_DELIVERED: Readonly<Record<CreditBand, number>> = { A: 1, B: 0.6, C: 0.3, D: 0 };

/** What the band earns: a share of what was delivered in 30 days; a new platform gets a fixed small sum. */
export function earnedLimitHao(band: CreditBand, inputs: CreditInputs): number {
  if (isNewPlatform(inputs)) return band === 'D' ? 0 : NEW_LIMIT_HAO;
  return Math.floor(inputs.delivered30Hao * SHARE_OF_DELIVERED[band]);
}

const RAISE_FACTOR = 1.25;
const RAISE_EVERY_MS = 30 * DAY_MS;

export interface LimitFacts {
  readonly agreedHao: number;
  readonly limitHao: number;
  /** Null where no limit was ever given. */
  readonly raisedAtMs: number | null;
  readonly earnedHao: number;
  readonly nowMs: number;
}

/**
 * The limit from now on: within what staff agreed to and what was earned, cut at once, raised by at most a quarter in 30
 * days. What is given for the first time is not a raise; from nothing a raise begins with what a new platform gets.
 */
export function nextLimit(facts: LimitFacts): {
  readonly limitHao: number;
  readonly isRaised: boolean;
} {
  const { agreedHao, limitHao, raisedAtMs, earnedHao, nowMs } = facts;
  const targetHao = Math.min(agreedHao, earnedHao);
  if (targetHao <= limitHao) return { limitHao: targetHao, isRaised: false };
  if (raisedAtMs === null) return { limitHao: targetHao, isRaised: true };
  if (nowMs - raisedAtMs < RAISE_EVERY_MS) return { limitHao, isRaised: false };
  const mostHao = limitHao === 0 ? NEW_LIMIT_HAO : Math.floor(limitHao * RAISE_FACTOR);
  return { limitHao: Math.min(targetHao, mostHao), isRaised: true };
}

const STAGES: readonly (readonly [number, CreditStage])[] = [
  [30, 'collection'],
  [15, 'sales-stopped'],
  [7, 'credit-stopped'],
];

/** What an overdue platform may still do. */
export const stageOf = (overdueDays: number): CreditStage =>
  STAGES.find(([days]) => overdueDays >= days)?.[1] ?? 'open';

/** How low orders may take the balance: as deep as the limit, or not at all below zero where credit is stopped. */
export const orderFloorHao = (stage: CreditStage, limitHao: number): number =>
  stage === 'open' ? 0 - limitHao : 0;

/** A person's score counts for so long. */
export const OVERRIDE_LASTS_MS = 30 * DAY_MS;
