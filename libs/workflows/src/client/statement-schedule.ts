import { ScheduleAlreadyRunning, ScheduleClient, ScheduleOverlapPolicy } from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { BACKOFFICE, STATEMENT_SCHEDULE } from '../index.js';

/** Business days may end at any minute: once a minute would be noise, once an hour late. */
const EVERY = '10 minutes';

/** Makes the schedule of statements where there is none; every worker may ask for it at every start. */
export async function ensureStatementSchedule(
  connection: ConnectionLike,
  namespace: string,
): Promise<void> {
  const schedules = new ScheduleClient({ connection, namespace });
  await schedules
    .create({
      scheduleId: STATEMENT_SCHEDULE,
      // Six minutes after each tenth: the last transactions of a day are over by then.
      spec: { intervals: [{ every: EVERY, offset: '6 minutes' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
      action: {
        type: 'startWorkflow',
        workflowType: 'closeStatements',
        workflowId: STATEMENT_SCHEDULE,
        taskQueue: BACKOFFICE,
        args: [],
      },
      memo: { what: '到期自动出账 makes statements of periods that have ended' },
    })
    .catch((error: unknown) => {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    });
}
