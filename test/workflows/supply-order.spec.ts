import { setTimeout as pause } from 'node:timers/promises';
import { orderChanged, type OrderAdvanced, type SupplyCall } from '#workflows';
import { eventNames } from '../support/history.js';
import { anOrderInput, startOrder } from '../support/order-run.js';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const MINUTE_MS = 60_000;
const EVENTS_MAX = 15;
const DONE = { status: 'succeeded', version: 3 } as const;
const aCall = (kind: 'send' | 'query', supplierCode = 'a', attemptId = '1'): SupplyCall => ({
  kind,
  attemptId,
  attemptNo: `K${attemptId}`,
  supplierCode,
});
const waiting = (given: Partial<OrderAdvanced> = {}): OrderAdvanced => ({
  status: 'processing',
  version: 1,
  calls: [],
  wakeAtMs: null,
  ...given,
});
const aSupplied = () => anOrderInput({ buys: true });

/** Plays the steps of an order one after the other; the last one stays. */
function steps(...planned: readonly (() => OrderAdvanced | Promise<OrderAdvanced>)[]) {
  let at = 0;
  const advanceOrder = (): Promise<OrderAdvanced> => {
    const step = planned[Math.min(at, planned.length - 1)];
    at += 1;
    return Promise.resolve(step?.() ?? waiting());
  };
  return { advanceOrder, taken: () => at };
}

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

describe('an order that is bought from suppliers', () => {
  it('ends with the reply to its submission, in a history of at most fifteen events', async () => {
    const { advanceOrder } = steps(() => waiting({ calls: [aCall('send')] }));
    const sendAttempt = () => Promise.resolve({ attemptStatus: 'succeeded', order: DONE });
    await world.play({ advanceOrder, sendAttempt }, async () => {
      const run = await startOrder(world, aSupplied());
      expect(await run.result()).toEqual({ status: 'succeeded' });
      const { length } = eventNames(await run.fetchHistory());
      expect(length).toBeLessThanOrEqual(EVENTS_MAX);
    });
  });

  it('submits once, whatever becomes of the call, and then looks what the database says', async () => {
    let sends = 0;
    const { advanceOrder, taken } = steps(
      () => waiting({ calls: [aCall('send')] }),
      () => ({ ...waiting(), ...DONE }),
    );
    const sendAttempt = () => {
      sends += 1;
      return Promise.reject(new Error('the worker died'));
    };
    await world.play({ advanceOrder, sendAttempt }, async () => {
      const run = await startOrder(world, aSupplied());
      expect((await run.result()).status).toBe('succeeded');
      expect([sends, taken()]).toEqual([1, 2]);
    });
  });

  it('asks when the step says so, not before', async () => {
    let askedAtMs = 0;
    let dueAtMs = 0;
    const { advanceOrder } = steps(
      () => waiting({ calls: [aCall('send')] }),
      async () => {
        dueAtMs = (await world.nowMs()) + 3 * MINUTE_MS;
        return waiting({ wakeAtMs: dueAtMs });
      },
      () => waiting({ calls: [aCall('query')] }),
    );
    const sendAttempt = () => Promise.resolve({ attemptStatus: 'unknown' });
    const queryAttempt = async () => {
      askedAtMs = await world.nowMs();
      return { attemptStatus: 'succeeded', order: DONE };
    };
    await world.play({ advanceOrder, sendAttempt, queryAttempt }, async () => {
      const run = await startOrder(world, aSupplied());
      await run.result();
      expect(askedAtMs).toBeGreaterThanOrEqual(dueAtMs);
      expect(askedAtMs).toBeLessThan(dueAtMs + 2_000);
    });
  });

  it('goes to the next supplier after a refusal, and both are found by ops', async () => {
    const { advanceOrder } = steps(
      () => waiting({ calls: [aCall('send', 'a', '1')] }),
      () => waiting({ calls: [aCall('send', 'b', '2')] }),
    );
    const sendAttempt = ({ attemptId }: { readonly attemptId: string }) =>
      Promise.resolve(
        attemptId === '1'
          ? { attemptStatus: 'rejected' }
          : { attemptStatus: 'succeeded', order: DONE },
      );
    await world.play({ advanceOrder, sendAttempt }, async () => {
      const run = await startOrder(world, aSupplied());
      expect((await run.result()).status).toBe('succeeded');
      const { searchAttributes } = await run.describe();
      expect(searchAttributes['SupplierCode']).toEqual(['a', 'b']);
    });
  });

  it('hears of a notification while it waits, and looks again', async () => {
    const { advanceOrder, taken } = steps(
      () => waiting(),
      () => ({ ...waiting(), ...DONE }),
    );
    await world.play({ advanceOrder }, async () => {
      const run = await startOrder(world, aSupplied());
      // What is heard before the first look needs no second one.
      while (taken() < 1) await pause(20);
      await run.signal(orderChanged, { status: 'processing', version: 2 });
      expect((await run.result()).status).toBe('succeeded');
      expect(taken()).toBe(2);
    });
  });

  it('does not wait for a supplier that hangs when another call is due', async () => {
    let asked = 0;
    const { advanceOrder } = steps(
      async () =>
        waiting({ calls: [aCall('send', 'a', '1')], wakeAtMs: (await world.nowMs()) + 5_000 }),
      () => waiting({ calls: [aCall('query', 'b', '2')] }),
    );
    let release: () => void = () => undefined;
    const hangs = new Promise<void>((resolve) => (release = resolve));
    const sendAttempt = async () => {
      await hangs;
      return { attemptStatus: 'unknown' };
    };
    const queryAttempt = () => {
      asked += 1;
      return Promise.resolve({ attemptStatus: 'succeeded', order: DONE });
    };
    await world.play({ advanceOrder, sendAttempt, queryAttempt }, async () => {
      const run = await startOrder(world, aSupplied());
      await world.env.sleep('10 seconds');
      expect((await run.result()).status).toBe('succeeded');
      expect(asked).toBe(1);
      release();
    });
  });
});
