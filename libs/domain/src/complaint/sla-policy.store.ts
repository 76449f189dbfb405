import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { readSlaPolicy } from './complaint-facts.store.js';
import { slaFault } from './sla-policy.js';

const COPY = `
  WITH copied AS (
    INSERT INTO sla_policy_versions (policy_no, vip_percent, pause_count_max, pause_hours_max, silence_hours, reopen_days,
      reopen_ack_seconds, reopen_resolve_seconds, unacked_seconds, unacked_urgent_seconds, unassigned_seconds, remark)
    SELECT (SELECT max(policy_no) + 1 FROM sla_policy_versions), vip_percent, pause_count_max, pause_hours_max, silence_hours,
      reopen_days, reopen_ack_seconds, reopen_resolve_seconds, unacked_seconds, unacked_urgent_seconds, unassigned_seconds, remark
    FROM sla_policy_versions WHERE id = $1 RETURNING id
  )
  INSERT INTO sla_targets (policy_id, severity, ack_seconds, update_seconds, resolve_seconds, upstream_seconds)
  SELECT copied.id, t.severity, t.ack_seconds, t.update_seconds, t.resolve_seconds, t.upstream_seconds
  FROM copied, sla_targets t WHERE t.policy_id = $1`;

/** A draft with the promises of another version. Throws `sla-policy.not-found`. */
export async function copySlaPolicy(client: PoolClient, policyId: string): Promise<void> {
  const copied = await client.query(COPY, [policyId]);
  if (copied.rowCount === 0) throw new DomainError('sla-policy.not-found');
}

/**
 * Puts a draft in force for complaints that come from now on; what was in force is retired, and open complaints keep it.
 * Throws `sla-policy.not-found`, `sla-policy.fixed`, `sla-policy.too-loose`.
 */
export async function activateSlaPolicy(
  client: PoolClient,
  { policyId, staffEmail }: { readonly policyId: string; readonly staffEmail: string },
): Promise<void> {
  await client.query('LOCK TABLE sla_policy_versions IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await client.query<{ status: string }>(
    'SELECT status FROM sla_policy_versions WHERE id = $1',
    [policyId],
  );
  const status = rows[0]?.status;
  if (status === undefined) throw new DomainError('sla-policy.not-found');
  if (status !== 'draft') throw new DomainError('sla-policy.fixed');
  if (slaFault(await readSlaPolicy(client, policyId)))
    throw new DomainError('sla-policy.too-loose');
  await client.query(
    `UPDATE sla_policy_versions SET status = 'retired', updated_at = now(), version = version + 1 WHERE status = 'active'`,
  );
  await client.query(
    `UPDATE sla_policy_versions SET status = 'active', activated_by = $2, activated_at = now(), updated_at = now(),
       version = version + 1 WHERE id = $1`,
    [policyId, staffEmail],
  );
}
