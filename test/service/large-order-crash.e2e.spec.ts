import { Died, dyingPool } from '../support/dying-pool.js';
import { aLargeBuyer, LargeStory, LargeWorld } from '../support/large-orders.js';
import { aProduct } from '../support/trade.js';

const DAY_SECONDS = 86_400;

let world: LargeWorld;
beforeAll(async () => {
  world = await LargeWorld.open();
});
afterAll(() => world.close());

/**
 * 100 cards whose every step is begun by workers who die at its first statement, its second, and so on, until one commits;
 * nobody hears that, and it is done once more.
 */
async function aDyingStory() {
  const buyer = await aLargeBuyer(world.db);
  const product = await aProduct(world.db);
  await product.stock(100);
  const story = await LargeStory.begin(world.pool, buyer, product, { quantity: 100 });
  let deaths = 0;
  const step = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    for (let at = 1; ; at += 1) {
      story.pool = dyingPool(world.pool, at);
      const died = await work().then(
        () => false,
        (error: unknown) => {
          if (error instanceof Died) return true;
          throw error;
        },
      );
      if (!died) break;
      deaths += 1;
    }
    story.pool = world.pool;
    await work();
    expect([what, await world.doctorFinds()]).toEqual([what, []]);
  };
  return { buyer, story, step, deaths: () => deaths };
}

const pay = (story: LargeStory, yuan: number, reference: string) => () =>
  story.pay(yuan, { reference });

describe('a worker that dies at every statement of every step of a large order', () => {
  it('leaves the order delivered whole, paid once and with clean books', async () => {
    const { buyer, story, step, deaths } = await aDyingStory();
    await step('prepayment', pay(story, 2_955, 'D-1'));
    await step('stage 1', pay(story, 2_758, 'D-2'));
    await step('acceptance', () => story.accept(1));
    await step('stage 2', pay(story, 2_068.5, 'D-3'));
    story.pass(3 * DAY_SECONDS);
    await step('the clock accepts', () => story.look());
    await step('stage 3', pay(story, 2_068.5, 'D-4'));
    expect(await story.view()).toMatchObject({ status: 'succeeded', deliveredQuantity: 100 });
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000);
    expect(deaths()).toBeGreaterThan(60);
  });

  it('refunds exactly once what an order that stops paying did not get', async () => {
    const { buyer, story, step } = await aDyingStory();
    await step('two payments', pay(story, 5_713, 'E-1'));
    await step('acceptance', () => story.accept(1));
    await step('stage 2', pay(story, 2_068.5, 'E-2'));
    await step('acceptance', () => story.accept(2));
    story.pass(4 * DAY_SECONDS);
    await step('pause', () => story.look());
    await step('more time', () => story.extend(story.nowMs + DAY_SECONDS * 1_000));
    story.pass(6 * DAY_SECONDS);
    await step('end', () => story.look());
    expect(await story.view()).toMatchObject({ status: 'partial', refundedAmount: '886.50' });
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000 + 8_865_000);
    expect(await world.reservedOf(story.orderId)).toBe(0);
  });

  it('cancels once', async () => {
    const { buyer, story, step } = await aDyingStory();
    await step('two payments', pay(story, 5_713, 'F-1'));
    await step('cancel', () => story.cancel());
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000 + 57_130_000 - 39_400_000);
  });
});
