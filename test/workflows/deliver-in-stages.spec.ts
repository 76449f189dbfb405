import { WorkflowUpdateFailedError } from '@temporalio/client';
import { acceptStage, cancel, extendDeadline, recordPayment, stageProgress } from '#workflows';
import { eventNames } from '../support/history.js';
import { aLargeBuyer, LargeStory, LargeWorld } from '../support/large-orders.js';
import { largeActivities, startLargeRun, type LargeRun } from '../support/large-run.js';
import { TimeSkippingWorld } from '../support/time-skipping.js';
import { aProduct } from '../support/trade.js';

const STAFF = { kind: 'staff', name: '0198d8c0-0000-7000-8000-00000000000a' } as const;
const DAY_MS = 86_400_000;
const PRICE_HAO = 985_000;
/** 1,000 cards at 98.50: 98,500.00 yuan. */
const QUANTITY = 1_000;
const PREPAYMENT = 295_500_000;
const STAGE_1 = 400 * PRICE_HAO - 118_200_000;
const STAGE_2 = 300 * PRICE_HAO - 88_650_000;

let clock: TimeSkippingWorld;
let world: LargeWorld;
beforeAll(async () => {
  clock = await TimeSkippingWorld.start();
  world = await LargeWorld.open();
}, 60_000);
afterAll(async () => {
  await clock?.stop();
  await world?.close();
});

interface Scene {
  readonly run: LargeRun;
  readonly story: LargeStory;
  readonly platformId: string;
  /** Books a payment as the panel does, and tells the run. */
  readonly pay: (amountHao: number) => Promise<unknown>;
  readonly extend: (dueAtMs: number) => Promise<unknown>;
  /** Tells the run of a payment that nobody has booked, as by hand in the Temporal UI. */
  readonly tell: (amountHao: number, reference: string) => Promise<unknown>;
  readonly sleepDays: (days: number) => Promise<void>;
  readonly clean: (what: string) => Promise<void>;
}

const tell = (
  run: LargeRun,
  told: { readonly amountHao: number; readonly reference: string },
): Promise<unknown> =>
  run.executeUpdate(recordPayment, {
    args: [{ ...told, source: 'bank', payer: null, actor: STAFF }],
  });
const tellDeadline = (run: LargeRun, dueAtMs: number): Promise<unknown> =>
  run.executeUpdate(extendDeadline, { args: [{ dueAtMs, reason: 'more time', actor: STAFF }] });

/** Plays a large order of 1,000 cards with its real run and its real database. */
async function play(narrate: (scene: Scene) => Promise<void>): Promise<void> {
  const buyer = await aLargeBuyer(world.db);
  const product = await aProduct(world.db);
  await product.stock(1_200);
  const nowMs = await clock.nowMs();
  const story = await LargeStory.begin(world.pool, buyer, product, { quantity: QUANTITY, nowMs });
  await clock.play(largeActivities(world, clock), async () => {
    const run = await startLargeRun(clock, world, story);
    let serial = 0;
    await narrate({
      run,
      story,
      platformId: buyer.platformId,
      tell: (amountHao, reference) => tell(run, { amountHao, reference }),
      pay: async (amountHao) => {
        serial += 1;
        const reference = `RUN-${story.orderId}-${serial}`;
        story.nowMs = await clock.nowMs();
        await story.pay(amountHao / 10_000, { reference });
        return tell(run, { amountHao, reference });
      },
      extend: async (dueAtMs) => {
        story.nowMs = await clock.nowMs();
        await story.extend(dueAtMs);
        return tellDeadline(run, dueAtMs);
      },
      sleepDays: (days) => clock.env.sleep(days * DAY_MS),
      clean: async (what) => expect([what, await world.doctorFinds()]).toEqual([what, []]),
    });
  });
}

