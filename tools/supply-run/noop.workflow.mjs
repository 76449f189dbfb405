import { proxyActivities } from '@temporalio/workflow';

const { doNothing } = proxyActivities({ startToCloseTimeout: '1 minute' });

/** The least that a durable step costs: one activity that does nothing. */
export async function noop() {
  await doNothing();
}
