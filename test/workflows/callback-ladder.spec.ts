import { DEFAULT_CALLBACK_LADDER_MS, nextCallbackDelayMs } from '#domain';
import {
  BACKOFFICE,
  callbackWorkflowId,
  orderProgress,
  type CallbackStep,
  type CallbackTarget,
  type DeliverCallback,
  type DeliverCallbackResult,
} from '#workflows';
import { anOrderInput, startOrder } from '../support/order-run.js';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const DAY_MS = 24 * 3_600_000;
/** The server fires timers by its own clock, the fake reads it a moment later. */
const LATENESS_MS = 1_500;

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

/** A platform that never acknowledges, with the ladder's own rule behind it. */
function deafPlatform(): {
  triedAtMs: number[];
  tryCallback: (target: CallbackTarget) => Promise<CallbackStep>;
} {
  const triedAtMs: number[] = [];
  const tryCallback = async (): Promise<CallbackStep> => {
    triedAtMs.push(await world.nowMs());
    const tryCount = triedAtMs.length;
    const delayMs = nextCallbackDelayMs(DEFAULT_CALLBACK_LADDER_MS, tryCount);
    return delayMs === undefined
      ? { kind: 'ended', end: 'dead', tryCount }
      : { kind: 'again', delayMs, tryCount };
  };
  return { triedAtMs, tryCallback };
}

describe('the callback of a final order', () => {
  it('walks the whole ladder, waits as it says, and gives up after a day', async () => {
    const { triedAtMs, tryCallback } = deafPlatform();
    await world.play({ tryCallback }, async () => {
      const run = await startOrder(world, anOrderInput({ status: 'succeeded', hasCallback: true }));
      expect(await run.result()).toEqual({ status: 'succeeded', callback: 'dead' });
    });
    const waitsMs = triedAtMs.slice(1).map((atMs, index) => atMs - (triedAtMs[index] ?? 0));
    expect(waitsMs).toHaveLength(DEFAULT_CALLBACK_LADDER_MS.length - 1);
    for (const [index, waitMs] of waitsMs.entries()) {
      const planned = DEFAULT_CALLBACK_LADDER_MS[index + 1] ?? 0;
      expect(waitMs).toBeGreaterThanOrEqual(planned);
      expect(waitMs).toBeLessThan(planned + LATENESS_MS);
    }
    const totalMs = (triedAtMs.at(-1) ?? 0) - (triedAtMs[0] ?? 0);
    expect(totalMs).toBeGreaterThan(DAY_MS - 3_600_000);
    expect(totalMs).toBeLessThan(DAY_MS + 60_000);
  });

  it('ends with the acknowledgement and says how many tries it took', async () => {
    const steps: CallbackStep[] = [
      { kind: 'again', delayMs: 15_000, tryCount: 1 },
      { kind: 'again', delayMs: 15_000, tryCount: 2 },
      { kind: 'ended', end: 'acknowledged', tryCount: 3 },
    ];
    const tryCallback = (): Promise<CallbackStep> =>
      Promise.resolve(steps.shift() ?? { kind: 'ended', end: 'none', tryCount: 0 });
    await world.play({ tryCallback }, async () => {
      const run = await startOrder(world, anOrderInput({ status: 'failed', hasCallback: true }));
      expect(await run.result()).toEqual({ status: 'failed', callback: 'acknowledged' });
      expect(await run.query(orderProgress)).toMatchObject({ callbackTryCount: 3 });
    });
  });

  it('goes on after a step whose worker died', async () => {
    let calls = 0;
    const tryCallback = (): Promise<CallbackStep> => {
      calls += 1;
      if (calls < 3) return Promise.reject(new Error('worker died'));
      return Promise.resolve({ kind: 'ended', end: 'acknowledged', tryCount: 1 });
    };
    await world.play({ tryCallback }, async () => {
      const run = await startOrder(world, anOrderInput({ status: 'succeeded', hasCallback: true }));
      expect((await run.result()).callback).toBe('acknowledged');
    });
    expect(calls).toBe(3);
  });
});

describe('a round asked for by staff', () => {
  it('begins the ladder anew for its own callback', async () => {
    const targets: CallbackTarget[] = [];
    const tryCallback = (target: CallbackTarget): Promise<CallbackStep> => {
      targets.push(target);
      return Promise.resolve({ kind: 'ended', end: 'acknowledged', tryCount: 8 });
    };
    await world.play({ tryCallback }, async () => {
      const result = await world.env.client.workflow.execute<
        (input: DeliverCallback) => Promise<DeliverCallbackResult>
      >('deliverCallback', {
        taskQueue: BACKOFFICE,
        workflowId: callbackWorkflowId('77', 7),
        args: [{ callbackId: '77', triesBefore: 7 }],
      });
      expect(result).toEqual({ end: 'acknowledged' });
    });
    expect(targets).toEqual([{ callbackId: '77', triesBefore: 7 }]);
  });
});
