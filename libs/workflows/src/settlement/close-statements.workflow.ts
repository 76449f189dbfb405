import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, proxyLocalActivities, startChild } from '@temporalio/workflow';
import { DATABASE } from '../activity-profiles.js';
import { statementWorkflowId } from '../workflow-ids.js';
import { closeStatement } from './close-statement.workflow.js';
import type { SettlementActivities } from './settlement.activities.js';

const { planStatements } = proxyLocalActivities<SettlementActivities>({
  ...DATABASE,
  summary: '待出账单 statements to be made',
});

/** Started by the schedule: gives every period that has ended its run. One that has a run keeps it. */
export async function closeStatements(): Promise<{ readonly started: number }> {
  let started = 0;
  for (const period of await planStatements()) {
    try {
      await startChild(closeStatement, {
        workflowId: statementWorkflowId(period.platformCode, period.periodKey),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        parentClosePolicy: ParentClosePolicy.ABANDON,
        args: [period],
        staticSummary: `${period.platformCode} ${period.periodKey}`,
      });
      started += 1;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
  return { started };
}
