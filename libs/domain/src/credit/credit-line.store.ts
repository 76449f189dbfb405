import type { PoolClient } from 'pg';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { DAY_MS } from '../shared/business-time.js';
import { lockCredit, readRecentTrade } from './credit-facts.store.js';
import { OVERRIDE_LASTS_MS } from './credit-score.js';
import { scoreIn } from './score-platforms.store.js';

/** What staff decide about a platform's credit; what is not named stays as it is. */
export interface CreditDecision {
  readonly platformId: string;
  readonly nowMs: number;
  readonly agreedHao?: number;
  readonly termDays?: number;
  /** Null is no limit. */
  readonly orderLimitHao?: number | null;
  readonly overrideScore?: number;
  readonly overrideReason?: string;
  readonly identityCheckedOn?: string;
}

const CHANGE = `
  UPDATE credit_lines SET
    agreed_hao = coalesce($2, agreed_hao), limit_hao = least(limit_hao, coalesce($2, agreed_hao)),
    term_days = coalesce($3, term_days),
    order_limit_hao = CASE WHEN $4 THEN $5::bigint ELSE order_limit_hao END,
    override_score = coalesce($6, override_score), override_until = coalesce($7, override_until),
    override_reason = coalesce($8, override_reason),
    identity_checked_on = coalesce($9, identity_checked_on),
    version = version + 1, updated_at = $10
  WHERE platform_id = $1`;

/** Writes a decision and lets the score, the limit and the account follow at once, inside the caller's transaction. */
export async function decideCredit(client: PoolClient, decision: CreditDecision): Promise<void> {
  const { platformId, nowMs } = decision;
  const credit = await lockCredit(client, platformId, nowMs);
  if (!credit) return;
  await client.query(CHANGE, [
    platformId,
    decision.agreedHao ?? null,
    decision.termDays ?? null,
    decision.orderLimitHao !== undefined,
    decision.orderLimitHao ?? null,
    decision.overrideScore ?? null,
    decision.overrideScore === undefined ? null : new Date(nowMs + OVERRIDE_LASTS_MS),
    decision.overrideReason ?? null,
    decision.identityCheckedOn ?? null,
    new Date(nowMs),
  ]);
  const since = new Date(nowMs - 30 * DAY_MS);
  const firstOrderId = await firstOrderIdSince(client, since);
  const trade = await readRecentTrade(client, { firstOrderId, since, platformId });
  await scoreIn(client, { platformId, nowMs, trade });
}
