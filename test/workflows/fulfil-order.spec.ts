import { WorkflowUpdateFailedError } from '@temporalio/client';
import {
  cancelOrder,
  NOT_CANCELLABLE,
  orderChanged,
  orderProgress,
  retryNow,
  type OrderChanged,
} from '#workflows';
import { eventNames } from '../support/history.js';
import { anOrderInput, startOrder } from '../support/order-run.js';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const STAFF = { kind: 'staff', name: '0198d8c0-0000-7000-8000-00000000000a' } as const;
const MINUTE_MS = 60_000;
const FILLED: OrderChanged = { status: 'succeeded', version: 2 };

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

describe('an order that is final when its run starts', () => {
  it('ends in its first task, with no activity and no timer', async () => {
    await world.play({}, async () => {
      const run = await startOrder(world, anOrderInput({ status: 'succeeded' }));
      expect(await run.result()).toEqual({ status: 'succeeded' });
      expect(eventNames(await run.fetchHistory())).toEqual([
        'workflowExecutionStarted',
        'workflowTaskScheduled',
        'workflowTaskStarted',
        'workflowTaskCompleted',
        'workflowExecutionCompleted',
      ]);
    });
  });
});

describe('an order that waits', () => {
  it('ends when it hears that stock has filled it', async () => {
    await world.play({}, async () => {
      const run = await startOrder(world, anOrderInput());
      expect(await run.query(orderProgress)).toMatchObject({
        phase: 'waiting',
        status: 'processing',
      });
      await run.signal(orderChanged, FILLED);
      expect(await run.result()).toEqual({ status: 'succeeded' });
    });
  });

  it('is failed at its deadline, not before and not much later', async () => {
    let failedAtMs = 0;
    const failOverdueOrder = async (): Promise<OrderChanged> => {
      failedAtMs = await world.nowMs();
      return { status: 'failed', version: 2 };
    };
    await world.play({ failOverdueOrder }, async () => {
      const deadlineAtMs = (await world.nowMs()) + 10 * MINUTE_MS;
      const run = await startOrder(world, anOrderInput({ deadlineAtMs }));
      expect((await run.result()).status).toBe('failed');
      expect(failedAtMs).toBeGreaterThanOrEqual(deadlineAtMs);
      expect(failedAtMs).toBeLessThan(deadlineAtMs + 1_000);
    });
  });

  it('is failed at once where its deadline has passed before its run started', async () => {
    const failOverdueOrder = (): Promise<OrderChanged> =>
      Promise.resolve({ status: 'failed', version: 2 });
    await world.play({ failOverdueOrder }, async () => {
      const run = await startOrder(world, anOrderInput({ deadlineAtMs: 1 }));
      expect((await run.result()).status).toBe('failed');
      expect(eventNames(await run.fetchHistory())).not.toContain('timerStarted');
    });
  });

  it('keeps what stock gave it when the deadline finds it filled', async () => {
    const failOverdueOrder = (): Promise<OrderChanged> => Promise.resolve(FILLED);
    await world.play({ failOverdueOrder }, async () => {
      const deadlineAtMs = (await world.nowMs()) + MINUTE_MS;
      const run = await startOrder(world, anOrderInput({ deadlineAtMs }));
      expect((await run.result()).status).toBe('succeeded');
    });
  });

  it('takes no notice of facts that come twice, late or in the wrong order', async () => {
    await world.play({}, async () => {
      const run = await startOrder(world, anOrderInput({ version: 3 }));
      await run.signal(orderChanged, { status: 'failed', version: 2 });
      await run.signal(orderChanged, { status: 'processing', version: 4 });
      await run.signal(orderChanged, { status: 'processing', version: 4 });
      expect(await run.query(orderProgress)).toMatchObject({ status: 'processing', version: 4 });
      await run.signal(orderChanged, { status: 'succeeded', version: 6 });
      await run.signal(orderChanged, { status: 'failed', version: 7 }).catch(() => undefined);
      expect((await run.result()).status).toBe('succeeded');
    });
  });

  it('is one run, however often it is started', async () => {
    await world.play({}, async () => {
      const input = anOrderInput();
      const first = await startOrder(world, input);
      const second = await startOrder(world, input);
      expect(second.firstExecutionRunId).toBe(first.firstExecutionRunId);
      await first.signal(orderChanged, FILLED);
      await first.result();
      await expect(startOrder(world, input)).rejects.toThrow(/already started/i);
    });
  });

  it('shows its later status to those who search', async () => {
    await world.play({}, async () => {
      const run = await startOrder(world, anOrderInput());
      await run.signal(orderChanged, FILLED);
      await run.result();
      const { searchAttributes } = await run.describe();
      expect(searchAttributes['OrderStatus']).toEqual(['succeeded']);
    });
  });
});

