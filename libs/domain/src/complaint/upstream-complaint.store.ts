import type { Pool } from 'pg';
import type { AfterChange } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { changeComplaint } from './complaint-command.store.js';
import { isComplaintEnded } from './complaint-kind.js';

export interface FileUpstream {
  readonly complaintId: string;
  readonly text: string;
  /** The supplier's own number of it, where it gave one. */
  readonly supplierRef: string | null;
  readonly staffEmail: string;
  readonly nowMs: number;
}

const FILE = `
  INSERT INTO upstream_complaints (complaint_id, supplier_id, attempt_id, method, status, text, supplier_ref, asked_by, asked_at)
  VALUES ($1, $2, $3, 'manual', 'filed', $4, $5, $6, $7) RETURNING id`;

/**
 * Notes that we have complained at the supplier that brought the unit. Its clock runs from now; the clocks of the
 * complainant go on. Throws `complaint.ended`, `complaint.no-supplier`.
 */
export async function fileUpstream(
  pool: Pool,
  command: FileUpstream,
  afterChange: AfterChange,
): Promise<void> {
  const { text, supplierRef, staffEmail, nowMs } = command;
  await changeComplaint(
    pool,
    command,
    async ({ client, complaint, add }) => {
      if (isComplaintEnded(complaint.status)) throw new DomainError('complaint.ended');
      if (complaint.supplierId === null) throw new DomainError('complaint.no-supplier');
      const { rows } = await client.query<{ id: string }>(FILE, [
        complaint.id,
        complaint.supplierId,
        complaint.attemptId,
        text,
        supplierRef,
        staffEmail,
        new Date(nowMs),
      ]);
      const detail = { upstreamKey: rows[0]?.id ?? '' };
      await add({ type: 'upstream-filed', atMs: nowMs, author: 'staff', staffEmail, detail });
    },
    afterChange,
  );
}

export interface AnswerUpstream {
  readonly upstreamId: string;
  readonly answer: string;
  readonly staffEmail: string;
  readonly nowMs: number;
}

const ANSWER = `
  UPDATE upstream_complaints SET status = 'answered', answer = $2, answered_at = $3
  WHERE id = $1 AND status IN ('asked', 'filed')`;

/** The supplier has answered. Throws `upstream.not-found`, `upstream.answered`. */
export async function answerUpstream(
  pool: Pool,
  command: AnswerUpstream,
  afterChange: AfterChange,
): Promise<void> {
  const { upstreamId, answer, staffEmail, nowMs } = command;
  const { rows } = await pool.query<{ complaint_id: string }>(
    'SELECT complaint_id FROM upstream_complaints WHERE id = $1',
    [upstreamId],
  );
  const complaintId = rows[0]?.complaint_id;
  if (complaintId === undefined) throw new DomainError('upstream.not-found');
  await changeComplaint(
    pool,
    { complaintId, nowMs },
    async ({ client, add }) => {
      const answered = await client.query(ANSWER, [upstreamId, answer, new Date(nowMs)]);
      if (answered.rowCount === 0) throw new DomainError('upstream.answered');
      const detail = { upstreamKey: upstreamId };
      await add({ type: 'upstream-answered', atMs: nowMs, author: 'staff', staffEmail, detail });
    },
    afterChange,
  );
}
