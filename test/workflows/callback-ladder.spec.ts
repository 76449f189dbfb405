import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { DEFAULT_CALLBACK_LADDER_MS, nextCallbackDelayMs } from '#domain';
import {
  BACKOFFICE,
  callbackWorkflowId,
  type CallbackStep,
  type CallbackTarget,
  type DeliverCallback,
  type DeliverCallbackResult,
} from '#workflows';
import { eventNames } from '../support/history.js';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const DAY_MS = 24 * 3_600_000;
const FIRST_DELAY_MS = 15_000;
/** The server fires timers by its own clock, the played step reads it a moment later. */
const LATENESS_MS = 1_500;

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

type Round = WorkflowHandleWithFirstExecutionRunId<
  (input: DeliverCallback) => Promise<DeliverCallbackResult>
>;

let lastId = 0;

/** Starts a round as the relay does after a first try that was not acknowledged. */
function startRound(given: Partial<DeliverCallback> = {}): Promise<Round> {
  lastId += 1;
  const round = {
    callbackId: String(lastId),
    triesBefore: 0,
    firstDelayMs: FIRST_DELAY_MS,
    ...given,
  };
  return world.env.client.workflow.start<
    (input: DeliverCallback) => Promise<DeliverCallbackResult>
  >('deliverCallback', {
    taskQueue: BACKOFFICE,
    workflowId: callbackWorkflowId(round.callbackId, round.triesBefore),
    args: [round],
  });
}

/** A platform that never acknowledges, with the ladder's own rule behind it; its first try was the relay's. */
function deafPlatform(ladderMs = DEFAULT_CALLBACK_LADDER_MS): {
  triedAtMs: number[];
  tryCallback: (target: CallbackTarget) => Promise<CallbackStep>;
} {
  const triedAtMs: number[] = [];
  const tryCallback = async ({ triesBefore }: CallbackTarget): Promise<CallbackStep> => {
    triedAtMs.push(await world.nowMs());
    const tryCount = triesBefore + 1 + triedAtMs.length;
    const delayMs = nextCallbackDelayMs(ladderMs, tryCount - triesBefore);
    return delayMs === undefined
      ? { kind: 'ended', end: 'dead', tryCount }
      : { kind: 'again', delayMs, tryCount };
  };
  return { triedAtMs, tryCallback };
}

/** The waits before each try, the first one counted from `startMs`. */
const waitsBetween = (startMs: number, triedAtMs: readonly number[]): number[] =>
  triedAtMs.map((atMs, index) => atMs - (triedAtMs[index - 1] ?? startMs));

function expectWaits(waitsMs: readonly number[], plannedMs: readonly number[]): void {
  expect(waitsMs).toHaveLength(plannedMs.length);
  for (const [index, waitMs] of waitsMs.entries()) {
    const planned = plannedMs[index] ?? 0;
    expect(waitMs).toBeGreaterThanOrEqual(planned);
    expect(waitMs).toBeLessThan(planned + LATENESS_MS);
  }
}

describe('the tries of a callback after a first one that failed', () => {
  it('walk the whole ladder, wait as it says, and give up after a day', async () => {
    const { triedAtMs, tryCallback } = deafPlatform();
    const startMs = await world.nowMs();
    await world.play({ tryCallback }, async () => {
      const run = await startRound();
      expect(await run.result()).toEqual({ end: 'dead' });
    });
    expectWaits(waitsBetween(startMs, triedAtMs), DEFAULT_CALLBACK_LADDER_MS.slice(1));
    const totalMs = (triedAtMs.at(-1) ?? 0) - startMs;
    expect(totalMs).toBeGreaterThan(DAY_MS - 3_600_000);
    expect(totalMs).toBeLessThan(DAY_MS + 60_000);
  });

  it('begin after the wait that the relay was told, not at once', async () => {
    const { triedAtMs, tryCallback } = deafPlatform([0, 90_000]);
    const startMs = await world.nowMs();
    await world.play({ tryCallback }, async () => {
      const run = await startRound({ firstDelayMs: 90_000 });
      expect(await run.result()).toEqual({ end: 'dead' });
    });
    expectWaits(waitsBetween(startMs, triedAtMs), [90_000]);
  });

  it('end with the acknowledgement', async () => {
    const steps: CallbackStep[] = [
      { kind: 'again', delayMs: 15_000, tryCount: 2 },
      { kind: 'ended', end: 'acknowledged', tryCount: 3 },
    ];
    let calls = 0;
    const tryCallback = (): Promise<CallbackStep> => {
      calls += 1;
      return Promise.resolve(steps.shift() ?? { kind: 'again', delayMs: 1_000, tryCount: 9 });
    };
    await world.play({ tryCallback }, async () => {
      const run = await startRound();
      expect(await run.result()).toEqual({ end: 'acknowledged' });
    });
    expect(calls).toBe(2);
  });

  it('go on after steps whose worker died, a little later each time', async () => {
    const triedAtMs: number[] = [];
    const tryCallback = async (): Promise<CallbackStep> => {
      triedAtMs.push(await world.nowMs());
      if (triedAtMs.length < 4) throw new Error('worker died');
      return { kind: 'ended', end: 'acknowledged', tryCount: 2 };
    };
    const startMs = await world.nowMs();
    await world.play({ tryCallback }, async () => {
      const run = await startRound();
      expect(await run.result()).toEqual({ end: 'acknowledged' });
    });
    expectWaits(waitsBetween(startMs, triedAtMs), [FIRST_DELAY_MS, 5_000, 10_000, 20_000]);
  });

  it('cost one timer and one activity each, and are never repeated by the server', async () => {
    const tryCallback = (): Promise<CallbackStep> => Promise.reject(new Error('worker died'));
    await world.play({ tryCallback }, async () => {
      const run = await startRound();
      await world.env.sleep(FIRST_DELAY_MS + 2_000);
      await run.terminate();
      const names = eventNames(await run.fetchHistory());
      expect(names.filter((name) => name === 'activityTaskScheduled')).toHaveLength(1);
      expect(names.filter((name) => name === 'activityTaskFailed')).toHaveLength(1);
      expect(names.filter((name) => name === 'timerStarted')).toHaveLength(2);
    });
  });
});

describe('a round asked for by staff', () => {
  it('counts its ladder from the tries that were made before', async () => {
    const targets: CallbackTarget[] = [];
    const tryCallback = (target: CallbackTarget): Promise<CallbackStep> => {
      targets.push(target);
      return Promise.resolve({ kind: 'ended', end: 'acknowledged', tryCount: 9 });
    };
    await world.play({ tryCallback }, async () => {
      const run = await startRound({ callbackId: '77', triesBefore: 7 });
      expect(await run.result()).toEqual({ end: 'acknowledged' });
    });
    expect(targets).toEqual([{ callbackId: '77', triesBefore: 7 }]);
  });

  it('is a run of its own beside the one that gave up', async () => {
    const tryCallback = (): Promise<CallbackStep> =>
      Promise.resolve({ kind: 'ended', end: 'dead', tryCount: 2 });
    await world.play({ tryCallback }, async () => {
      const first = await startRound({ callbackId: '78', triesBefore: 0 });
      const second = await startRound({ callbackId: '78', triesBefore: 1 });
      expect(second.workflowId).not.toBe(first.workflowId);
      await first.result();
      expect(await second.result()).toEqual({ end: 'dead' });
    });
  });
});
