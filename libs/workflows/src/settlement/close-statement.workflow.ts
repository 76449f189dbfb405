import { proxyLocalActivities, sleep } from '@temporalio/workflow';
import { DATABASE } from '../activity-profiles.js';
import type { CloseStatement, CloseStatementResult } from './close-statement.contract.js';
import type { SettlementActivities } from './settlement.activities.js';

const { makeStatement, watchStatement } = proxyLocalActivities<SettlementActivities>({
  ...DATABASE,
  summary: '账单 statement',
});

/** The row changes without the run, by a payment or a dispute: it is looked at once a day at least. */
const LOOK_EVERY_MS = 24 * 3_600_000;
/** Three years of looking once a day. */
const LOOKS_MAX = 1_100;

/** Closes a period and watches its statement until nothing is owed: consent by silence, the due day, the reminders. */
export async function closeStatement(period: CloseStatement): Promise<CloseStatementResult> {
  let step = await makeStatement(period);
  if (step === null) return { end: 'none' };
  const { statementId } = step;
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { status, waitMs } = step;
    if (status === 'paid' || status === 'written-off') return { end: status };
    await sleep(Math.min(waitMs ?? LOOK_EVERY_MS, LOOK_EVERY_MS), {
      summary: '等待账单的下一个时点 wait for the next moment of the statement',
    });
    step = await watchStatement({ statementId });
  }
  return { end: 'given-up' };
}
