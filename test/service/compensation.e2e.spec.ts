import { answerProposal, endOrder } from '#domain/stores';
import { CompensationWorld, SERVICE } from '../support/compensation-world.js';
import type { SoldOrder } from '../support/sold-order.js';

let world: CompensationWorld;
beforeAll(async () => {
  world = await CompensationWorld.open();
});
afterAll(() => world?.close());
afterEach(async () => {
  expect(await world.doctorFinds()).toEqual([]);
});

const PRICE_HAO = 985_000;
const approve = (compensationId: string, staffEmail: string, isApproved = true): Promise<void> =>
  answerProposal(world.pool, { compensationId, isApproved, staffEmail, nowMs: Date.now() });

describe('a bad card', () => {
  it('is replaced by an order of its own that costs nothing; the order itself stays what it was', async () => {
    const trade = await world.aTrade(3);
    const order = await world.anOrder(trade, 2);
    const before = await world.one('SELECT * FROM orders WHERE id = $1', [order.orderId]);
    const [asked] = await world.ask(order.orderId);
    expect(asked).toMatchObject({ outcome: 'give', remedy: 'replace', amountHao: PRICE_HAO });
    await world.work(trade.productId);

    const replacement = await world.one(
      'SELECT merchant_order_no, status, amount_hao, origin_kind, callback_url FROM orders WHERE origin_order_id = $1',
      [order.orderId],
    );
    expect(replacement).toEqual({
      merchant_order_no: `${order.orderNo}-R1`,
      status: 'succeeded',
      amount_hao: '0',
      origin_kind: 'replacement',
      callback_url: before['callback_url'],
    });
    expect(await world.compensationOf(order.orderId)).toMatchObject({
      status: 'done',
      remedy: 'replace',
    });
    expect(await world.one('SELECT * FROM orders WHERE id = $1', [order.orderId])).toEqual(before);
    expect(
      await world.one('SELECT cause FROM bad_cards WHERE order_id = $1', [order.orderId]),
    ).toEqual({
      cause: 'bad-card',
    });
    expect(await world.balanceOf(trade)).toBe(await world.balanceOf(order));
  });

  it('is refunded where no replacement can be had', async () => {
    const trade = await world.aTrade(1);
    const order = await world.anOrder(trade, 1);
    const balanceHao = await world.balanceOf(trade);
    await world.ask(order.orderId);
    const { replacement_order_id: replacementId } = await world.compensationOf(order.orderId);
    await endOrder(world.pool, {
      orderId: String(replacementId),
      to: 'failed',
      failCode: 'out-of-stock',
      actor: { kind: 'system', name: 'order' },
      nowMs: Date.now(),
    });
    await world.work(trade.productId);
    expect(await world.compensationOf(order.orderId)).toMatchObject({
      status: 'done',
      remedy: 'refund',
    });
    expect(await world.balanceOf(trade)).toBe(balanceHao + PRICE_HAO);
  });

  it('may be followed by a bad replacement, which is refunded as if the first had not been given', async () => {
    const trade = await world.aTrade(2);
    const order = await world.anOrder(trade, 1);
    const balanceHao = await world.balanceOf(trade);
    await world.ask(order.orderId);
    await world.work(trade.productId);
    const { replacement_order_id: replacementId } = await world.compensationOf(order.orderId);
    const [again] = await world.ask(String(replacementId), { remedy: 'refund' });
    expect(again).toMatchObject({ outcome: 'give', amountHao: PRICE_HAO });
    expect(await world.compensationOf(order.orderId)).toMatchObject({ status: 'superseded' });
    expect(await world.balanceOf(trade)).toBe(balanceHao + PRICE_HAO);
  });
});

