import {
  BACKOFFICE,
  COMPLAINT_NO,
  COMPLAINT_SEVERITY,
  complaintChanged,
  complaintWorkflowId,
  ORDER_NO,
  PLATFORM_CODE,
  type RunComplaintClock,
  type RunComplaintClockResult,
} from '../index.js';
import type { TemporalAccess } from './temporal-access.js';

/** A complaint as its run is started and found. */
export interface ComplaintSnapshot extends RunComplaintClock {
  readonly platformCode: string | null;
  readonly orderNo: string | null;
}

/** Runs of complaints. */
export class ComplaintWorkflows {
  constructor(private readonly temporal: TemporalAccess) {}

  /**
   * Tells a run that something has happened, and starts it where there is none: one that was opened again gets a new run
   * under its old name. May throw `service.unavailable`.
   */
  async tell(complaint: ComplaintSnapshot): Promise<void> {
    const { complaintId, complaintNo, severity, platformCode, orderNo } = complaint;
    await this.temporal.call(async (client) => {
      await client.signalWithStart<
        (given: RunComplaintClock) => Promise<RunComplaintClockResult>,
        []
      >('runComplaintClock', {
        taskQueue: BACKOFFICE,
        workflowId: complaintWorkflowId(complaintNo),
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        typedSearchAttributes: [
          { key: COMPLAINT_NO, value: complaintNo },
          { key: COMPLAINT_SEVERITY, value: severity },
          ...(platformCode === null ? [] : [{ key: PLATFORM_CODE, value: platformCode }]),
          ...(orderNo === null ? [] : [{ key: ORDER_NO, value: orderNo }]),
        ],
        staticSummary: `投诉 ${complaintNo} ${severity}`,
        args: [{ complaintId, complaintNo, severity }],
        signal: complaintChanged,
        signalArgs: [],
      });
    });
  }
}
