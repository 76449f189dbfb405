import { inTransaction } from '#domain/database';
import { decideCase, scorePlatform, startWatch } from '#domain/stores';
import { LargeStory, LargeWorld, aLargeBuyer } from '../support/large-orders.js';
import type { Buyer } from '../support/accepting.js';
import { aProduct } from '../support/trade.js';

const DAY_MS = 86_400_000;
const WATCHED_BY = 'ann@example.test';

let world: LargeWorld;
beforeAll(async () => {
  world = await LargeWorld.open();
});
afterAll(() => world.close());

/** A large order of 9,850 yuan by a platform that is on watch. */
async function aHeldStory(): Promise<{ story: LargeStory; buyer: Buyer }> {
  const buyer = await aLargeBuyer(world.db);
  const product = await aProduct(world.db);
  await product.stock(200);
  await inTransaction(world.pool, (client) =>
    startWatch(client, {
      platformId: buyer.platformId,
      subject: '',
      reason: 'looks odd',
      raisedBy: WATCHED_BY,
      signalId: null,
      nowMs: Date.now(),
    }),
  );
  const story = await LargeStory.begin(world.pool, buyer, product, { quantity: 100 });
  return { story, buyer };
}

async function decide(
  story: LargeStory,
  decision: 'released' | 'refused',
  decider = 'bob@example.test',
): Promise<void> {
  const { rows } = await world.db.query<{ id: string }>(
    'SELECT id FROM risk_cases WHERE order_id = $1',
    [story.orderId],
  );
  const caseId = rows[0]?.id ?? '0';
  const { nowMs } = story;
  await decideCase(world.pool, { caseId, decision, decider, reason: 'looked at it', nowMs });
}

describe('a large order of who is on watch', () => {
  it('is held before any money: it takes no payment and its clocks stand still', async () => {
    const { story, buyer } = await aHeldStory();
    expect(await story.view()).toMatchObject({ status: 'held', cards: [], deliveredQuantity: 0 });
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000);
    await expect(story.pay(2_955)).rejects.toMatchObject({ code: 'large-order.held' });
    await expect(story.pay(2_955, { source: 'balance' })).rejects.toMatchObject({
      code: 'large-order.held',
    });
    story.pass(400 * 86_400);
    expect(await story.look()).toMatchObject({ status: 'held', isPaused: false, wakeAtMs: null });
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('awaits its payment from the moment when another person releases it', async () => {
    const { story } = await aHeldStory();
    story.pass(10 * 86_400);
    await expect(decide(story, 'released', WATCHED_BY)).rejects.toThrow('risk-case.own');
    const { version } = await story.view();
    await decide(story, 'released');
    const view = await story.view();
    expect(view).toMatchObject({ status: 'awaiting-payment', version: version + 1 });
    const standing = await story.look();
    expect(standing).toMatchObject({ phase: 'prepayment', isPaused: false });
    expect(standing.dueAtMs).toBeGreaterThan(story.nowMs);
    await story.pay(2_955);
    await story.pay(2_758);
    expect(await story.view()).toMatchObject({ deliveredQuantity: 40 });
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('fails when it is refused, and nothing was ever paid', async () => {
    const { story, buyer } = await aHeldStory();
    await decide(story, 'refused');
    expect(await story.view()).toMatchObject({
      status: 'failed',
      failCode: 'not-accepted',
      refundedAmount: '0.00',
    });
    expect(await world.balanceOf(buyer.platformId)).toBe(10_000_000_000);
    expect(await story.look()).toMatchObject({ phase: 'ended' });
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('is withdrawn with its case when its platform cancels', async () => {
    const { story } = await aHeldStory();
    await story.cancel();
    expect(await story.view()).toMatchObject({ status: 'cancelled' });
    await expect(decide(story, 'released')).rejects.toThrow('risk-case.not-open');
    expect(await world.doctorFinds()).toEqual([]);
  });
});

it('is not paid from the balance of a platform that is stopped', async () => {
  const { story, buyer } = await world.aStory();
  await world.db.query(
    `UPDATE ledger_accounts SET credit_stage = 'sales-stopped' WHERE kind = 'platform-balance' AND platform_id = $1`,
    [buyer.platformId],
  );
  await expect(story.pay(2_955, { source: 'balance' })).rejects.toThrow('credit.exceeded');
  // Its score lets it go: it owes nothing.
  await scorePlatform(world.pool, { platformId: buyer.platformId, nowMs: Date.now() + DAY_MS });
  await story.pay(2_955, { source: 'balance' });
});