describe('what is given', () => {
  it('is given once, however often and by how many it is asked for', async () => {
    const trade = await world.aTrade(1);
    const order = await world.anOrder(trade, 1);
    const balanceHao = await world.balanceOf(trade);
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, () => world.ask(order.orderId, { remedy: 'refund' })),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { id } = await world.compensationOf(order.orderId);
    await Promise.all(Array.from({ length: 8 }, () => world.step(String(id))));
    expect(await world.balanceOf(trade)).toBe(balanceHao + PRICE_HAO);
  });

  it('is never more than was paid, over all units and causes', async () => {
    const trade = await world.aTrade(1);
    const order = await world.anOrder(trade, 1);
    await world.ask(order.orderId, { remedy: 'credit', amountHao: 900_000 });
    const [second] = await world.ask(order.orderId, {
      cause: 'late',
      unitNos: [0],
      remedy: 'credit',
      amountHao: 500_000,
    });
    expect(second).toMatchObject({
      outcome: 'give',
      amountHao: 85_000,
      reasons: ['by-staff', 'capped'],
    });
    const [third] = await world.ask(order.orderId, { cause: 'used-card', remedy: 'refund' });
    expect(third).toMatchObject({ outcome: 'decline', reasons: ['by-staff', 'nothing-left'] });
  });

  it('waits for a second person above the limit, who is never the one who asked', async () => {
    const trade = await world.aTrade(3);
    const order = await world.anOrder(trade, 3);
    const balanceHao = await world.balanceOf(trade);
    const [asked] = await world.ask(order.orderId, { unitNos: [0], remedy: 'refund' });
    expect(asked).toMatchObject({ outcome: 'ask', reasons: ['by-staff', 'above-automatic'] });
    expect(await world.balanceOf(trade)).toBe(balanceHao);
    const id = asked?.compensationId ?? '';
    await expect(approve(id, SERVICE)).rejects.toThrow('compensation.own-request');
    await approve(id, 'finance@panel.example.test');
    await expect(approve(id, 'owner@panel.example.test')).rejects.toThrow(
      'compensation.not-proposed',
    );
    expect(await world.balanceOf(trade)).toBe(balanceHao + 3 * PRICE_HAO);
  });

  it('is nothing where the second person says no, and may then be asked for again', async () => {
    const trade = await world.aTrade(3);
    const order = await world.anOrder(trade, 3);
    const [asked] = await world.ask(order.orderId, { unitNos: [0], remedy: 'refund' });
    await approve(asked?.compensationId ?? '', 'finance@panel.example.test', false);
    expect(await world.compensationOf(order.orderId, 0)).toMatchObject({ status: 'declined' });
    const [again] = await world.ask(order.orderId, {
      unitNos: [0],
      remedy: 'credit',
      amountHao: 10_000,
    });
    expect(again).toMatchObject({ outcome: 'give' });
  });
});

describe('the budget of a day', () => {
  it('is not overspent by fifty at once', async () => {
    const trade = await world.aTrade(50);
    const orders: SoldOrder[] = [];
    for (let no = 0; no < 50; no += 1) orders.push(await world.anOrder(trade, 1));
    const spent = await world.one(
      `SELECT coalesce(sum(spent_hao), 0)::bigint AS hao FROM compensation_budgets WHERE scope = 'all'`,
    );
    const roomHao = 7 * PRICE_HAO;
    const limitHao = Number(spent['hao']) + roomHao;
    await world.pool.query('UPDATE compensation_policies SET daily_hao = $1', [limitHao]);
    const asked = await Promise.all(
      orders.map(({ orderId }) => world.ask(orderId, { remedy: 'refund' })),
    );
    const outcomes = asked.map(([one]) => one?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'give')).toHaveLength(7);
    expect(outcomes.filter((outcome) => outcome === 'ask')).toHaveLength(43);
    expect(
      await world.one(`SELECT spent_hao FROM compensation_budgets WHERE scope = 'all'`),
    ).toEqual({
      spent_hao: String(limitHao),
    });
    await world.pool.query('UPDATE compensation_policies SET daily_hao = 500000000');
  }, 60_000);

  it('has a part for each customer: three times a day', async () => {
    const trade = await world.aTrade(4);
    const order = await world.anOrder(trade, 4);
    await world.pool.query('ALTER TABLE orders DISABLE TRIGGER final_stays_final');
    await world.pool.query(`UPDATE orders SET customer_no = 'C-1' WHERE id = $1`, [order.orderId]);
    await world.pool.query('ALTER TABLE orders ENABLE TRIGGER final_stays_final');
    const asked = await world.ask(order.orderId, { unitNos: [1, 2, 3, 4], remedy: 'refund' });
    expect(asked.map(({ outcome }) => outcome)).toEqual(['give', 'give', 'give', 'ask']);
    expect(asked[3]?.reasons).toEqual(['by-staff', 'customer-count']);
  });
});

describe('what the rules promise', () => {
  it('is given to who had to wait too long, by itself', async () => {
    await world.pool.query(`UPDATE compensation_rules SET is_active = true WHERE cause = 'late'`);
    const trade = await world.aTrade(2);
    const [late, inTime] = [
      await world.anOrder(trade, 1, 'processing'),
      await world.anOrder(trade, 1, 'processing'),
    ];
    await world.pool.query(
      `UPDATE orders SET created_at = now() - interval '1 hour' WHERE id = $1`,
      [late.orderId],
    );
    const balanceHao = await world.balanceOf(trade);
    await world.work(trade.productId);
    expect(await world.compensationOf(late.orderId, 0)).toMatchObject({
      status: 'done',
      remedy: 'credit',
      cause: 'late',
      amount_hao: '49200',
    });
    expect(await world.compensationOf(inTime.orderId, 0)).toEqual({});
    expect(await world.balanceOf(trade)).toBe(balanceHao + 49_200);
  });
});
