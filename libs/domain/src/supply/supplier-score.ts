import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import type { RecentAttempt } from './breaker.js';
import { latencyMs, successRate } from './route-score.js';

/** What a supplier's score is made of. */
export const SCORE_PARTS = ['success', 'speed', 'certainty', 'balance'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

/** Points that each part can bring; together 100. */
const POINTS_MAX: Readonly<Record<ScorePart, number>> = {
  success: 60,
  speed: 20,
  certainty: 10,
  balance: 10,
};

/** A supplier that delivers in so long has half of the points for speed. */
const HALF_SPEED_MS = 30 * SECOND_MS;
/** A balance that was read longer ago is not known. */
const BALANCE_KNOWN_MS = 15 * MINUTE_MS;

export interface SupplierFacts {
  /** Newest first. */
  readonly recent: readonly RecentAttempt[];
  readonly balanceHao: number | null;
  readonly balanceFloorHao: number | null;
  readonly balanceReadAtMs: number | null;
  /** Attempts whose outcome waits for a person. */
  readonly undecided: number;
}

export interface SupplierScore {
  readonly score: number;
  readonly parts: readonly {
    readonly part: ScorePart;
    readonly points: number;
    readonly pointsMax: number;
  }[];
}

/** How well a supplier serves us now, of 100, with what each part brings. One without a past is taken for a good one. */
export function supplierScore(facts: SupplierFacts, nowMs: number): SupplierScore {
  const shares: Readonly<Record<ScorePart, number>> = {
    success: successRate(facts.recent),
    speed: speedShare(latencyMs(facts.recent)),
    certainty: certaintyShare(facts),
    balance: isBalanceGood(facts, nowMs) ? 1 : 0,
  };
  const parts = SCORE_PARTS.map((part) => ({
    part,
    points: Math.round(POINTS_MAX[part] * shares[part] * 10) / 10,
    pointsMax: POINTS_MAX[part],
  }));
  const score = parts.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.round(score * 10) / 10, parts };
}

const speedShare = (latency: number | null): number =>
  latency === null ? 0.5 : 1 / (1 + latency / HALF_SPEED_MS);

/** Outcomes that nobody can tell cost people's time, whatever becomes of them. */
function certaintyShare({ recent, undecided }: SupplierFacts): number {
  const unclear = Math.max(undecided, recent.filter(({ status }) => status === 'unknown').length);
  return 1 - Math.min(1, unclear / Math.max(10, recent.length));
}

function isBalanceGood(facts: SupplierFacts, nowMs: number): boolean {
  const { balanceHao, balanceFloorHao, balanceReadAtMs } = facts;
  if (balanceHao === null || balanceReadAtMs === null) return false;
  return nowMs - balanceReadAtMs <= BALANCE_KNOWN_MS && balanceHao >= (balanceFloorHao ?? 1);
}
