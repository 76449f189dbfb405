import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';

const COPY = `
  WITH copied AS (
    INSERT INTO compensation_policies (policy_no, automatic_max_hao, customer_daily_count, customer_daily_hao, daily_hao, remark)
    SELECT (SELECT max(policy_no) + 1 FROM compensation_policies), automatic_max_hao, customer_daily_count, customer_daily_hao,
      daily_hao, remark FROM compensation_policies WHERE id = $1 RETURNING id
  )
  INSERT INTO compensation_rules (policy_id, line_no, is_active, cause, product_id, platform_id, tier, age_min_seconds,
    age_max_seconds, amount_max_hao, remedy, basis, percent, fixed_hao, is_automatic, charge_back)
  SELECT copied.id, r.line_no, r.is_active, r.cause, r.product_id, r.platform_id, r.tier, r.age_min_seconds, r.age_max_seconds,
    r.amount_max_hao, r.remedy, r.basis, r.percent, r.fixed_hao, r.is_automatic, r.charge_back
  FROM copied, compensation_rules r WHERE r.policy_id = $1`;

/** A draft with the rules and limits of another version. */
export async function copyPolicy(client: PoolClient, policyId: string): Promise<void> {
  await client.query(COPY, [policyId]);
}

/** Puts a draft in force; what was in force is retired. Throws `compensation.policy-fixed`. */
export async function activatePolicy(
  client: PoolClient,
  { policyId, staffEmail }: { readonly policyId: string; readonly staffEmail: string },
): Promise<void> {
  await client.query('LOCK TABLE compensation_policies IN SHARE ROW EXCLUSIVE MODE');
  await client.query(
    `UPDATE compensation_policies SET status = 'retired', updated_at = now(), version = version + 1
     WHERE status = 'active' AND EXISTS (SELECT 1 FROM compensation_policies WHERE id = $1 AND status = 'draft')`,
    [policyId],
  );
  const activated = await client.query(
    `UPDATE compensation_policies SET status = 'active', activated_by = $2, activated_at = now(), updated_at = now(), version = version + 1
     WHERE id = $1 AND status = 'draft'`,
    [policyId, staffEmail],
  );
  if (activated.rowCount !== 1) throw new DomainError('compensation.policy-fixed');
}
