import { setTimeout as pause } from 'node:timers/promises';
import {
  BACKOFFICE,
  replenishmentChanged,
  replenishmentWorkflowId,
  type ReplenishmentAdvanced,
  type SupplyCall,
} from '#workflows';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const MINUTE_MS = 60_000;
const aCall = (kind: 'send' | 'query', supplierCode = 'a', attemptId = '1'): SupplyCall => ({
  kind,
  attemptId,
  attemptNo: `K${attemptId}`,
  supplierCode,
});
const buying = (given: Partial<ReplenishmentAdvanced> = {}): ReplenishmentAdvanced => ({
  status: 'buying',
  calls: [],
  wakeAtMs: null,
  ...given,
});
const ended = buying({ status: 'reached' });

/** Plays the steps one after the other; the last one stays. */
function steps(
  ...planned: readonly (() => ReplenishmentAdvanced | Promise<ReplenishmentAdvanced>)[]
) {
  let at = 0;
  const advanceReplenishment = (): Promise<ReplenishmentAdvanced> => {
    const step = planned[Math.min(at, planned.length - 1)];
    at += 1;
    return Promise.resolve(step?.() ?? ended);
  };
  return { advanceReplenishment, taken: () => at };
}

let world: TimeSkippingWorld;
let no = 0;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

function start() {
  no += 1;
  const replenishmentNo = `STEAM-100:${no}`;
  return world.env.client.workflow.start('replenishStock', {
    taskQueue: BACKOFFICE,
    workflowId: replenishmentWorkflowId(replenishmentNo),
    args: [{ replenishmentId: String(no), replenishmentNo, productCode: 'STEAM-100', quantity: 5 }],
  });
}

describe('a purchase of stock', () => {
  it('makes the calls that are due, looks again when they end, and is found by its suppliers', async () => {
    const { advanceReplenishment, taken } = steps(
      () => buying({ calls: [aCall('send', 'a', '1'), aCall('send', 'b', '2')] }),
      () => buying(),
      () => ended,
    );
    const sent: string[] = [];
    const sendAttempt = ({ attemptId }: { readonly attemptId: string }) => {
      sent.push(attemptId);
      return Promise.resolve({ attemptStatus: 'succeeded' });
    };
    await world.play({ advanceReplenishment, sendAttempt }, async () => {
      const run = await start();
      expect(await run.result()).toEqual({ status: 'reached' });
      expect(sent.sort()).toEqual(['1', '2']);
      expect(taken()).toBe(3);
      const { searchAttributes } = await run.describe();
      expect(searchAttributes['SupplierCode']).toEqual(['a', 'b']);
    });
  });

  it('submits once, whatever becomes of the call', async () => {
    let sends = 0;
    const { advanceReplenishment } = steps(
      () => buying({ calls: [aCall('send')] }),
      () => ended,
    );
    const sendAttempt = () => {
      sends += 1;
      return Promise.reject(new Error('the worker died'));
    };
    await world.play({ advanceReplenishment, sendAttempt }, async () => {
      expect(await (await start()).result()).toEqual({ status: 'reached' });
      expect(sends).toBe(1);
    });
  });

  it('waits for the time that its step named, and not longer', async () => {
    let dueAtMs = 0;
    let lookedAtMs = 0;
    const { advanceReplenishment } = steps(
      async () => {
        dueAtMs = (await world.nowMs()) + 30 * MINUTE_MS;
        return buying({ wakeAtMs: dueAtMs });
      },
      async () => {
        lookedAtMs = await world.nowMs();
        return buying({ status: 'no-source' });
      },
    );
    await world.play({ advanceReplenishment }, async () => {
      expect(await (await start()).result()).toEqual({ status: 'no-source' });
      expect(lookedAtMs).toBeGreaterThanOrEqual(dueAtMs);
      expect(lookedAtMs).toBeLessThan(dueAtMs + 2_000);
    });
  });

  it('waits for a second person as long as it takes, and goes on when it is told', async () => {
    const { advanceReplenishment, taken } = steps(
      () => buying({ status: 'approval' }),
      () => ended,
    );
    await world.play({ advanceReplenishment }, async () => {
      const run = await start();
      while (taken() < 1) await pause(20);
      await world.env.sleep('3 days');
      expect(taken()).toBe(1);
      await run.signal(replenishmentChanged);
      expect(await run.result()).toEqual({ status: 'reached' });
    });
  });
});
