import { defineSignal } from '@temporalio/workflow';
import type { ComplaintSeverity, ComplaintStatus } from '#domain';

/** What is known when the run is started; everything else is read as it goes on. */
export interface RunComplaintClock {
  readonly complaintId: string;
  readonly complaintNo: string;
  readonly severity: ComplaintSeverity;
}

export interface RunComplaintClockResult {
  readonly status: ComplaintStatus;
}

/** Something has happened to it: its clocks are to be looked at again. */
export const complaintChanged = defineSignal('complaintChanged');
