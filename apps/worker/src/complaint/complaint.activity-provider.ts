import type { Pool } from 'pg';
import { advanceComplaint } from '#domain/stores';
import type { ComplaintActivities, ComplaintAdvanced } from '#workflows';

/** The steps of a complaint, each one transaction of the stores. All may run twice. */
export class ComplaintActivityProvider implements ComplaintActivities {
  constructor(private readonly pool: Pool) {}

  advanceComplaint({ complaintId }: { readonly complaintId: string }): Promise<ComplaintAdvanced> {
    return advanceComplaint(this.pool, { complaintId, nowMs: Date.now() });
  }
}
