import type { ComplaintSeverity, ComplaintStatus } from '#domain';

export interface ComplaintAdvanced {
  readonly status: ComplaintStatus;
  readonly severity: ComplaintSeverity;
  readonly isEnded: boolean;
  readonly cycleNo: number;
  /** When to look again at the latest; null where only news can change anything. */
  readonly nextAtMs: number | null;
}

/** Steps of a complaint; all may run twice. */
export interface ComplaintActivities {
  /** Does what is due by now: breaches, steps of the ladder, silence that counts as consent. */
  advanceComplaint(input: { readonly complaintId: string }): Promise<ComplaintAdvanced>;
}
