import {
  condition,
  continueAsNew,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { SHANGHAI_OFFSET_MS } from '#domain';
import { DATABASE } from '../activity-profiles.js';
import { COMPLAINT_SEVERITY } from '../search-attributes.js';
import type { ComplaintActivities, ComplaintAdvanced } from './complaint.activities.js';
import {
  complaintChanged,
  type RunComplaintClock,
  type RunComplaintClockResult,
} from './run-complaint-clock.contract.js';

const { advanceComplaint } = proxyLocalActivities<ComplaintActivities>({
  ...DATABASE,
  summary: '检查投诉时限 look at the clocks',
});

/** A first wake-up that is late costs nothing: the worker's own look at the database is never later than this. */
const AFTER_DUE_MS = 2_000;

/**
 * A complaint from its arrival to its end: sleeps until a clock has something to do, or until something has happened, and
 * looks what the database says. The worker's look at the database does the same within a second, so that neither waits for
 * the other; opened again, the complaint gets a run of its own.
 */
export async function runComplaintClock(
  input: RunComplaintClock,
): Promise<RunComplaintClockResult> {
  let hasNews = false;
  let severity = input.severity;
  setHandler(complaintChanged, () => {
    hasNews = true;
  });
  for (;;) {
    hasNews = false;
    const step = await advanceComplaint({ complaintId: input.complaintId });
    if (step.severity !== severity) {
      severity = step.severity;
      upsertSearchAttributes([{ key: COMPLAINT_SEVERITY, value: severity }]);
    }
    setCurrentDetails(details(input, step));
    if (step.isEnded && !hasNews) return { status: step.status };
    if (workflowInfo().continueAsNewSuggested && !hasNews)
      await continueAsNew<typeof runComplaintClock>({ ...input, severity });
    if (step.nextAtMs === null) await condition(() => hasNews);
    else
      await condition(() => hasNews, Math.max(1, step.nextAtMs + AFTER_DUE_MS - Date.now()), {
        summary: '下一时限 next clock',
      });
  }
}

/** What ops read at the top of the run's page. */
function details({ complaintNo }: RunComplaintClock, step: ComplaintAdvanced): string {
  const lines = [`投诉 complaint: ${complaintNo} · ${step.severity} · ${step.status}`];
  if (step.cycleNo > 1) lines.push(`第 ${step.cycleNo} 轮 cycle ${step.cycleNo}`);
  if (step.nextAtMs !== null)
    lines.push(
      `下一时限 next: ${new Date(step.nextAtMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')}（北京时间）`,
    );
  return lines.join('\n');
}
