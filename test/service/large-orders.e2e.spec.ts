import { fillWaitingOrders } from '#domain/stores';
import { LargeStory, LargeWorld, aLargeBuyer } from '../support/large-orders.js';
import { aProduct } from '../support/trade.js';

const DAY_SECONDS = 86_400;

let world: LargeWorld;
beforeAll(async () => {
  world = await LargeWorld.open();
});
afterAll(() => world.close());

describe('a large order', () => {
  it('is born awaiting payment: nothing is charged, no card is taken, and its stages are shown', async () => {
    const { buyer, product, story } = await world.aStory();
    const view = await story.view();
    expect(view).toMatchObject({
      status: 'awaiting-payment',
      amount: '9850.00',
      deliveredQuantity: 0,
      cards: [],
      prepayment: { status: 'awaiting-payment', amount: '2955.00', paidAmount: '0.00' },
    });
    expect(
      view.stages?.map(({ quantity, amount, prepaidAmount }) => [quantity, amount, prepaidAmount]),
    ).toEqual([
      [40, '3940.00', '1182.00'],
      [30, '2955.00', '886.50'],
      [30, '2955.00', '886.50'],
    ]);
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000);
    expect(await world.stockOf(product.id)).toBe(200);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('of less than the platform’s threshold is an order like all others', async () => {
    const buyer = await aLargeBuyer(world.db);
    const product = await aProduct(world.db);
    await product.stock(10);
    const story = await LargeStory.begin(world.pool, buyer, product, { quantity: 5 });
    const view = await story.view();
    expect(view.status).toBe('succeeded');
    expect(view).not.toHaveProperty('stages');
    expect(view).not.toHaveProperty('prepayment');
  });

  it('lets go of each stage only after its money, and is clean after every step', async () => {
    const { buyer, product, story } = await world.aStory();
    const step = async (what: string): Promise<[string, number, ...string[]]> => {
      expect([what, await world.doctorFinds()]).toEqual([what, []]);
      const { status, deliveredQuantity, stages = [] } = await story.view();
      return [status, deliveredQuantity, ...stages.map((stage) => stage.status)];
    };
    await story.pay(2_954.99);
    expect(await step('nearly prepaid')).toEqual([
      'awaiting-payment',
      0,
      'planned',
      'planned',
      'planned',
    ]);
    expect(await world.reservedOf(story.orderId)).toBe(0);
    await story.pay(0.01);
    expect(await step('prepaid')).toEqual([
      'awaiting-payment',
      0,
      'awaiting-payment',
      'planned',
      'planned',
    ]);
    expect(await world.reservedOf(story.orderId)).toBe(40);
    expect(await world.stockOf(product.id)).toBe(160);
    await story.pay(2_757.99);
    expect(await step('a fen is missing')).toEqual([
      'awaiting-payment',
      0,
      'awaiting-payment',
      'planned',
      'planned',
    ]);
    await story.pay(0.01);
    expect(await step('stage 1 paid')).toEqual([
      'awaiting-payment',
      0 + 40,
      'delivered',
      'planned',
      'planned',
    ]);
    expect((await story.view()).cards).toHaveLength(40);
    await story.accept(1);
    expect(await step('stage 1 accepted')).toEqual([
      'awaiting-payment',
      40,
      'accepted',
      'awaiting-payment',
      'planned',
    ]);
    await story.pay(2_068.5, { source: 'balance' });
    expect(await step('stage 2 paid')).toEqual([
      'awaiting-payment',
      70,
      'accepted',
      'delivered',
      'planned',
    ]);
    story.pass(2 * DAY_SECONDS);
    await story.look();
    expect(await step('stage 2 accepted by the clock')).toEqual([
      'awaiting-payment',
      70,
      'accepted',
      'accepted',
      'awaiting-payment',
    ]);
    await story.pay(2_068.5);
    expect(await step('stage 3 paid')).toEqual([
      'succeeded',
      100,
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect(new Set((await story.view()).cards.map(({ cardNo }) => cardNo)).size).toBe(100);
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000 - 20_685_000);
    expect(await world.balanceOf(buyer.platformId, 'platform-prepayment')).toBe(0);
    expect(await world.stockOf(product.id)).toBe(100);
  });

  it('goes all the way at once where everything is paid at once, but for the platform’s word', async () => {
    const { story } = await world.aStory();
    await story.pay(9_850);
    await story.accept(1);
    await story.accept(2);
    expect((await story.view()).status).toBe('succeeded');
    expect(await world.doctorFinds()).toEqual([]);
  });
});

describe('cancelling a large order', () => {
  it('gives back what was paid for units that were not delivered, and the stock that was put aside', async () => {
    const { buyer, product, story } = await world.aStory();
    await story.pay(2_955 + 2_758);
    await story.accept(1);
    expect(await world.reservedOf(story.orderId)).toBe(30);
    expect(await story.cancel()).toMatchObject({ ended: true, status: 'partial' });
    expect(await world.balanceOf(buyer.platformId)).toBe(
      10_000_000_000 + 57_130_000 - 40 * 985_000,
    );
    expect(await world.reservedOf(story.orderId)).toBe(0);
    expect(await world.stockOf(product.id)).toBe(160);
    expect(await world.doctorFinds()).toEqual([]);
  });
});

describe('stock for a large order', () => {
  it('that is short is delivered in part, the rest when it arrives, and nobody else gets what was put aside', async () => {
    const { story, product } = await world.aStory({ stock: 25 });
    await story.pay(2_955);
    expect(await world.reservedOf(story.orderId)).toBe(25);
    expect(await world.stockOf(product.id)).toBe(0);
    await story.pay(2_758);
    expect(await story.view()).toMatchObject({ status: 'processing', deliveredQuantity: 25 });
    expect(await world.doctorFinds()).toEqual([]);
    await product.stock(15);
    await fillWaitingOrders(world.pool, { productId: product.id, nowMs: Date.now() });
    expect(await story.view()).toMatchObject({ status: 'processing', deliveredQuantity: 40 });
    await story.look();
    expect((await story.view()).stages?.[0]?.status).toBe('delivered');
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('of a stage that waits is not given to an order that came later', async () => {
    const { story, product, buyer } = await world.aStory({ stock: 0 });
    await story.pay(2_955 + 2_758);
    const small = await LargeStory.begin(world.pool, buyer, product, { quantity: 2 });
    await product.stock(40);
    await fillWaitingOrders(world.pool, { productId: product.id, nowMs: Date.now() });
    expect((await story.view()).deliveredQuantity).toBe(40);
    expect((await small.view()).status).toBe('processing');
  });
});
