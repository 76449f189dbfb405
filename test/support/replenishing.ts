import { advanceReplenishment, askReplenishment, type AskedReplenishment } from '#domain/stores';
import { inTransaction } from '#domain/database';
import type { ReplenishmentStatus } from '#domain';
import { withClient } from './postgres.js';
import type { Boundary, SupplyWorld } from './supply-world.js';
import { aProduct } from './trade.js';

const ROUNDS_MAX = 200;

export interface StockedProduct {
  readonly productId: string;
  readonly code: string;
  readonly sources: readonly string[];
}

/** A product of cards with sources that do as their scripts say. */
export async function aStockedProduct(
  world: SupplyWorld,
  scripts: readonly (readonly string[])[],
  cards = 0,
): Promise<StockedProduct> {
  const { id, code } = await withClient(world.database.url, async (client) => {
    const product = await aProduct(client);
    if (cards > 0) await product.stock(cards);
    return product;
  });
  return { productId: id, code, sources: await world.addSources(id, scripts) };
}

/** The product's rule: buys without asking anybody up to a million yuan, in lots of two, unless told otherwise. */
export async function aRule(
  world: SupplyWorld,
  productId: string,
  different: Readonly<Record<string, string | number | boolean>> = {},
): Promise<void> {
  const columns = {
    product_id: productId,
    day_budget_hao: 10_000_000_000,
    month_budget_hao: 10_000_000_000,
    approval_limit_hao: 10_000_000_000,
    lot_size: 2,
    quantity_min: 1,
    ...different,
  };
  const names = Object.keys(columns);
  await world.pool.query(
    `INSERT INTO replenishment_rules (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(columns),
  );
}

/** A person asks for so many cards. */
export function askFor(
  world: SupplyWorld,
  productId: string,
  quantity: number,
): Promise<AskedReplenishment> {
  return inTransaction(world.pool, (client) =>
    askReplenishment(client, {
      productId,
      quantity,
      cause: 'manual',
      stockTarget: null,
      hoursLeft: null,
      askedBy: 'buyer@example.test',
      reason: 'a busy weekend ahead',
      nowMs: Date.now(),
    }),
  );
}

/** Drives a purchase of stock to its end as its run does; the first `deaths` calls die at the boundary. */
export async function driveReplenishment(
  world: SupplyWorld,
  replenishmentId: string,
  {
    boundary,
    deaths = 0,
    copies = 1,
  }: { boundary?: Boundary; deaths?: number; copies?: number } = {},
): Promise<ReplenishmentStatus> {
  let deathsLeft = deaths;
  let nowMs = Date.now();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    nowMs = Math.max(nowMs, Date.now());
    const step = await advanceReplenishment(world.supply, { replenishmentId, nowMs });
    if (step.status !== 'buying') return step.status;
    for (const call of step.calls) {
      const dies = deathsLeft > 0 ? boundary : undefined;
      if (dies !== undefined) deathsLeft -= 1;
      await world.carryOutTimes(call, copies, dies);
    }
    if (step.calls.length === 0) nowMs = Math.max(nowMs, step.wakeAtMs ?? nowMs) + 1;
  }
  throw new Error('the replenishment does not end');
}

/** Cards of a product that lie in stock. */
export async function inStock(world: SupplyWorld, productId: string): Promise<number> {
  const { rows } = await world.pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM card_stock WHERE product_id = $1',
    [productId],
  );
  return rows[0]?.count ?? -1;
}
