import { isBanned, type BanWindow } from './ban-window.js';
import { breakerSince, type BreakerState, type RecentAttempt } from './breaker.js';
import { isSettled, latencyMs, scoreOf, scoreParts } from './route-score.js';
import type { RouteStatus, SupplierStatus, SupplyStrategy } from './supplier-status.js';
import type { IneligibleReason, SupplyCandidate, SupplyChoice } from './supply-choice.js';
import { mainAccountField } from './top-up-account.js';

/** A route with all that decides whether and how well it may serve an order now. */
export interface RouteFacts {
  readonly routeId: string;
  readonly supplierId: string;
  readonly supplierCode: string;
  readonly supplierProductId: string;
  readonly protocolKinds: readonly ('card' | 'top-up')[];
  /** How many units of the kind in question the protocol takes in one submission. */
  readonly quantityMaxOfProtocol: Readonly<Record<'card' | 'top-up', number>>;
  readonly costHao: number;
  readonly priority: number;
  readonly weight: number;
  readonly routeStatus: RouteStatus;
  readonly isStandby: boolean;
  readonly supplierStatus: SupplierStatus;
  readonly quantityMin: number;
  readonly quantityMax: number | null;
  readonly regions: readonly string[];
  /** What the supplier calls the account's fields, where it is not what the protocol calls them. */
  readonly fieldNames: Readonly<Record<string, string>>;
  /** The supplier's and the route's together. */
  readonly banWindows: readonly BanWindow[];
  readonly balanceHao: number | null;
  readonly balanceFloorHao: number | null;
  readonly supplierStock: number | null;
  readonly isOnShelf: boolean | null;
  /** Never bought from, whatever else speaks for it. */
  readonly isSlowCharge: boolean;
  readonly inFlight: number;
  /** Newest first. */
  readonly recent: readonly RecentAttempt[];
  /** When a person last reset the breaker: what was before counts no more for it. */
  readonly breakerResetAtMs: number | null;
}

export interface RoutingQuestion {
  readonly strategy: SupplyStrategy;
  readonly routes: readonly RouteFacts[];
  readonly kind: 'card' | 'top-up';
  readonly quantity: number;
  /** What is topped up; undefined where nobody has said it yet. */
  readonly account?: Readonly<Record<string, string>>;
  /** The region of the account that is topped up; null where it has none. */
  readonly region: string | null;
  /** What one unit is sold for; null where nothing is sold (stock). */
  readonly salePriceHao: number | null;
  readonly maySellAtLoss: boolean;
  /** Whether another top-up of the same account is under way: no two at once. */
  readonly isAccountBusy?: boolean;
  /** The most that one unit may cost, whatever it is sold for. */
  readonly maxCostHao?: number;
  /** Sources that had their turn in this round. */
  readonly triedRouteIds: readonly string[];
  readonly nowMs: number;
  /** 0 ≤ dice < 1, drawn by the caller: the same dice, the same choice. */
  readonly dice: number;
  readonly clockSpeed?: number;
}

export interface RoutingAnswer {
  readonly chosen: RouteFacts | undefined;
  /** How many units the chosen source takes at once. */
  readonly takes: number;
  readonly choice: SupplyChoice;
}

interface Scored {
  readonly route: RouteFacts;
  readonly candidate: SupplyCandidate;
}

/** Who gets an order now, and why: every source with its score or with the reason against it, best first. */
export function chooseRoute(question: RoutingQuestion): RoutingAnswer {
  const scored = judgeAll(question);
  const eligible = scored.filter(({ candidate }) => candidate.score !== null).sort(byScore);
  const others = scored.filter(({ candidate }) => candidate.score === null);
  const first = question.strategy === 'percentage' ? drawn(eligible, question.dice) : eligible[0];
  const ranked = first ? [first, ...eligible.filter((one) => one !== first), ...others] : others;
  return {
    chosen: first?.route,
    takes: first ? takesAtOnce(first.route, question) : 0,
    choice: {
      strategy: question.strategy,
      candidates: ranked.map(({ candidate }) => candidate),
    },
  };
}

function takesAtOnce(route: RouteFacts, { kind, quantity }: RoutingQuestion): number {
  const stock = route.supplierStock === null ? quantity : Math.max(1, route.supplierStock);
  return Math.min(
    quantity,
    route.quantityMaxOfProtocol[kind],
    route.quantityMax ?? quantity,
    stock,
  );
}

const byScore = (a: Scored, b: Scored): number =>
  (b.candidate.score ?? 0) - (a.candidate.score ?? 0) ||
  a.candidate.costHao - b.candidate.costHao ||
  (a.candidate.supplierCode < b.candidate.supplierCode ? -1 : 1);