/** From the first payment to the last card, over simulated days. */
async function wholeStory({ run, story, platformId, pay, sleepDays, clean }: Scene): Promise<void> {
  const stands = async (): Promise<unknown[]> => {
    const { status, deliveredQuantity, stages = [] } = await story.view();
    return [status, deliveredQuantity, ...stages.map((stage) => stage.status)];
  };
  await clean('accepted');
  await sleepDays(1);
  await pay(PREPAYMENT);
  expect(await stands()).toEqual(['awaiting-payment', 0, 'awaiting-payment', 'planned', 'planned']);
  await clean('prepaid');
  await sleepDays(2);
  await pay(STAGE_1);
  expect(await stands()).toEqual(['awaiting-payment', 400, 'delivered', 'planned', 'planned']);
  await clean('stage 1 delivered');
  await run.executeUpdate(acceptStage, { args: [{ stageNo: 1, actor: STAFF }] });
  expect(await stands()).toEqual([
    'awaiting-payment',
    400,
    'accepted',
    'awaiting-payment',
    'planned',
  ]);
  await clean('stage 1 accepted');
  await sleepDays(1);
  await pay(STAGE_2);
  expect(await stands()).toEqual(['awaiting-payment', 700, 'accepted', 'delivered', 'planned']);
  await clean('stage 2 delivered');
  await sleepDays(2.1);
  expect(await stands()).toEqual([
    'awaiting-payment',
    700,
    'accepted',
    'accepted',
    'awaiting-payment',
  ]);
  await clean('stage 2 accepted by the clock');
  await pay(STAGE_2);
  expect(await run.result()).toEqual({ status: 'succeeded' });
  expect(await stands()).toEqual(['succeeded', 1_000, 'accepted', 'accepted', 'accepted']);
  expect(new Set((await story.view()).cards.map(({ cardNo }) => cardNo)).size).toBe(1_000);
  expect(await world.balanceOf(platformId, 'platform-prepayment')).toBe(0);
  await clean('ended');
}

/** Pays for two stages and then no more. */
async function stopsPaying({
  run,
  story,
  platformId,
  pay,
  sleepDays,
  clean,
}: Scene): Promise<void> {
  await pay(PREPAYMENT + STAGE_1);
  await run.executeUpdate(acceptStage, { args: [{ stageNo: 1, actor: STAFF }] });
  await pay(STAGE_2);
  await run.executeUpdate(acceptStage, { args: [{ stageNo: 2, actor: STAFF }] });
  await clean('two stages delivered');
  await sleepDays(4);
  expect(await run.query(stageProgress)).toMatchObject({
    phase: 'payment',
    stageNo: 3,
    isPaused: true,
  });
  await clean('paused');
  await sleepDays(4);
  expect(await run.result()).toEqual({ status: 'partial' });
  expect(await story.view()).toMatchObject({
    deliveredQuantity: 700,
    failCode: 'payment-overdue',
    refundedAmount: '8865.00',
  });
  expect(await world.balanceOf(platformId)).toBe(10_000_000_000 + 88_650_000);
  expect(await world.reservedOf(story.orderId)).toBe(0);
  await clean('ended');
}

const lateness = (orderId: string, type: string, due: string): Promise<number> =>
  world.numberOf(
    `SELECT extract(epoch FROM e.created_at - ${due}) * 1000 FROM order_events e JOIN delivery_stages s ON s.order_id = e.order_id
     WHERE e.order_id = $1 AND e.type = $2 AND s.stage_no = 3`,
    [orderId, type],
  );

describe('a large order of 1,000 cards in 40, 30 and 30 %', () => {
  it('lets each stage go only after its money, over days, with clean books after every step', async () => {
    await play(wholeStory);
  }, 120_000);

  it('that stops paying after stage 2 is paused, then ends with exactly the undelivered part refunded', async () => {
    await play(async (scene) => {
      await stopsPaying(scene);
      const { orderId } = scene.story;
      const pausedLateMs = await lateness(orderId, 'payment-overdue', 's.due_at');
      const endedLateMs = await lateness(orderId, 'cancelled', `(s.due_at + interval '4 days')`);
      for (const lateMs of [pausedLateMs, endedLateMs]) {
        expect(lateMs).toBeGreaterThanOrEqual(0);
        expect(lateMs).toBeLessThan(2_000);
      }
    });
  }, 120_000);
});

