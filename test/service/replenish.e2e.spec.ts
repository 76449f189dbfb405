import { inTransaction } from '#domain/database';
import {
  advanceReplenishment,
  approveReplenishment,
  askDueReplenishments,
  cancelReplenishment,
  closeRefusedReplenishments,
  decideApproval,
  fillWaitingOrders,
  measureRunways,
  restartReplenishments,
  updateAlerts,
} from '#domain/stores';
import { openAlertKinds } from '../support/open-alerts.js';
import { withClient } from '../support/postgres.js';
import {
  aRule,
  askFor,
  aStockedProduct,
  driveReplenishment,
  inStock,
} from '../support/replenishing.js';
import { SupplyWorld } from '../support/supply-world.js';

const COST_HAO = 98_500;

let world: SupplyWorld;
beforeEach(async () => {
  world = await SupplyWorld.open();
});
afterEach(() => world?.close());

const rowOf = async (id: string): Promise<Record<string, unknown>> =>
  (await world.pool.query('SELECT * FROM replenishments WHERE id = $1', [id])).rows[0] as Record<
    string,
    unknown
  >;

describe('stock that a person asks for', () => {
  it('comes in lots into a batch of the supplier, is paid for, and nothing is left to do', async () => {
    const { productId, sources } = await aStockedProduct(world, [[]]);
    await aRule(world, productId);
    const { replenishmentId, status } = await askFor(world, productId, 5);
    expect(status).toBe('buying');
    expect(await driveReplenishment(world, replenishmentId)).toBe('reached');
    expect(await inStock(world, productId)).toBe(5);
    expect(world.handedOut(sources)).toBe(5);
    const row = await rowOf(replenishmentId);
    expect([row['received_quantity'], Number(row['paid_hao'])]).toEqual([5, 5 * COST_HAO]);
    const { rows } = await world.pool.query(
      `SELECT array_agg(quantity ORDER BY id) AS lots, sum(paid_hao)::int AS paid FROM attempts WHERE replenishment_id = $1`,
      [replenishmentId],
    );
    expect(rows).toEqual([{ lots: [2, 2, 1], paid: 5 * COST_HAO }]);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('is bought once at a time', async () => {
    const { productId } = await aStockedProduct(world, [[]]);
    await aRule(world, productId);
    await askFor(world, productId, 5);
    await expect(askFor(world, productId, 5)).rejects.toThrow('replenishment.open-already');
  });

  it('goes to the next source where one refuses, and over many lots where one fails now and then', async () => {
    const { productId } = await aStockedProduct(world, [
      ['refuse-stock', 'accept', 'refuse-stock', 'refuse-stock'],
    ]);
    await aRule(world, productId);
    const { replenishmentId } = await askFor(world, productId, 8);
    expect(await driveReplenishment(world, replenishmentId)).toBe('reached');
    expect(await inStock(world, productId)).toBe(8);
  });

  it('ends at the day’s budget, with what it bought', async () => {
    const { productId } = await aStockedProduct(world, [[]]);
    await aRule(world, productId, { day_budget_hao: 3 * COST_HAO + 1 });
    const { replenishmentId } = await askFor(world, productId, 9);
    expect(await driveReplenishment(world, replenishmentId)).toBe('budget-spent');
    expect(await inStock(world, productId)).toBe(3);
    // The next one of the same day has nothing left.
    const next = await askFor(world, productId, 1);
    expect(await driveReplenishment(world, next.replenishmentId)).toBe('budget-spent');
    expect(await inStock(world, productId)).toBe(3);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('never pays more than the rule allows, nor more than it is sold for', async () => {
    const dear = await aStockedProduct(world, [[]]);
    await aRule(world, dear.productId, { max_cost_hao: COST_HAO - 1 });
    const first = await askFor(world, dear.productId, 2);
    expect(await driveReplenishment(world, first.replenishmentId)).toBe('no-source');
    const loss = await aStockedProduct(world, [[]]);
    await aRule(world, loss.productId);
    await world.pool.query('UPDATE prices SET unit_price_hao = 98400 WHERE product_id = $1', [
      loss.productId,
    ]);
    const second = await askFor(world, loss.productId, 2);
    expect(await driveReplenishment(world, second.replenishmentId)).toBe('no-source');
    expect([world.handedOut(dear.sources), world.handedOut(loss.sources)]).toEqual([0, 0]);
  });

  it('stops when it is cancelled, and what is under way is still settled', async () => {
    const { productId, sources } = await aStockedProduct(world, [['timeout-after']]);
    await aRule(world, productId, { lot_size: 1 });
    const { replenishmentId } = await askFor(world, productId, 9);
    const { calls } = await advanceReplenishment(world.supply, {
      replenishmentId,
      nowMs: Date.now(),
    });
    await inTransaction(world.pool, (client) =>
      cancelReplenishment(client, { replenishmentId, nowMs: Date.now() }),
    );
    for (const call of calls) await world.carryOutTimes(call, 1, undefined);
    expect(await driveReplenishment(world, replenishmentId)).toBe('cancelled');
    expect(await inStock(world, productId)).toBe(calls.length);
    expect(world.handedOut(sources)).toBe(calls.length);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('serves orders that wait before it lies in stock', async () => {
    const { orderId } = await world.anOrder(2, []);
    const { rows } = await world.pool.query<{ product_id: string }>(
      'SELECT product_id FROM orders WHERE id = $1',
      [orderId],
    );
    const productId = rows[0]?.product_id ?? '';
    await world.addSources(productId, [[]]);
    await aRule(world, productId);
    const { replenishmentId } = await askFor(world, productId, 5);
    expect(await driveReplenishment(world, replenishmentId)).toBe('reached');
    const outbox = await world.pool.query(
      `SELECT 1 FROM outbox_messages WHERE kind = 'fill-stock' AND subject = $1`,
      [productId],
    );
    expect(outbox.rowCount).toBeGreaterThan(0);
    await fillWaitingOrders(world.pool, { productId, nowMs: Date.now() });
    expect(await world.cardsOf(orderId)).toBe(2);
    expect(await inStock(world, productId)).toBe(3);
  });
});

describe('a purchase above the approval limit', () => {
  const asked = async () => {
    const stocked = await aStockedProduct(world, [[]]);
    await aRule(world, stocked.productId, { approval_limit_hao: 2 * COST_HAO });
    const replenishment = await askFor(world, stocked.productId, 5);
    const { rows } = await world.pool.query<{ id: string }>('SELECT id FROM approvals');
    return { ...stocked, ...replenishment, approvalId: rows[0]?.id ?? '' };
  };
  const decide = (id: string, decision: 'approved' | 'refused') =>
    inTransaction(world.pool, async (client) => {
      const decider = { email: 'owner@example.test', role: 'owner' } as const;
      await decideApproval(client, {
        id,
        decision,
        decider,
        reason: null,
        nowMs: Date.now(),
        permissionOf: () => 'supply.approve',
      });
    });

  it('buys nothing before a second person agrees', async () => {
    const { replenishmentId, status, productId, sources, approvalId } = await asked();
    expect(status).toBe('approval');
    expect(await driveReplenishment(world, replenishmentId)).toBe('approval');
    expect(world.handedOut(sources)).toBe(0);
    await decide(approvalId, 'approved');
    await inTransaction(world.pool, (client) =>
      approveReplenishment(client, { replenishmentId, nowMs: Date.now() }),
    );
    expect(await driveReplenishment(world, replenishmentId)).toBe('reached');
    expect(await inStock(world, productId)).toBe(5);
  });

  it('ends where the second person does not', async () => {
    const { replenishmentId, approvalId, sources } = await asked();
    await decide(approvalId, 'refused');
    expect(await closeRefusedReplenishments(world.pool)).toBe(1);
    expect(await driveReplenishment(world, replenishmentId)).toBe('refused');
    expect(world.handedOut(sources)).toBe(0);
  });
});

describe('a rule that buys where the runway falls short', () => {
  const HOUR = `interval '1 hour'`;
  /** One piece ordered in each of the last ten hours. */
  async function aDemandedProduct(
    cards: number,
    different: Readonly<Record<string, string | number | boolean>> = {},
  ): Promise<{ readonly productId: string; readonly code: string }> {
    const stocked = await aStockedProduct(world, [[]], cards);
    await aRule(world, stocked.productId, { target_hours: 24, ...different });
    await withClient(world.database.url, async (client) => {
      await client.query(
        `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
           delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
         SELECT 'O' || h, uuidv7(), 'M' || h, '', $1, $2, 1, 1, 1, 1, 'succeeded', now() - h * ${HOUR}, now()
         FROM generate_series(10, 1, -1) AS h`,
        [stocked.productId, stocked.code],
      );
      await client.query(`UPDATE products SET created_at = now() - 11 * ${HOUR} WHERE id = $1`, [
        stocked.productId,
      ]);
    });
    return stocked;
  }
  const openOnes = async () =>
    (
      await world.pool.query<{ id: string; quantity: number; cause: string }>(
        `SELECT id, quantity, cause FROM replenishments ORDER BY id`,
      )
    ).rows;

  it('asks once per crossing for as much as lasts the target, and tells staff once', async () => {
    await aDemandedProduct(3);
    await measureRunways(world.pool, Date.now());
    expect(await askDueReplenishments(world.pool, Date.now())).toBe(1);
    expect(await askDueReplenishments(world.pool, Date.now())).toBe(0);
    const [made] = await openOnes();
    expect(made?.cause).toBe('runway');
    expect(made?.quantity).toBeGreaterThan(15);
    expect(made?.quantity).toBeLessThan(23);
    await updateAlerts(world.pool, Date.now());
    await updateAlerts(world.pool, Date.now());
    expect(await openAlertKinds(world.pool)).toEqual(['stock-short']);
    expect(await driveReplenishment(world, made?.id ?? '')).toBe('reached');
    // The stock was last measured before the cards came.
    expect(await askDueReplenishments(world.pool, Date.now())).toBe(0);
    await measureRunways(world.pool, Date.now());
    await updateAlerts(world.pool, Date.now());
    expect(await openAlertKinds(world.pool)).toEqual([]);
    expect(await askDueReplenishments(world.pool, Date.now())).toBe(0);
  });

  it('leaves buying alone where the rule is off or only activates standby routes', async () => {
    await aDemandedProduct(3, { is_active: false });
    await aDemandedProduct(3, { mode: 'standby' }).catch(() => undefined);
    await measureRunways(world.pool, Date.now());
    expect(await askDueReplenishments(world.pool, Date.now())).toBe(0);
  });

  it('says so when it cannot go on, and tries again after a while', async () => {
    const { productId } = await aDemandedProduct(3, { max_cost_hao: 1 });
    await measureRunways(world.pool, Date.now());
    await askDueReplenishments(world.pool, Date.now());
    const [made] = await openOnes();
    expect(await driveReplenishment(world, made?.id ?? '')).toBe('no-source');
    await updateAlerts(world.pool, Date.now());
    expect((await openAlertKinds(world.pool)).sort()).toEqual([
      'replenishment-stuck',
      'stock-short',
    ]);
    expect(await askDueReplenishments(world.pool, Date.now())).toBe(0);
    await world.pool.query(
      'UPDATE replenishment_rules SET max_cost_hao = NULL WHERE product_id = $1',
      [productId],
    );
    await measureRunways(world.pool, Date.now());
    expect(await askDueReplenishments(world.pool, Date.now() + 2 * 3_600_000)).toBe(1);
    await updateAlerts(world.pool, Date.now());
    expect(await openAlertKinds(world.pool)).toEqual(['stock-short']);
  });

  it('has a run started that was never begun', async () => {
    await aDemandedProduct(3);
    await measureRunways(world.pool, Date.now());
    await askDueReplenishments(world.pool, Date.now());
    const waiting = `SELECT 1 FROM outbox_messages WHERE kind = 'replenishment-changed'`;
    expect((await world.pool.query(waiting)).rowCount).toBe(1);
    await world.pool.query(`DELETE FROM outbox_messages`);
    await world.pool.query(`UPDATE replenishments SET updated_at = now() - interval '2 minutes'`);
    expect(await restartReplenishments(world.pool)).toBe(1);
    expect(await restartReplenishments(world.pool)).toBe(0);
    expect((await world.pool.query(waiting)).rowCount).toBe(1);
  });
});
