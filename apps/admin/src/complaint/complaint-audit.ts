import type pg from 'pg';
import { writeAudit } from '#domain/stores';
import type { PanelStaff } from '../resource/resource-definition.js';

interface Done {
  readonly action: string;
  readonly recordId: string;
  readonly resource?: string;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
}

/** Writes down who did what to a complaint, in the transaction of the change. */
export const noteIn =
  (staff: PanelStaff, done: Done) =>
  (client: pg.PoolClient): Promise<void> =>
    writeAudit(client, {
      staffEmail: staff.email,
      requestId: staff.requestId,
      address: staff.address,
      resource: 'Complaint',
      ...done,
    });