describe('cancelling', () => {
  it('ends a waiting order and answers how it ended', async () => {
    const asked: unknown[] = [];
    const cancelWaitingOrder = (ask: unknown): Promise<OrderChanged> => {
      asked.push(ask);
      return Promise.resolve({ status: 'cancelled', version: 2 });
    };
    await world.play({ cancelWaitingOrder }, async () => {
      const input = anOrderInput({ deadlineAtMs: (await world.nowMs()) + 10 * MINUTE_MS });
      const run = await startOrder(world, input);
      const ask = { reason: 'the buyer asked', actor: STAFF };
      expect(await run.executeUpdate(cancelOrder, { args: [ask] })).toEqual({
        status: 'cancelled',
      });
      expect(await run.result()).toEqual({ status: 'cancelled' });
      expect(asked).toEqual([{ orderId: input.orderId, ...ask }]);
    });
  });

  it('is refused once the order is final', async () => {
    // Nobody works yet, so that the fact and the wish lie before the run together.
    const run = await startOrder(world, anOrderInput());
    await run.signal(orderChanged, FILLED);
    const asked = run
      .executeUpdate(cancelOrder, { args: [{ reason: 'late', actor: STAFF }] })
      .catch((thrown: unknown) => thrown);
    await world.play({}, async () => {
      const refusal = await asked;
      expect(refusal).toBeInstanceOf(WorkflowUpdateFailedError);
      const { cause } = refusal as WorkflowUpdateFailedError;
      expect(cause).toMatchObject({ type: NOT_CANCELLABLE, details: ['succeeded'] });
      expect(await run.result()).toEqual({ status: 'succeeded' });
    });
  });

  it('answers with what won where stock and the cancellation come together', async () => {
    // The database decides: stock was faster, so the cancellation finds a delivered order.
    const cancelWaitingOrder = (): Promise<OrderChanged> => Promise.resolve(FILLED);
    await world.play({ cancelWaitingOrder }, async () => {
      const run = await startOrder(world, anOrderInput());
      const [answer] = await Promise.all([
        run.executeUpdate(cancelOrder, { args: [{ reason: 'race', actor: STAFF }] }),
        run.signal(orderChanged, { status: 'processing', version: 1 }),
      ]);
      expect(answer).toEqual({ status: 'succeeded' });
      expect((await run.result()).status).toBe('succeeded');
    });
  });
});

describe('retrying now', () => {
  it('fills the product at once and answers how the order stands', async () => {
    const standings: OrderChanged[] = [{ status: 'processing', version: 1 }, FILLED];
    const updateIds: unknown[] = [];
    const retryWaitingOrder = (ask: { updateId: string }): Promise<OrderChanged> => {
      updateIds.push(ask.updateId);
      return Promise.resolve(standings.shift() ?? FILLED);
    };
    await world.play({ retryWaitingOrder }, async () => {
      const run = await startOrder(world, anOrderInput());
      const ask = { args: [{ actor: STAFF }] } as const;
      const asked = (updateId: string) =>
        run.executeUpdate(retryNow, { args: [...ask.args], updateId });
      expect(await asked('first')).toEqual({ status: 'processing' });
      expect(await asked('second')).toEqual({ status: 'succeeded' });
      expect((await run.result()).status).toBe('succeeded');
      expect(updateIds).toEqual(['first', 'second']);
    });
  });
});
