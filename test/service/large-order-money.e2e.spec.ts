import { LargeWorld } from '../support/large-orders.js';

const DAY_SECONDS = 86_400;

let world: LargeWorld;
beforeAll(async () => {
  world = await LargeWorld.open();
});
afterAll(() => world.close());

describe('a large order that is not paid in time', () => {
  it('is reminded, paused and cancelled; exactly the undelivered part goes back after stage 2', async () => {
    const { buyer, product, story } = await world.aStory();
    await story.pay(2_955 + 2_758);
    await story.accept(1);
    await story.pay(2_068.5);
    await story.accept(2);
    expect(await world.reservedOf(story.orderId)).toBe(30);
    const paidHao = 77_815_000;
    story.pass(2 * DAY_SECONDS + 60);
    await story.look();
    story.pass(DAY_SECONDS);
    expect(await story.look()).toMatchObject({ phase: 'payment', isPaused: true });
    expect((await story.view()).stages?.[2]?.status).toBe('overdue');
    expect(await world.doctorFinds()).toEqual([]);
    story.pass(4 * DAY_SECONDS);
    expect(await story.look()).toMatchObject({ status: 'partial', phase: 'ended' });
    const view = await story.view();
    expect(view).toMatchObject({
      deliveredQuantity: 70,
      failCode: 'payment-overdue',
      refundedAmount: '886.50',
    });
    expect(view.stages?.map((stage) => stage.status)).toEqual([
      'accepted',
      'accepted',
      'cancelled',
    ]);
    expect(paidHao - 8_865_000).toBe(70 * 985_000);
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000 + 8_865_000);
    expect(await world.reservedOf(story.orderId)).toBe(0);
    expect(await world.stockOf(product.id)).toBe(130);
    const reminders = await world.numberOf(
      `SELECT count(*) FROM order_events WHERE order_id = $1 AND type = 'payment-reminded'`,
      [story.orderId],
    );
    expect(reminders).toBeGreaterThanOrEqual(2);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('keeps the undelivered part where the agreement says so', async () => {
    await world.db.query(
      `INSERT INTO delivery_plans (code, name, on_overdue) VALUES ('strict', 'strict', 'forfeit') ON CONFLICT DO NOTHING`,
    );
    const { buyer, story } = await world.aStory({ plan: 'strict' });
    await story.pay(2_955 + 2_758);
    await story.accept(1);
    story.pass(8 * DAY_SECONDS);
    await story.look();
    expect(await story.view()).toMatchObject({ status: 'partial', refundedAmount: '0.00' });
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000);
    const kept = await world.numberOf(
      'SELECT forfeited_hao FROM large_orders WHERE order_id = $1',
      [story.orderId],
    );
    expect(kept).toBe(57_130_000 - 40 * 985_000);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('that nobody ever paid ends cancelled, and nothing moves', async () => {
    const { buyer, story } = await world.aStory();
    story.pass(8 * DAY_SECONDS);
    await story.look();
    expect(await story.view()).toMatchObject({
      status: 'cancelled',
      refundedAmount: '0.00',
      failCode: 'payment-overdue',
    });
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000);
    await expect(story.pay(2_955)).rejects.toMatchObject({ code: 'large-order.ended' });
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('goes on when it pays while it is paused', async () => {
    const { story } = await world.aStory();
    story.pass(4 * DAY_SECONDS);
    expect(await story.look()).toMatchObject({ isPaused: true });
    expect((await story.view()).prepayment?.status).toBe('overdue');
    await story.pay(2_955);
    expect((await story.view()).stages?.[0]?.status).toBe('awaiting-payment');
  });

  it('is given more time by staff, but never less', async () => {
    const { story } = await world.aStory();
    const dueAtMs = story.nowMs + 3 * DAY_SECONDS * 1_000;
    await expect(story.extend(dueAtMs - 1)).rejects.toMatchObject({
      code: 'large-order.deadline-not-later',
    });
    await story.extend(dueAtMs + 30 * DAY_SECONDS * 1_000);
    story.pass(20 * DAY_SECONDS);
    expect(await story.look()).toMatchObject({ phase: 'prepayment', isPaused: false });
    story.pass(18 * DAY_SECONDS);
    expect((await story.look()).status).toBe('cancelled');
  });
});

describe('money for a large order', () => {
  it('is booked once for each reference, and a reference pays one order only', async () => {
    const { story } = await world.aStory();
    const { story: other } = await world.aStory();
    await story.pay(2_955, { reference: 'ONCE-1' });
    await story.pay(2_955, { reference: 'ONCE-1' });
    expect((await story.view()).prepayment?.paidAmount).toBe('2955.00');
    await expect(other.pay(2_955, { reference: 'ONCE-1' })).rejects.toMatchObject({
      code: 'payment.reference-reused',
    });
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('recorded twice at the same moment counts once', async () => {
    const { story } = await world.aStory();
    const both = await Promise.allSettled([
      story.pay(2_955, { reference: 'RACE-1' }),
      story.pay(2_955, { reference: 'RACE-1' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect((await story.view()).prepayment?.paidAmount).toBe('2955.00');
    expect(await world.doctorFinds()).toEqual([]);
  });

  it.each([
    { why: 'more than is still to be paid', yuan: 9_850.01, code: 'payment.too-much' },
    { why: 'nothing', yuan: 0, code: 'payment.invalid' },
    { why: 'a fraction of a fen', yuan: 1.001, code: 'payment.invalid' },
  ])('is refused where it is $why', async ({ yuan, code }) => {
    const { story } = await world.aStory();
    await expect(story.pay(yuan)).rejects.toMatchObject({ code });
  });

  it('is not taken from a balance that does not have it', async () => {
    const { buyer, story } = await world.aStory();
    await world.db.query(
      `UPDATE ledger_accounts SET floor_hao = balance_hao - 100 WHERE platform_id = $1 AND kind = 'platform-balance'`,
      [buyer.platformId],
    );
    await expect(story.pay(2_955, { source: 'balance' })).rejects.toMatchObject({
      code: 'credit.exceeded',
    });
  });
});
