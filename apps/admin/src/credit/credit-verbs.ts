import type { Pool } from 'pg';
import { mayStaff, paramsOf, type RiskRuleKind } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;

/** What may be decided about a platform's credit. */
export function creditVerbs(_pool: Pool, staff: PanelStaff, id: string): Promise<readonly Verb[]> {
  const verb = (name: string, path: string, more: Partial<Verb>): Verb => ({
    name,
    path: `credit-lines/${id}/${path}`,
    kind: 'post',
    tone: 'plain',
    hasFormKey: true,
    ...more,
  });
  const money: readonly Verb[] = mayStaff(staff.role, 'money.write')
    ? [
        verb('setCreditLimit', 'limit', {
          tone: 'main',
          hint: 'credit.limitHint',
          fields: [{ name: 'amount', label: 'credit.limit' }, reason],
        }),
        verb('scoreNow', 'score-now', { hint: 'credit.scoreHint', hasFormKey: false }),
      ]
    : [];
  const risk: readonly Verb[] = mayStaff(staff.role, 'risk.decide')
    ? [
        verb('setOrderLimit', 'order-limit', {
          hint: 'credit.orderLimitHint',
          fields: [{ name: 'amount', label: 'credit.orderLimit' }, reason],
        }),
        verb('overrideScore', 'score', {
          hint: 'credit.overrideHint',
          fields: [{ name: 'score', label: 'credit.score' }, reason],
        }),
        verb('checkIdentity', 'identity', {
          hint: 'credit.identityHint',
          hasFormKey: false,
          fields: [reason],
        }),
      ]
    : [];
  return Promise.resolve([...money, ...risk]);
}

/** A current rule can be changed; what is left empty stays. */
export async function ruleVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'risk.decide')) return [];
  const { rows } = await pool.query<{ kind: RiskRuleKind }>(
    'SELECT kind FROM risk_rules WHERE id = $1 AND is_current',
    [id],
  );
  const kind = rows[0]?.kind;
  if (kind === undefined) return [];
  return [
    {
      name: 'editRiskRule',
      path: `risk-rules/${id}/change`,
      kind: 'post',
      tone: 'main',
      hint: 'risk.ruleHint',
      hasFormKey: true,
      fields: [
        ...paramsOf(kind).map((name) => ({
          name,
          label: `riskParam.${name}`,
          isOptional: true,
        })),
        reason,
      ],
    },
  ];
}
