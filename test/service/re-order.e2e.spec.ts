import type { SoldOrder } from '../support/sold-order.js';
import { inTransaction } from '#domain/database';
import { endOrder, reorderMissing, startWatch } from '#domain/stores';
import { CompensationWorld } from '../support/compensation-world.js';

let world: CompensationWorld;
beforeAll(async () => {
  world = await CompensationWorld.open();
});
afterAll(() => world?.close());
afterEach(async () => {
  expect(await world.doctorFinds()).toEqual([]);
});

const PRICE_HAO = 985_000;
const again = (orderId: string): ReturnType<typeof reorderMissing> =>
  reorderMissing(world.pool, {
    orderId,
    actor: { kind: 'staff', name: 'operator@panel.example.test' },
    nowMs: Date.now(),
  });

/** An order that failed for want of cards; as it must have been charged, so it was refunded. */
async function aFailedOrder(quantity: number): Promise<SoldOrder> {
  const trade = await world.aTrade(0);
  const order = await world.anOrder(trade, quantity, 'processing');
  await fail(order.orderId);
  return order;
}
const fail = (orderId: string): Promise<unknown> =>
  endOrder(world.pool, {
    orderId,
    to: 'failed',
    failCode: 'out-of-stock',
    actor: { kind: 'system', name: 'order' },
    nowMs: Date.now(),
  });
const linked = async (orderId: string): Promise<Record<string, unknown>[]> =>
  (
    await world.pool.query<Record<string, unknown>>(
      `SELECT id, merchant_order_no, quantity, amount_hao::int AS amount_hao, status, origin_kind FROM orders
       WHERE origin_order_id = $1 ORDER BY id`,
      [orderId],
    )
  ).rows;

const setStage = (platformId: string, stage: string): Promise<unknown> =>
  world.pool.query(
    `UPDATE ledger_accounts SET credit_stage = $2 WHERE kind = 'platform-balance' AND platform_id = $1`,
    [platformId, stage],
  );
const stop = (platformId: string) => setStage(platformId, 'sales-stopped');
const free = (platformId: string) => setStage(platformId, 'open');

describe('what an order lacks', () => {
  it('is ordered again once at its old price, by however many people at once', async () => {
    const order = await aFailedOrder(3);
    const balanceHao = await world.balanceOf(order);
    const made = await Promise.all(Array.from({ length: 6 }, () => again(order.orderId)));
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await linked(order.orderId)).toEqual([
      {
        id: expect.any(String),
        merchant_order_no: `${order.orderNo}-B1`,
        quantity: 3,
        amount_hao: 3 * PRICE_HAO,
        status: 'processing',
        origin_kind: 're-order',
      },
    ]);
    expect(await world.balanceOf(order)).toBe(balanceHao - 3 * PRICE_HAO);
  });

  it('may be ordered again where the re-order failed, too, which was refunded', async () => {
    const order = await aFailedOrder(1);
    const balanceHao = await world.balanceOf(order);
    const first = await again(order.orderId);
    await fail(first?.id ?? '');
    expect(await world.balanceOf(order)).toBe(balanceHao);
    const second = await again(order.orderId);
    expect(second?.merchantOrderNo).toBe(`${order.orderNo}-B2`);
  });

  it('is not ordered without the money for it', async () => {
    const order = await aFailedOrder(1);
    await world.pool.query(
      `UPDATE ledger_accounts SET floor_hao = balance_hao WHERE kind = 'platform-balance' AND platform_id = $1`,
      [order.platformId],
    );
    await expect(again(order.orderId)).rejects.toThrow('credit.exceeded');
    expect(await linked(order.orderId)).toEqual([]);
  });

  it('is not ordered for a platform whose sales are stopped', async () => {
    const order = await aFailedOrder(1);
    await stop(order.platformId);
    await expect(again(order.orderId)).rejects.toThrow('credit.exceeded');
    expect(await linked(order.orderId)).toEqual([]);
    await free(order.platformId);
  });

  it('waits for a second person where its buyer is on watch', async () => {
    const order = await aFailedOrder(2);
    await inTransaction(world.pool, (client) =>
      startWatch(client, {
        platformId: order.platformId,
        subject: '',
        reason: 'looks odd',
        raisedBy: 'ann@example.test',
        signalId: null,
        nowMs: Date.now(),
      }),
    );
    const made = await again(order.orderId);
    expect(await linked(order.orderId)).toMatchObject([{ status: 'held', quantity: 2 }]);
    expect(
      await world.one(
        'SELECT status, hold_reason, amount_hao::int AS amount_hao FROM risk_cases WHERE order_id = $1',
        [made?.id],
      ),
    ).toEqual({ status: 'open', hold_reason: 'watched-platform', amount_hao: 2 * PRICE_HAO });
  });

  it('is not ordered while the order may still deliver, nor where nothing is missing', async () => {
    const trade = await world.aTrade(1);
    const waiting = await world.anOrder(trade, 1, 'processing');
    await expect(again(waiting.orderId)).rejects.toThrow('order.not-reorderable');
    const sold = await world.anOrder(trade, 1);
    expect(await again(sold.orderId)).toBeUndefined();
    await world.work(trade.productId);
  });
});

