import { wasGood, type RecentAttempt } from './breaker.js';
import type { SupplyStrategy } from './supplier-status.js';

export const ROUTE_PARTS = ['success', 'cheapness', 'speed', 'room'] as const;
export type RoutePart = (typeof ROUTE_PARTS)[number];

/** How well a source does in each respect, 0 to 1. */
export type RouteParts = Readonly<Record<RoutePart, number>>;

/** What each respect is worth where sources are balanced by score; a hundred in all. */
export const ROUTE_POINTS: Readonly<Record<RoutePart, number>> = {
  success: 60,
  cheapness: 25,
  speed: 10,
  room: 5,
};

/** So long a delivery takes that is worth half of the points for speed. */
const HALF_SPEED_MS = 10_000;
/** So many attempts under way leave half of the points for room. */
const HALF_ROOM = 50;
/** With few samples a source is taken for a good one, so that a new one gets its chance: nine of ten. */
const PRIOR_GOOD = 9;
const PRIOR_ALL = 10;

export const isSettled = ({ status }: RecentAttempt): boolean =>
  status !== 'prepared' && status !== 'accepted';

/** Share of the settled attempts that delivered. */
export function successRate(recent: readonly RecentAttempt[]): number {
  const settled = recent.filter(isSettled);
  return round((settled.filter(wasGood).length + PRIOR_GOOD) / (settled.length + PRIOR_ALL));
}

/** The middle of how long deliveries took; null where there were none. */
export const latencyMs = (recent: readonly RecentAttempt[]): number | null =>
  latencyAt(recent, 0.5);

/** So long at most took this share of the deliveries; null where there were none. */
export function latencyAt(recent: readonly RecentAttempt[], share: number): number | null {
  const times = recent
    .filter((attempt) => wasGood(attempt) && attempt.settledAtMs !== null)
    .map((attempt) => (attempt.settledAtMs ?? 0) - attempt.createdAtMs)
    .sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? null;
}

/** A source measured in every respect, whatever the strategy makes of it. */
export function scoreParts(
  route: {
    readonly costHao: number;
    readonly inFlight: number;
    readonly recent: readonly RecentAttempt[];
  },
  cheapestHao: number,
): RouteParts {
  const latency = latencyMs(route.recent);
  return {
    success: successRate(route.recent),
    cheapness: round(Math.min(1, cheapestHao / route.costHao)),
    speed: round(latency === null ? 0.5 : 1 / (1 + latency / HALF_SPEED_MS)),
    room: round(1 / (1 + route.inFlight / HALF_ROOM)),
  };
}

/** Each strategy has its first criterion; success decides among equals. Larger is better. */
export function scoreOf(strategy: SupplyStrategy, parts: RouteParts, priority: number): number {
  switch (strategy) {
    case 'priority':
      return round(parts.success - priority * 10);
    case 'cheapest':
      return round(parts.cheapness * 1_000 + parts.success);
    case 'balanced':
    case 'percentage':
      return round(ROUTE_PARTS.reduce((sum, part) => sum + parts[part] * ROUTE_POINTS[part], 0));
  }
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