/** By weight; where all weights are zero, the best. */
function drawn(eligible: readonly Scored[], dice: number): Scored | undefined {
  const total = eligible.reduce((sum, { route }) => sum + route.weight, 0);
  if (total === 0) return eligible[0];
  const inOrder = [...eligible].sort((a, b) => (a.route.routeId < b.route.routeId ? -1 : 1));
  let left = dice * total;
  for (const one of inOrder) {
    left -= one.route.weight;
    if (left < 0) return one;
  }
  return inOrder.at(-1);
}

/** Costs are compared with the cheapest source that may have the order: a cheap one that is paused makes none look dear. */
function judgeAll(question: RoutingQuestion): Scored[] {
  const looked = question.routes.map((route) => {
    const { recent, breakerResetAtMs } = route;
    const { nowMs, clockSpeed } = question;
    const breaker = breakerSince(breakerResetAtMs, recent, nowMs, clockSpeed);
    return { route, breaker, ineligible: obstacle(route, question, breaker) };
  });
  const eligible = looked.filter(({ ineligible }) => ineligible === null);
  const cheapestHao = Math.min(
    ...(eligible.length > 0 ? eligible : looked).map(({ route }) => route.costHao),
  );
  return looked.map(({ route, breaker, ineligible }) => {
    const parts = scoreParts(route, cheapestHao);
    const candidate: SupplyCandidate = {
      routeId: route.routeId,
      supplierCode: route.supplierCode,
      costHao: route.costHao,
      priority: route.priority,
      weight: route.weight,
      score: ineligible === null ? scoreOf(question.strategy, parts, route.priority) : null,
      parts,
      successRate: route.recent.some(isSettled) ? parts.success : null,
      latencyMs: latencyMs(route.recent),
      breaker,
      ineligible,
    };
    return { route, candidate };
  });
}

type Obstacle = (route: RouteFacts, question: RoutingQuestion, breaker: BreakerState) => boolean;

/** What speaks against a source, in the order in which it is looked at and told. */
const OBSTACLES: readonly (readonly [IneligibleReason, Obstacle])[] = [
  ['slow-charge', ({ isSlowCharge }) => isSlowCharge],
  ['supplier-paused', ({ supplierStatus }) => supplierStatus !== 'active'],
  ['standby', ({ routeStatus, isStandby }) => routeStatus !== 'active' && isStandby],
  ['route-paused', ({ routeStatus }) => routeStatus !== 'active'],
  ['kind', ({ protocolKinds }, { kind }) => !protocolKinds.includes(kind)],
  ['off-shelf', ({ isOnShelf }) => isOnShelf === false],
  ['no-stock', ({ supplierStock }) => supplierStock === 0],
  ['quantity', ({ quantityMin }, { quantity }) => quantity < quantityMin],
  [
    'region',
    ({ regions }, { region }) => region !== null && regions.length > 0 && !regions.includes(region),
  ],
  ['ban-window', ({ banWindows }, { nowMs }) => isBanned(banWindows, nowMs)],
  [
    'account-missing',
    ({ fieldNames }, { kind, account }) =>
      kind === 'top-up' && account !== undefined && !mainAccountField(account, fieldNames),
  ],
  ['account-in-flight', (_, { isAccountBusy }) => isAccountBusy === true],
  ['loss', isLoss],
  [
    'above-max-cost',
    ({ costHao }, { maxCostHao }) => maxCostHao !== undefined && costHao > maxCostHao,
  ],
  ['balance', isShortOfMoney],
  ['tried', ({ routeId }, { triedRouteIds }) => triedRouteIds.includes(routeId)],
  // Slow re-entry: a source that has just failed is tried with one order, not with all of them.
  [
    'breaker-open',
    ({ inFlight }, _, breaker) => breaker === 'open' || (breaker === 'half-open' && inFlight > 0),
  ],
];

/** The first reason why a source may not have the order; null where it may. */
function obstacle(
  route: RouteFacts,
  question: RoutingQuestion,
  breaker: BreakerState,
): IneligibleReason | null {
  return OBSTACLES.find(([, stands]) => stands(route, question, breaker))?.[0] ?? null;
}

function isLoss(
  { costHao }: RouteFacts,
  { salePriceHao, maySellAtLoss }: RoutingQuestion,
): boolean {
  return salePriceHao !== null && !maySellAtLoss && costHao > salePriceHao;
}

/** A balance that nobody has read is no obstacle: the supplier will say so itself. */
function isShortOfMoney(route: RouteFacts, question: RoutingQuestion): boolean {
  if (route.balanceHao === null || route.balanceFloorHao === null) return false;
  return route.balanceHao - route.costHao * takesAtOnce(route, question) < route.balanceFloorHao;
}
