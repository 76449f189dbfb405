import type { Pool, PoolClient } from 'pg';
import {
  askCompensation,
  type AskCompensation,
  type AskedCompensation,
} from '../compensation/ask-compensation.store.js';
import type { AfterChange } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { changeIn } from './complaint-command.store.js';
import { isComplaintEnded } from './complaint-kind.js';

export interface GiveRemedy extends Omit<AskCompensation, 'orderId'> {
  readonly complaintId: string;
}

const LINK = `
  UPDATE compensations SET complaint_id = $1
  WHERE order_id = $2 AND unit_no = ANY($3::int[]) AND cause = $4 RETURNING id, status`;

const GIVEN: readonly string[] = ['replacing', 'done'];

/**
 * Makes good what a complaint is about, by the rules of compensation and linked to it: what is given at once answers the
 * complainant, what waits for a second person does so when it is approved. Throws `complaint.ended`, `complaint.no-order`
 * and what `askCompensation` throws.
 */
export async function giveRemedy(
  pool: Pool,
  { complaintId, ...asked }: GiveRemedy,
  afterChange: AfterChange,
): Promise<AskedCompensation[]> {
  const { rows } = await pool.query<{ order_id: string | null }>(
    'SELECT order_id FROM complaints WHERE id = $1',
    [complaintId],
  );
  const orderId = rows[0]?.order_id ?? null;
  if (orderId === null) throw new DomainError('complaint.no-order');
  return askCompensation(pool, { ...asked, orderId }, async (client) => {
    const linked = await client.query<{ id: string; status: string }>(LINK, [
      complaintId,
      orderId,
      asked.unitNos,
      asked.cause,
    ]);
    const given = linked.rows.filter(({ status }) => GIVEN.includes(status)).map(({ id }) => id);
    await noteRemedy(client, { ...asked, complaintId, compensationIds: given });
    await afterChange(client);
  });
}

/** A second person has approved what was proposed for a complaint: the complainant is answered by it. */
export async function noteApprovedRemedy(
  client: PoolClient,
  given: { readonly compensationId: string; readonly staffEmail: string; readonly nowMs: number },
): Promise<void> {
  const { rows } = await client.query<{ complaint_id: string | null; is_ended: boolean | null }>(
    `SELECT c.complaint_id, p.ended_at IS NOT NULL AS is_ended
     FROM compensations c LEFT JOIN complaints p ON p.id = c.complaint_id WHERE c.id = $1`,
    [given.compensationId],
  );
  const row = rows[0];
  if (!row?.complaint_id || row.is_ended) return;
  const compensationIds = [given.compensationId];
  await noteRemedy(client, { ...given, complaintId: row.complaint_id, compensationIds });
}

async function noteRemedy(
  client: PoolClient,
  given: {
    readonly complaintId: string;
    readonly compensationIds: readonly string[];
    readonly staffEmail: string;
    readonly nowMs: number;
  },
): Promise<void> {
  const { complaintId, compensationIds, staffEmail, nowMs } = given;
  await changeIn(client, { complaintId, nowMs }, async (scene) => {
    if (isComplaintEnded(scene.complaint.status)) throw new DomainError('complaint.ended');
    if (compensationIds.length === 0) return;
    await scene.add({
      type: 'remedy-given',
      atMs: nowMs,
      author: 'staff',
      staffEmail,
      detail: { compensationIds },
    });
  });
}
