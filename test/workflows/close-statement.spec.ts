import type { CloseStatement, CloseStatementResult, StatementStep } from '#workflows';
import { BACKOFFICE, STATEMENT_SCHEDULE, statementWorkflowId } from '#workflows';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LATENESS_MS = 1_500;

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

const stepOf = (given: Partial<StatementStep> = {}): StatementStep => ({
  statementId: 'id',
  statementNo: 'ST-demo-2026-10',
  status: 'issued',
  waitMs: null,
  ...given,
});
type Run = (period: CloseStatement) => Promise<CloseStatementResult>;
const period = (periodKey: string): CloseStatement => ({ platformCode: 'demo', periodKey });
const start = (asked: CloseStatement) =>
  world.env.client.workflow.start<Run>('closeStatement', {
    taskQueue: BACKOFFICE,
    workflowId: statementWorkflowId(asked.platformCode, asked.periodKey),
    args: [asked],
  });

describe('the run of a statement', () => {
  it('waits for each moment that its row names, and ends when nothing is owed', async () => {
    const lookedAtMs: number[] = [];
    const steps = [
      stepOf({ status: 'confirmed', waitMs: 2 * HOUR_MS }),
      stepOf({ status: 'overdue', waitMs: 9 * HOUR_MS }),
      stepOf({ status: 'paid' }),
    ];
    const startMs = await world.nowMs();
    await world.play(
      {
        makeStatement: () => Promise.resolve(stepOf({ waitMs: HOUR_MS })),
        watchStatement: async () => {
          lookedAtMs.push(await world.nowMs());
          return steps.shift() ?? stepOf({ status: 'paid' });
        },
      },
      async () => expect(await (await start(period('2026-10'))).result()).toEqual({ end: 'paid' }),
    );
    const plannedMs = [HOUR_MS, 3 * HOUR_MS, 12 * HOUR_MS];
    expect(lookedAtMs).toHaveLength(3);
    for (const [index, atMs] of lookedAtMs.entries()) {
      const lateMs = atMs - startMs - (plannedMs[index] ?? 0);
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(LATENESS_MS);
    }
  });

  it('looks once a day at least, because a payment changes the row without it', async () => {
    let looks = 0;
    const startMs = await world.nowMs();
    await world.play(
      {
        makeStatement: () => Promise.resolve(stepOf({ waitMs: 30 * DAY_MS })),
        watchStatement: () => {
          looks += 1;
          return Promise.resolve(
            stepOf(looks === 5 ? { status: 'written-off' } : { waitMs: 30 * DAY_MS }),
          );
        },
      },
      async () =>
        expect(await (await start(period('2026-09'))).result()).toEqual({ end: 'written-off' }),
    );
    expect(Math.round(((await world.nowMs()) - startMs) / DAY_MS)).toBe(5);
  });

  it('ends at once where the period has not ended', async () => {
    await world.play({ makeStatement: () => Promise.resolve(null) }, async () =>
      expect(await (await start(period('2027-01'))).result()).toEqual({ end: 'none' }),
    );
  });

  it('makes the statement again where the database was away', async () => {
    let tries = 0;
    await world.play(
      {
        makeStatement: () => {
          tries += 1;
          return tries < 3
            ? Promise.reject(new Error('database is away'))
            : Promise.resolve(stepOf({ status: 'paid' }));
        },
      },
      async () => expect(await (await start(period('2026-08'))).result()).toEqual({ end: 'paid' }),
    );
    expect(tries).toBe(3);
  });
});

describe('the schedule', () => {
  it('gives each period one run, however often it comes round', async () => {
    const made: string[] = [];
    await world.play(
      {
        planStatements: () => Promise.resolve([period('2026-05'), period('2026-06')]),
        makeStatement: ({ periodKey }) => {
          made.push(periodKey);
          return Promise.resolve(stepOf({ waitMs: DAY_MS }));
        },
        watchStatement: () => Promise.resolve(stepOf({ status: 'paid' })),
      },
      async () => {
        const round = async (workflowId: string) =>
          world.env.client.workflow.execute<() => Promise<{ started: number }>>('closeStatements', {
            taskQueue: BACKOFFICE,
            workflowId,
          });
        expect(await round(STATEMENT_SCHEDULE)).toEqual({ started: 2 });
        expect(await round(`${STATEMENT_SCHEDULE}-2`)).toEqual({ started: 0 });
        const run = world.env.client.workflow.getHandle(statementWorkflowId('demo', '2026-06'));
        expect(await run.result()).toEqual({ end: 'paid' });
      },
    );
    expect(made.sort()).toEqual(['2026-05', '2026-06']);
  });
});
