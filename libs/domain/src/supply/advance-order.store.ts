import type { PoolClient } from 'pg';
import { inTransaction, settled } from '../database/sql.js';
import { isRightLapsedFor } from '../licence/lapsed-orders.store.js';
import { LOCK_PRODUCT_OF_ORDER } from '../inventory/product-lock.store.js';
import { WAITING_ORDER_STATUSES, type OrderStatus } from '../order/order-status.js';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import { isOpenAttempt, nextOrderStep, type OrderSupply, type SupplyNeed } from './order-supply.js';
import { accountBusySince, planAttempt, type PlannedAttempt } from './plan-attempts.store.js';
import { busyPauseMs, roundPauseMs } from './query-plan.js';
import { chooseRoute } from './routing.js';
import { readRouteFacts } from './routing-facts.store.js';
import { readOrderSupply } from './order-supply.store.js';
import type { SupplyParts } from './settle-attempt.store.js';

/** A call to a supplier that is due now. */
export interface SupplyCall {
  readonly kind: 'send' | 'query';
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly supplierCode: string;
}

/** How an order stands after all that our own database can do for it. */
export interface OrderAdvance {
  readonly status: OrderStatus;
  readonly version: number;
  readonly calls: readonly SupplyCall[];
  /** When to look again at the latest; null where only news can change anything. */
  readonly wakeAtMs: number | null;
  /** It is to be ended now: nothing is under way and nothing more will be tried. */
  readonly end: 'deadline' | 'cancel' | 'account-refused' | null;
}

/**
 * Takes an order's supply one step on: looks at its attempts, and where units are free chooses sources and writes the
 * attempts, all before any call leaves. May run as often as anybody likes: what is under way is not planned twice.
 * Throws `order.not-found`.
 */
export function advanceOrder(
  parts: SupplyParts,
  { orderId, nowMs }: { readonly orderId: string; readonly nowMs: number },
): Promise<OrderAdvance> {
  return inTransaction(parts.pool, async (client) => {
    const [, order] = await settled([
      client.query(LOCK_PRODUCT_OF_ORDER, [orderId]),
      readOrderSupply(client, orderId),
    ]);
    // Held, or not paid yet: whoever changes that tells the run.
    if (!WAITING_ORDER_STATUSES.some((status) => status === order.status))
      return standing(order, [], null, null);
    const step = nextOrderStep(order, nowMs);
    if (step.end !== null) return standing(order, [], null, step.end);
    if (step.undecidedIds.length > 0) await askAPerson(client, order, step.undecidedIds, nowMs);
    const calls = [...step.calls];
    let wakeAtMs = step.wakeAtMs;
    if (step.need && !(await isRightLapsedFor(client, orderId, nowMs))) {
      const planned = await planFor(parts, client, { order, need: step.need, nowMs });
      calls.push(...planned.map(sendOf));
      if (planned.length === 0)
        wakeAtMs = await sleepUntil(parts, client, { order, nowMs, wakeAtMs });
    }
    return standing(order, calls, wakeAtMs, null);
  });
}

function standing(
  order: OrderSupply,
  calls: readonly SupplyCall[],
  wakeAtMs: number | null,
  end: OrderAdvance['end'],
): OrderAdvance {
  return { status: order.status, version: order.version, calls, wakeAtMs, end };
}

const sendOf = (attempt: PlannedAttempt): SupplyCall => ({ kind: 'send', ...attempt });

const ASK_A_PERSON = `
  WITH asked AS (
    UPDATE attempts SET person_reason = 'budget-spent', updated_at = $3
    WHERE id = ANY($2::bigint[]) AND person_reason IS NULL RETURNING attempt_no
  )
  INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
  SELECT $1, 'supply-undecided', 'system', 'workflow', jsonb_build_object('attemptNo', attempt_no, 'reason', 'budget-spent'), $3
  FROM asked`;

/** Past the deadline every attempt that is still open is an open task, while the supplier goes on being asked. */
async function askAPerson(
  client: PoolClient,
  order: OrderSupply,
  attemptIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await client.query(ASK_A_PERSON, [order.orderId, attemptIds, new Date(nowMs)]);
}

export interface Planning {
  readonly order: OrderSupply;
  readonly need: SupplyNeed;
  readonly nowMs: number;
  /** A person has named the source. */
  readonly onlySupplier?: string;
}

