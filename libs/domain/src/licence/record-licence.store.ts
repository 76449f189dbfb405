import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { refreshGatesIn } from './refresh-gates.store.js';

export interface LicenceChange {
  readonly licenceId: string;
  readonly actor: string;
  readonly nowMs: number;
}

const RECORD = `
  UPDATE licences l SET recorded_by = $2, next_at = $3 FROM licence_types t
  WHERE l.id = $1 AND t.id = l.type_id RETURNING t.is_retired AND l.effective_on > l.created_at::date AS is_too_late`;

/**
 * Notes who has entered a licence or changed what it says: that person may not verify it. Gates are counted and its clocks
 * begin. Throws `licence.not-found`, `licence.type-retired` (old ones may still be entered, new ones are not issued).
 */
export async function recordLicence(client: PoolClient, change: LicenceChange): Promise<void> {
  const { licenceId, actor, nowMs } = change;
  const { rows } = await client.query<{ is_too_late: boolean }>(RECORD, [
    licenceId,
    actor,
    new Date(nowMs),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError('licence.not-found');
  if (row.is_too_late) throw new DomainError('licence.type-retired');
  await touchLicence(client, change);
}

const TOUCH = `
  WITH touched AS (UPDATE licences SET next_at = $2 WHERE id = $1 RETURNING id)
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'licence-changed', id::text, $2 FROM touched`;

/** Something about a licence has changed: gates are counted anew and its run looks at its clocks. */
export async function touchLicence(
  client: PoolClient,
  { licenceId, nowMs }: Pick<LicenceChange, 'licenceId' | 'nowMs'>,
): Promise<void> {
  await client.query(TOUCH, [licenceId, new Date(nowMs)]);
  await refreshGatesIn(client, nowMs);
}
