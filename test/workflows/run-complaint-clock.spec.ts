import {
  BACKOFFICE,
  complaintChanged,
  complaintWorkflowId,
  type ComplaintAdvanced,
  type RunComplaintClock,
  type RunComplaintClockResult,
} from '#workflows';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const HOUR_MS = 3_600_000;
const LATENESS_MS = 4_000;

let world: TimeSkippingWorld;
let no = 0;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

const stepOf = (given: Partial<ComplaintAdvanced> = {}): ComplaintAdvanced => ({
  status: 'handling',
  severity: 'P2',
  isEnded: false,
  cycleNo: 1,
  nextAtMs: null,
  ...given,
});
const solved = stepOf({ status: 'solved', isEnded: true });

type Run = (input: RunComplaintClock) => Promise<RunComplaintClockResult>;
const start = (complaintNo = `C2026112500000${(no += 1)}`) =>
  world.env.client.workflow.start<Run>('runComplaintClock', {
    taskQueue: BACKOFFICE,
    workflowId: complaintWorkflowId(complaintNo),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ complaintId: '1', complaintNo, severity: 'P2' }],
  });

describe('the run of a complaint', () => {
  it('sleeps through the whole ladder of an answer and a solution and looks at every step', async () => {
    const startMs = await world.nowMs();
    // 50, 75, 90, 100 and 150 % of an hour, then of a day.
    const hours = [0.5, 0.75, 0.9, 1, 1.5, 12, 18, 21.6, 24, 36];
    const looks: number[] = [];
    const advanceComplaint = async (): Promise<ComplaintAdvanced> => {
      looks.push((await world.nowMs()) - startMs);
      const next = hours[looks.length - 1];
      return next === undefined ? solved : stepOf({ nextAtMs: startMs + next * HOUR_MS });
    };
    await world.play({ advanceComplaint }, async () => {
      expect(await (await start()).result()).toEqual({ status: 'solved' });
    });
    expect(looks).toHaveLength(hours.length + 1);
    for (const [index, hour] of hours.entries()) {
      const lateMs = (looks[index + 1] ?? 0) - hour * HOUR_MS;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(LATENESS_MS);
    }
  });

  it('looks at once when something has happened, and is found by its severity', async () => {
    let looks = 0;
    const advanceComplaint = (): Promise<ComplaintAdvanced> => {
      looks += 1;
      const far = 1_000 * 24 * HOUR_MS;
      if (looks === 1) return world.nowMs().then((nowMs) => stepOf({ nextAtMs: nowMs + far }));
      return Promise.resolve(
        looks === 2 ? stepOf({ severity: 'P0' }) : { ...solved, severity: 'P0' },
      );
    };
    await world.play({ advanceComplaint }, async () => {
      const run = await start();
      await run.signal(complaintChanged);
      while (looks < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      await run.signal(complaintChanged);
      expect(await run.result()).toEqual({ status: 'solved' });
      const { searchAttributes } = await run.describe();
      expect(searchAttributes['ComplaintSeverity']).toEqual(['P0']);
    });
  });

  it('runs again under the same name when the complaint is opened again', async () => {
    await world.play({ advanceComplaint: () => Promise.resolve(solved) }, async () => {
      const first = await start('C20261125000099');
      await first.result();
      const second = await start('C20261125000099');
      expect(second.firstExecutionRunId).not.toBe(first.firstExecutionRunId);
      expect(await second.result()).toEqual({ status: 'solved' });
    });
  });
});
