import type { Sql } from '../database/sql.js';

/** What a person did, for the record. `before` and `after` hold allowed fields only. */
export interface AuditNote {
  readonly staffEmail: string;
  readonly action: string;
  readonly resource: string;
  readonly recordId?: string | null;
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
  readonly reason?: string | null;
  readonly requestId: string;
  readonly address: string | null;
}

const WRITE = `
  INSERT INTO audit_entries (staff_email, action, resource, record_id, before, after, reason, request_id, address)
  VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9)`;

const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** Writes one audit entry; call it inside the transaction of the change, so that neither exists without the other. */
export async function writeAudit(sql: Sql, note: AuditNote): Promise<void> {
  await sql.query({
    name: 'write-audit',
    text: WRITE,
    values: [
      note.staffEmail,
      note.action,
      note.resource,
      note.recordId ?? null,
      json(note.before),
      json(note.after),
      note.reason ?? null,
      note.requestId,
      note.address,
    ],
  });
}
