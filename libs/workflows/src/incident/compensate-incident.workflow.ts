import { continueAsNew, proxyLocalActivities, setCurrentDetails } from '@temporalio/workflow';
import { DATABASE } from '../activity-profiles.js';
import type {
  CompensateIncident,
  CompensateIncidentResult,
} from './compensate-incident.contract.js';
import type { IncidentActivities } from './incident.activities.js';

const { giveIncidentBatch } = proxyLocalActivities<IncidentActivities>({
  ...DATABASE,
  summary: '补偿一批订单 a batch of orders',
});

/** A history of more batches would be long to replay: the run goes on as a new one. */
const BATCHES_MAX = 500;

/** Compensates the orders of an incident, batch by batch, until none is left or somebody has stopped it. */
export async function compensateIncident(
  input: CompensateIncident,
): Promise<CompensateIncidentResult> {
  const { compensationId } = input;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const step = await giveIncidentBatch({ compensationId });
    setCurrentDetails(details(input, step));
    if (step.status !== 'running') return step;
  }
  return continueAsNew<typeof compensateIncident>(input);
}

/** What ops read at the top of the run's page. */
const details = (
  { incidentNo, runNo, orderCount }: CompensateIncident,
  step: CompensateIncidentResult,
): string =>
  [
    `事件 incident: ${incidentNo} · ${runNo} · ${step.status}`,
    `进度 progress: ${step.givenCount + step.skippedCount} / ${orderCount}`,
    `已补偿 given: ${step.givenCount} · 未补偿 skipped: ${step.skippedCount}`,
  ].join('\n');
