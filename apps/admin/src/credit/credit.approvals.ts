import { z } from 'zod';
import { HAO_PER_YUAN } from '#domain';
import { translate } from '#domain/i18n';
import { decideCredit } from '#domain/stores';
import type { Pool } from 'pg';
import { approvalHandler, type ApprovalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

const RAISE_ALONE_UP_TO_HAO = 100 * HAO_PER_YUAN;
const OWNER_ABOVE_HAO = 5_000 * HAO_PER_YUAN;

interface LineNow {
  readonly name: string;
  readonly agreed: number;
  readonly limit: number;
  readonly score: number | null;
}

async function lineNow(pool: Pool, platformId: string): Promise<LineNow | undefined> {
  const { rows } = await pool.query<LineNow>(
    `SELECT p.name, coalesce(l.agreed_hao, 0)::float8 AS agreed, coalesce(l.limit_hao, 0)::float8 AS "limit", l.score
     FROM platforms p LEFT JOIN credit_lines l ON l.platform_id = p.id WHERE p.id = $1`,
    [platformId],
  );
  return rows[0];
}

const creditLimit = approvalHandler({
  kind: 'credit-limit',
  permission: 'risk.decide',
  limit: { aloneUpToHao: RAISE_ALONE_UP_TO_HAO, ownerAboveHao: OWNER_ABOVE_HAO },
  action: 'setCreditLimit',
  done: 'creditLimitSet',
  repeated: 'creditUnchanged',
  payload: z.strictObject({
    platformId: z.uuid(),
    agreedHao: z.int().min(0),
    reason: z.string(),
  }),
  facts: async ({ platformId, agreedHao, reason }, { pool, language }) => {
    const now = await lineNow(pool, platformId);
    return [
      {
        label: translate(language, 'entity.Platform'),
        after: now?.name ?? '',
        to: recordPage('Platform', platformId),
      },
      {
        label: translate(language, 'field.CreditLine.agreedHao'),
        before: shownAmount(now?.agreed ?? 0),
        after: shownAmount(agreedHao),
      },
      { label: translate(language, 'field.CreditLine.score'), after: String(now?.score ?? '–') },
      { label: translate(language, 'page.risk.reason'), after: reason },
    ];
  },
  carryOut: async ({ platformId, agreedHao }, { client, nowMs }) => {
    await decideCredit(client, { platformId, agreedHao, nowMs });
    return { isNew: true };
  },
  audited: ({ agreedHao }) => ({ agreed: shownAmount(agreedHao) }),
});

const scoreOverride = approvalHandler({
  kind: 'score-override',
  permission: 'risk.decide',
  limit: { aloneUpToHao: null, ownerAboveHao: OWNER_ABOVE_HAO },
  action: 'overrideScore',
  done: 'scoreOverridden',
  repeated: 'creditUnchanged',
  payload: z.strictObject({
    platformId: z.uuid(),
    score: z.int().min(0).max(1_000),
    reason: z.string(),
  }),
  facts: async ({ platformId, score, reason }, { pool, language }) => {
    const now = await lineNow(pool, platformId);
    return [
      {
        label: translate(language, 'entity.Platform'),
        after: now?.name ?? '',
        to: recordPage('Platform', platformId),
      },
      {
        label: translate(language, 'field.CreditLine.score'),
        before: String(now?.score ?? '–'),
        after: String(score),
      },
      { label: translate(language, 'page.risk.reason'), after: reason },
    ];
  },
  carryOut: async ({ platformId, score, reason }, { client, nowMs }) => {
    await decideCredit(client, {
      platformId,
      overrideScore: score,
      overrideReason: reason,
      nowMs,
    });
    return { isNew: true };
  },
  audited: ({ score }) => ({ score }),
});

export const CREDIT_APPROVALS: readonly ApprovalHandler[] = [creditLimit, scoreOverride];
