import type { PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { diceOf, type SupplyCall } from '../supply/advance-order.store.js';
import { isOpenAttempt, nextOrderStep, type OrderStep } from '../supply/order-supply.js';
import { planAttempt, type PlannedAttempt } from '../supply/plan-attempts.store.js';
import { roundPauseMs } from '../supply/query-plan.js';
import { chooseRoute, type RouteFacts, type RoutingQuestion } from '../supply/routing.js';
import type { SupplyChoice } from '../supply/supply-choice.js';
import { readRouteFacts } from '../supply/routing-facts.store.js';
import type { SupplyParts } from '../supply/settle-attempt.store.js';
import { lockReplenishment, type OpenReplenishment } from './replenishment-facts.store.js';
import {
  FRUITLESS_ROUNDS_MAX,
  heldQuantity,
  isHopeless,
  spendableHao,
} from './replenishment-rules.js';
import { isReplenishmentEnded, type ReplenishmentStatus } from './replenishment-status.js';

/** How a replenishment stands after all that our own database can do for it. */
export interface ReplenishmentAdvance {
  readonly status: ReplenishmentStatus;
  readonly calls: readonly SupplyCall[];
  /** When to look again at the latest; null where only news can change anything. */
  readonly wakeAtMs: number | null;
}

/** More purchases of one product at once would empty a supplier for the orders of customers. */
const ATTEMPTS_AT_ONCE_MAX = 4;

/**
 * Takes a replenishment one step on: looks at its attempts, and where pieces are missing and money is left chooses sources
 * and writes the attempts, all before any call leaves. May run as often as anybody likes: what is under way is not planned
 * twice. Throws `replenishment.not-found`.
 */
export function advanceReplenishment(
  parts: SupplyParts,
  { replenishmentId, nowMs }: { readonly replenishmentId: string; readonly nowMs: number },
): Promise<ReplenishmentAdvance> {
  return inTransaction(parts.pool, async (client) => {
    const stock = await lockReplenishment(client, replenishmentId, nowMs);
    if (isReplenishmentEnded(stock.status)) return standing(stock.status);
    if (stock.status === 'approval')
      return stock.isCancelAsked ? end(client, stock, 'cancelled', nowMs) : standing('approval');
    const freeUnits = freeUnitsOf(stock);
    const step = nextOrderStep({ ...stock, freeUnits }, nowMs);
    if (step.undecidedIds.length > 0) await askAPerson(client, step.undecidedIds, nowMs);
    if (freeUnits === 0 && !stock.attempts.some(isOpenAttempt))
      return end(client, stock, 'reached', nowMs);
    if (step.end !== null)
      return end(client, stock, step.end === 'cancel' ? 'cancelled' : 'no-source', nowMs);
    return step.need
      ? goOn(parts, client, { stock, step, freeUnits, nowMs })
      : { status: 'buying', calls: step.calls, wakeAtMs: step.wakeAtMs };
  });
}

const standing = (status: ReplenishmentStatus): ReplenishmentAdvance => ({
  status,
  calls: [],
  wakeAtMs: null,
});

/** Nothing more is wanted where the stock has reached its target by other ways. */
function freeUnitsOf(stock: OpenReplenishment): number {
  if (stock.stockTarget !== null && stock.available >= stock.stockTarget) return 0;
  return Math.max(0, stock.quantity - heldQuantity(stock.attempts));
}

const END = `
  UPDATE replenishments SET status = $2, ended_at = $3, updated_at = $3, version = version + 1 WHERE id = $1`;

async function end(
  client: PoolClient,
  { replenishmentId }: OpenReplenishment,
  status: ReplenishmentStatus,
  nowMs: number,
): Promise<ReplenishmentAdvance> {
  await client.query(END, [replenishmentId, status, new Date(nowMs)]);
  return standing(status);
}

async function askAPerson(
  client: PoolClient,
  attemptIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await client.query(
    `UPDATE attempts SET person_reason = 'budget-spent', updated_at = $2
     WHERE id = ANY($1::bigint[]) AND person_reason IS NULL`,
    [attemptIds, new Date(nowMs)],
  );
}

interface Buying {
  readonly stock: OpenReplenishment;
  readonly step: OrderStep;
  readonly freeUnits: number;
  readonly nowMs: number;
}

async function goOn(
  parts: SupplyParts,
  client: PoolClient,
  buying: Buying,
): Promise<ReplenishmentAdvance> {
  const { stock, step, nowMs } = buying;
  const { planned, obstacle } = await planLots(parts, client, buying);
  const calls = [...step.calls, ...planned.map((one) => ({ kind: 'send' as const, ...one }))];
  const going = { status: 'buying', calls, wakeAtMs: step.wakeAtMs } as const;
  if (planned.length > 0 || stock.attempts.some(isOpenAttempt)) return going;
  if (obstacle === 'money') return end(client, stock, 'budget-spent', nowMs);
  const fruitless = stock.round - lastGoodRound(stock);
  if (obstacle === 'hopeless' || fruitless >= FRUITLESS_ROUNDS_MAX)
    return end(client, stock, 'no-source', nowMs);
  await client.query('UPDATE replenishments SET round = round + 1, updated_at = $2 WHERE id = $1', [
    stock.replenishmentId,
    new Date(nowMs),
  ]);
  const nextMs = nowMs + roundPauseMs(fruitless) / parts.clockSpeed;
  return { ...going, wakeAtMs: Math.min(nextMs, step.wakeAtMs ?? nextMs) };
}

interface Planned {
  readonly planned: readonly PlannedAttempt[];
  /** Why there are no more of them. */
  readonly obstacle: Obstacle;
}
type Obstacle = 'none' | 'money' | 'hopeless' | 'sources';

/** Asks the best sources for lots, each within what may still be spent. */
async function planLots(
  parts: SupplyParts,
  client: PoolClient,
  { stock, freeUnits, nowMs }: Buying,
): Promise<Planned> {
  const planned: PlannedAttempt[] = [];
  const openCount = stock.attempts.filter(isOpenAttempt).length;
  const routes = await readRouteFacts(client, { productId: stock.productId, nowMs });
  const state: Choosing = {
    passedOver: fruitlessRoutes(stock),
    missing: freeUnits,
    leftHao: spendableHao(stock.budgets),
    isShortOfMoney: false,
  };
  let obstacle: Obstacle = 'none';
  while (state.missing > 0 && openCount + planned.length < ATTEMPTS_AT_ONCE_MAX) {
    const dice = diceOf(stock.replenishmentId, stock.attempts.length + planned.length);
    const { clockSpeed } = parts;
    const lot = nextLot({ stock, routes, dice, nowMs, clockSpeed }, state);
    if (typeof lot === 'string') {
      obstacle = lot;
      break;
    }
    const attempt = await planAttempt(client, parts.vault, {
      purpose: 'stock',
      orderId: null,
      replenishmentId: stock.replenishmentId,
      productId: stock.productId,
      kind: 'card',
      account: {},
      round: stock.round,
      nowMs,
      ...lot,
    });
    if (!attempt) break;
    planned.push(attempt);
    noteLot(state, lot);
  }
  return { planned, obstacle };
}

/** What changes while lots are given out. */
interface Choosing {
  readonly passedOver: Set<string>;
  missing: number;
  leftHao: number;
  isShortOfMoney: boolean;
}

type Market = Required<Pick<RoutingQuestion, 'routes' | 'dice' | 'nowMs' | 'clockSpeed'>>;

interface Lot {
  readonly route: RouteFacts;
  readonly quantity: number;
  readonly choice: SupplyChoice;
}

/** The best source with as much as it takes and the money buys; sources that are too dear for what is left are passed over. */
function nextLot(
  { stock, ...given }: { readonly stock: OpenReplenishment } & Market,
  state: Choosing,
): Lot | Exclude<Obstacle, 'none'> {
  for (;;) {
    const { chosen, takes, choice } = chooseRoute({
      ...given,
      strategy: stock.strategy,
      kind: 'card',
      quantity: Math.min(state.missing, stock.lotSize),
      region: null,
      salePriceHao: stock.salePriceHao,
      maySellAtLoss: stock.maySellAtLoss,
      maxCostHao: stock.maxCostHao,
      triedRouteIds: [...state.passedOver],
    });
    if (!chosen) {
      if (state.isShortOfMoney) return 'money';
      return isHopeless(choice.candidates) ? 'hopeless' : 'sources';
    }
    const quantity = affordable(chosen, takes, state.leftHao);
    if (quantity > 0) return { route: chosen, quantity, choice };
    state.isShortOfMoney = true;
    state.passedOver.add(chosen.routeId);
  }
}

function noteLot(state: Choosing, { route, quantity }: Lot): void {
  state.missing -= quantity;
  state.leftHao -= quantity * route.costHao;
  // A source that gives all it has leaves the rest to the next one.
  if (route.supplierStock !== null && quantity >= route.supplierStock)
    state.passedOver.add(route.routeId);
}

/** Sources that had their turn in this round and brought nothing. */
function fruitlessRoutes({ attempts, round }: OpenReplenishment): Set<string> {
  const tried = attempts.filter(
    (one) => one.round === round && !isOpenAttempt(one) && one.receivedCount === 0,
  );
  return new Set(tried.map(({ routeId }) => routeId));
}

/** The last round that brought anything. */
const lastGoodRound = ({ attempts }: OpenReplenishment): number =>
  Math.max(0, ...attempts.filter((one) => one.receivedCount > 0).map(({ round }) => round));

/** How many of a lot the money buys; none where that is fewer than the source sells at once. */
function affordable(route: RouteFacts, takes: number, leftHao: number): number {
  const quantity = Math.min(takes, Math.floor(leftHao / route.costHao));
  return quantity >= route.quantityMin ? quantity : 0;
}
