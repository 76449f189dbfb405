import {
  BACKOFFICE,
  incidentCompensationWorkflowId,
  type CompensateIncidentResult,
} from '#workflows';
import { TimeSkippingWorld } from '../support/time-skipping.js';

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

const stand = (
  givenCount: number,
  status: CompensateIncidentResult['status'] = 'running',
): CompensateIncidentResult => ({
  status,
  givenCount,
  skippedCount: 0,
  givenHao: givenCount * 500,
});

const start = (runNo: number) =>
  world.env.client.workflow.start('compensateIncident', {
    taskQueue: BACKOFFICE,
    workflowId: incidentCompensationWorkflowId('INC20261125-01', runNo),
    args: [{ compensationId: '1', incidentNo: 'INC20261125-01', runNo, orderCount: 300 }],
  });

describe('a bulk compensation', () => {
  it('gives batch after batch until none is left', async () => {
    const steps = [stand(100), stand(200), stand(300), stand(300, 'done')];
    let taken = 0;
    const giveIncidentBatch = () => Promise.resolve(steps[taken++] ?? stand(300, 'done'));
    await world.play({ giveIncidentBatch }, async () => {
      expect(await (await start(1)).result()).toEqual(stand(300, 'done'));
      expect(taken).toBe(4);
    });
  });

  it('tries a batch again that broke, and goes on', async () => {
    let taken = 0;
    const giveIncidentBatch = () => {
      taken += 1;
      if (taken % 2 === 1) return Promise.reject(new Error('the database is away'));
      return Promise.resolve(taken < 6 ? stand(taken * 50) : stand(300, 'done'));
    };
    await world.play({ giveIncidentBatch }, async () => {
      expect(await (await start(2)).result()).toEqual(stand(300, 'done'));
      expect(taken).toBe(6);
    });
  });

  it('ends where somebody has stopped it', async () => {
    const giveIncidentBatch = () => Promise.resolve(stand(100, 'stopped'));
    await world.play({ giveIncidentBatch }, async () => {
      expect(await (await start(3)).result()).toMatchObject({ status: 'stopped' });
    });
  });

  it('goes on as a new run when its history has grown long', async () => {
    let taken = 0;
    const giveIncidentBatch = () => {
      taken += 1;
      return Promise.resolve(taken <= 500 ? stand(taken) : stand(taken, 'done'));
    };
    await world.play({ giveIncidentBatch }, async () => {
      expect(await (await start(4)).result()).toMatchObject({ givenCount: 501 });
    });
  }, 60_000);
});
