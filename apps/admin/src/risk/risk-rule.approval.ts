import { z } from 'zod';
import { DomainError, paramsOf, RISK_RULE_KINDS, ruleFault, type RiskRuleKind } from '#domain';
import { translate } from '#domain/i18n';
import { changeRiskRule, readRiskRule } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';

/** A change of a rule is a new revision of it, and always needs a second person. */
export const riskRuleApproval = approvalHandler({
  kind: 'risk-rule',
  permission: 'risk.decide',
  limit: { aloneUpToHao: null, ownerAboveHao: 0 },
  action: 'editRiskRule',
  done: 'riskRuleChanged',
  repeated: 'creditUnchanged',
  payload: z.strictObject({
    kind: z.enum(RISK_RULE_KINDS),
    params: z.record(z.string(), z.number()),
    reason: z.string(),
  }),
  facts: async ({ kind, params, reason }, { pool, language }) => {
    const now = await readRiskRule(pool, kind);
    return [
      {
        label: translate(language, 'entity.RiskRule'),
        after: translate(language, `enum.riskRuleKind.${kind}`),
      },
      ...paramsOf(kind).map((name) => ({
        label: translate(language, `enum.riskParam.${name}`),
        before: String(now[name] ?? '–'),
        after: String(params[name] ?? '–'),
      })),
      { label: translate(language, 'page.risk.reason'), after: reason },
    ];
  },
  carryOut: async ({ kind, params, reason }, { client, askedBy, approvedBy }) => {
    if (ruleFault(kind satisfies RiskRuleKind, params) !== undefined)
      throw new DomainError('request.invalid');
    await changeRiskRule(client, { kind, params, reason, askedBy, approvedBy });
    return { isNew: true };
  },
  audited: ({ kind, params }) => ({ rule: kind, ...params }),
});