describe('a platform that wants to have it ordered again', () => {
  it('gets it by itself after the failure, as often as it wants, and delivered as soon as cards are there', async () => {
    const trade = await world.aTrade(1);
    await world.pool.query(
      'UPDATE platforms SET reorder_times = 1, reorder_after_seconds = 0 WHERE id = $1',
      [trade.platformId],
    );
    const order = await world.anOrder(trade, 1, 'processing');
    await fail(order.orderId);
    await world.work(trade.productId);
    const [made] = await linked(order.orderId);
    expect(made).toMatchObject({ status: 'succeeded', origin_kind: 're-order' });
    expect(
      await world.one(
        `SELECT count(*)::int AS count FROM order_events WHERE order_id = $1 AND type = 're-ordered'`,
        [order.orderId],
      ),
    ).toEqual({ count: 1 });
  });

  it('gets nothing while its sales are stopped', async () => {
    const trade = await world.aTrade(1);
    await world.pool.query(
      'UPDATE platforms SET reorder_times = 1, reorder_after_seconds = 0 WHERE id = $1',
      [trade.platformId],
    );
    const order = await world.anOrder(trade, 1, 'processing');
    await stop(trade.platformId);
    await fail(order.orderId);
    await world.work(trade.productId);
    expect(await linked(order.orderId)).toEqual([]);
    await free(trade.platformId);
  });

  it('gets no more than that: its re-order is not ordered again', async () => {
    const trade = await world.aTrade(0);
    await world.pool.query(
      'UPDATE platforms SET reorder_times = 1, reorder_after_seconds = 0 WHERE id = $1',
      [trade.platformId],
    );
    const order = await world.anOrder(trade, 1, 'processing');
    await fail(order.orderId);
    await world.work(trade.productId);
    const [made] = await linked(order.orderId);
    await fail(String(made?.['id']));
    await world.work(trade.productId);
    expect(await linked(order.orderId)).toHaveLength(1);
  });

  it('gets nothing where it cancelled itself', async () => {
    const trade = await world.aTrade(0);
    await world.pool.query(
      'UPDATE platforms SET reorder_times = 1, reorder_after_seconds = 0 WHERE id = $1',
      [trade.platformId],
    );
    const order = await world.anOrder(trade, 1, 'processing');
    await endOrder(world.pool, {
      orderId: order.orderId,
      to: 'cancelled',
      failCode: 'cancelled-by-platform',
      actor: { kind: 'platform', name: 'test' },
      nowMs: Date.now(),
    });
    await world.work(trade.productId);
    expect(await linked(order.orderId)).toEqual([]);
  });
});
