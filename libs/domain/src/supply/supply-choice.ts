import type { RouteParts } from './route-score.js';
import type { SupplyStrategy } from './supplier-status.js';

/** Why a source may not have an order now. */
export const INELIGIBLE_REASONS = [
  'supplier-paused',
  'route-paused',
  'standby',
  'off-shelf',
  'no-stock',
  'quantity',
  'region',
  'ban-window',
  'balance',
  'loss',
  'above-max-cost',
  'breaker-open',
  'tried',
  'account-in-flight',
  'account-missing',
  'kind',
  'slow-charge',
] as const;
export type IneligibleReason = (typeof INELIGIBLE_REASONS)[number];

/** One source as it was looked at. */
export interface SupplyCandidate {
  readonly routeId: string;
  readonly supplierCode: string;
  readonly costHao: number;
  readonly priority: number;
  readonly weight: number;
  /** Larger is better; null where it may not have the order. */
  readonly score: number | null;
  /** How it does in each respect; choices of earlier versions do not tell. */
  readonly parts?: RouteParts;
  readonly successRate: number | null;
  readonly latencyMs: number | null;
  readonly breaker: 'closed' | 'half-open' | 'open';
  readonly ineligible: IneligibleReason | null;
}

/** A choice as it is kept with the attempt and shown: all sources in the order of their rank. */
export interface SupplyChoice {
  readonly strategy: SupplyStrategy | 'person';
  readonly candidates: readonly SupplyCandidate[];
}