/** Gives the free units to sources, best first, each no more than it takes at once. */
export async function planFor(
  parts: SupplyParts,
  client: PoolClient,
  { order, need, nowMs, onlySupplier }: Planning,
): Promise<PlannedAttempt[]> {
  const planned: PlannedAttempt[] = [];
  const tried = new Set(need.triedRouteIds);
  let freeUnits = need.freeUnits;
  const busySinceMs = await accountBusySince(client, parts.vault, order);
  const all = await readRouteFacts(client, { productId: order.productId, nowMs });
  const routes =
    onlySupplier === undefined
      ? all
      : all.filter(({ supplierCode }) => supplierCode === onlySupplier);
  while (freeUnits > 0 && planned.length < ATTEMPTS_AT_ONCE_MAX) {
    const {
      chosen,
      takes: quantity,
      choice,
    } = chooseRoute({
      strategy: order.strategy,
      routes,
      kind: order.kind,
      quantity: freeUnits,
      account: order.account,
      region: order.account['region'] ?? null,
      salePriceHao: order.unitPriceHao,
      maySellAtLoss: order.maySellAtLoss,
      isAccountBusy: busySinceMs !== null,
      triedRouteIds: [...tried],
      nowMs,
      dice: diceOf(order.orderId, order.attempts.length + planned.length),
      clockSpeed: parts.clockSpeed,
    });
    if (!chosen) break;
    const attempt = await planAttempt(client, parts.vault, {
      purpose: 'order',
      orderId: order.orderId,
      replenishmentId: null,
      productId: order.productId,
      kind: order.kind,
      route: chosen,
      quantity,
      account: order.account,
      round: order.round,
      choice,
      nowMs,
    });
    if (!attempt) break;
    await takeUnits(client, order, attempt, quantity, nowMs);
    planned.push(attempt);
    freeUnits -= quantity;
    // A source that gives all it has leaves the rest to the next one.
    if (chosen.supplierStock !== null && quantity >= chosen.supplierStock)
      tried.add(chosen.routeId);
  }
  return planned;
}

/** More attempts than this at once for one order would crowd out the others. */
const ATTEMPTS_AT_ONCE_MAX = 10;

const TAKE_UNITS = `
  WITH free AS (
    SELECT id FROM order_units
    WHERE id BETWEEN $1::bigint * ${UNIT_KEY_FACTOR} AND $1::bigint * ${UNIT_KEY_FACTOR} + ${UNIT_KEY_FACTOR - 1} AND status = 'pending'
    ORDER BY id LIMIT $2
  ), taken AS (
    UPDATE order_units u SET status = 'sourcing', attempt_id = $3 FROM free WHERE u.id = free.id RETURNING u.id
  ), counted AS (
    UPDATE orders SET sourcing_quantity = sourcing_quantity + $2, updated_at = $4 WHERE id = $1 RETURNING id
  ), events AS (
    INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
    SELECT id, 'supply-asked', 'system', 'workflow', $5::jsonb, $4 FROM counted
  )
  SELECT 1 / (count(*) = $2)::int AS all_taken FROM taken`;

async function takeUnits(
  client: PoolClient,
  order: OrderSupply,
  attempt: PlannedAttempt,
  quantity: number,
  nowMs: number,
): Promise<void> {
  await client.query(TAKE_UNITS, [
    order.orderId,
    quantity,
    attempt.attemptId,
    new Date(nowMs),
    JSON.stringify({ attemptNo: attempt.attemptNo, supplier: attempt.supplierCode, quantity }),
  ]);
}

/**
 * Nobody may have it now. After a pause all sources are gone through again: what failed a minute ago may do so no more.
 * Where the product has no sources at all, only stock or the deadline can bring an end.
 */
async function sleepUntil(
  parts: SupplyParts,
  client: PoolClient,
  { order, nowMs, wakeAtMs }: { order: OrderSupply; nowMs: number; wakeAtMs: number | null },
): Promise<number | null> {
  if (!order.hasRoutes || order.attempts.some(isOpenAttempt)) return wakeAtMs;
  const sooner = (nextMs: number): number =>
    wakeAtMs === null ? nextMs : Math.min(wakeAtMs, nextMs);
  // No source has failed: the account is taken up with another order, and free again when that one has ended.
  const busySinceMs = await accountBusySince(client, parts.vault, order);
  if (busySinceMs !== null)
    return sooner(nowMs + busyPauseMs(nowMs - busySinceMs) / parts.clockSpeed);
  const nextMs = nowMs + roundPauseMs(order.round) / parts.clockSpeed;
  await client.query('UPDATE orders SET supply_round = supply_round + 1 WHERE id = $1', [
    order.orderId,
  ]);
  return sooner(nextMs);
}

/** The same order draws the same number for the same attempt: a choice can be told again. */
export function diceOf(orderId: string, attemptIndex: number): number {
  const mixed = (BigInt(orderId) * 2_654_435_761n + BigInt(attemptIndex) * 40_503n) % 1_000_003n;
  return Number(mixed) / 1_000_003;
}