describe('the run of a large order', () => {
  const refusedWith = async (update: Promise<unknown>): Promise<string | undefined> => {
    const error: unknown = await update.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { cause } = (error ?? {}) as { cause?: { type?: string; message?: string } };
    if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
    // A validator says it by its type, a step by the message of its own failure.
    return cause?.type === 'DomainError' ? cause.message : cause?.type;
  };

  it('refuses nonsense before it becomes part of the history', async () => {
    await play(async ({ run, tell: told }) => {
      expect(await refusedWith(told(0, 'R1'))).toBe('payment.invalid');
      expect(await refusedWith(told(1_001, 'R1'))).toBe('payment.invalid');
      expect(await refusedWith(told(100, ' '))).toBe('payment.invalid');
      expect(await refusedWith(tellDeadline(run, 1))).toBe('large-order.deadline-not-later');
      const accepting = run.executeUpdate(acceptStage, { args: [{ stageNo: 2, actor: STAFF }] });
      expect(await refusedWith(accepting)).toBe('stage.not-acceptable');
      const names = eventNames(await run.fetchHistory());
      expect(names).not.toContain('workflowExecutionUpdateAccepted');
      await run.executeUpdate(cancel, { args: [{ reason: 'no more', actor: STAFF }] });
      expect(await run.result()).toEqual({ status: 'cancelled' });
    });
  }, 60_000);

  it('books no money and gives no time of its own, whoever tells it: only what stands in the books counts', async () => {
    await play(async ({ run, story, pay, tell: told, clean }) => {
      expect(await refusedWith(told(PREPAYMENT, 'BY-HAND'))).toBe('large-order.not-booked');
      const later = (await clock.nowMs()) + 60 * DAY_MS;
      expect(await refusedWith(tellDeadline(run, later))).toBe('large-order.not-booked');
      const paidHao = () =>
        world.numberOf('SELECT paid_hao FROM large_orders WHERE order_id = $1', [story.orderId]);
      expect(await paidHao()).toBe(0);
      await pay(PREPAYMENT);
      expect(await refusedWith(told(PREPAYMENT, 'BY-HAND'))).toBe('large-order.not-booked');
      expect(await refusedWith(told(PREPAYMENT + 100, `RUN-${story.orderId}-1`))).toBe(
        'large-order.not-booked',
      );
      await told(PREPAYMENT, `RUN-${story.orderId}-1`);
      expect(await paidHao()).toBe(PREPAYMENT);
      await run.executeUpdate(cancel, { args: [{ reason: 'no more', actor: STAFF }] });
      await clean('cancelled');
    });
  }, 60_000);

  it('waits longer where staff extend a deadline while it runs, and cancels with a refund when it is told', async () => {
    await play(async ({ run, story, platformId, pay, extend, sleepDays, clean }) => {
      const dueAtMs = (await clock.nowMs()) + 30 * DAY_MS;
      await extend(dueAtMs);
      await sleepDays(20);
      expect(await run.query(stageProgress)).toMatchObject({
        phase: 'prepayment',
        isPaused: false,
        dueAtMs,
      });
      await pay(PREPAYMENT + STAGE_1);
      expect((await story.view()).deliveredQuantity).toBe(400);
      await run.executeUpdate(cancel, { args: [{ reason: 'no more', actor: STAFF }] });
      expect(await run.result()).toEqual({ status: 'partial' });
      expect(await world.balanceOf(platformId)).toBe(
        10_000_000_000 + PREPAYMENT + STAGE_1 - 400 * PRICE_HAO,
      );
      await clean('cancelled');
    });
  }, 60_000);
});
