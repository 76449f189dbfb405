import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import type { Actor } from '../order/order-event-type.js';
import { isFinal, type OrderStatus } from '../order/order-status.js';
import { SECOND_MS } from '../shared/business-time.js';
import {
  budgetObstacles,
  capAmount,
  decideCompensation,
  type CompensationCase,
  type CompensationDecision,
} from './compensation.js';
import { lockBudgets } from './compensation-budget.store.js';
import {
  lockCompensation,
  readCase,
  readPolicy,
  type LockedCompensation,
  type PolicyFacts,
} from './compensation-facts.store.js';
import type { CompensationRemedy } from './compensation-kind.js';
import {
  budgetKeyOf,
  giveCompensation,
  noteCompensation,
  payCompensation,
} from './give-compensation.store.js';

/** What a person wants instead of what the rules propose. */
export interface WantedRemedy {
  readonly remedy: CompensationRemedy;
  /** Null is the value of the thing concerned. */
  readonly amountHao: number | null;
}

export interface Decide {
  readonly actor: Actor;
  readonly nowMs: number;
  readonly wanted?: WantedRemedy | undefined;
}

const MARK = `
  UPDATE compensations SET status = $2::varchar, remedy = $3, amount_hao = $4, reasons = $5, policy_id = $6, rule_id = $7,
    decided_at = CASE WHEN $2::varchar = 'declined' THEN $8::timestamptz END
  WHERE id = $1`;

/**
 * Decides an open compensation by the rules, or as a person wants it, and gives it at once where no budget and no limit
 * stand against it. The caller's transaction holds the locks of its orders.
 */
export async function decideOpen(
  client: PoolClient,
  one: LockedCompensation,
  command: Decide,
): Promise<CompensationDecision> {
  const { nowMs, actor } = command;
  const policy = await readPolicy(client);
  const facts = await readCase(client, {
    ...one,
    isAsked: one.source === 'staff',
    nowMs,
  });
  const decision = await decisionOf(client, { one, facts, policy, command });
  const chosen = { ...decision, policyId: policy?.id ?? null, ruleId: decision.rule?.id ?? null };
  if (decision.outcome === 'give') {
    await giveCompensation(client, one, {
      ...chosen,
      isApproved: false,
      chargeBack: decision.rule?.chargeBack ?? 'cost',
      actor,
      nowMs,
    });
    return decision;
  }
  await leaveUngiven(client, one, { ...chosen, actor, nowMs });
  return decision;
}

/** Nothing is given now: it waits for a person, or is declined. */
async function leaveUngiven(
  client: PoolClient,
  one: LockedCompensation,
  decision: CompensationDecision &
    Decide & { readonly policyId: string | null; readonly ruleId: string | null },
): Promise<void> {
  const { actor, nowMs } = decision;
  const isAsked = decision.outcome === 'ask';
  await client.query(MARK, [
    one.id,
    isAsked ? 'proposed' : 'declined',
    isAsked ? decision.remedy : null,
    isAsked ? decision.amountHao : 0,
    decision.reasons,
    decision.policyId,
    decision.ruleId,
    new Date(nowMs),
  ]);
  await noteCompensation(client, one, {
    type: isAsked ? 'compensation-asked' : 'compensation-declined',
    ...(isAsked ? { remedy: decision.remedy, amountHao: decision.amountHao } : {}),
    actor,
    nowMs,
  });
}

async function decisionOf(
  client: PoolClient,
  given: {
    readonly one: LockedCompensation;
    readonly facts: CompensationCase;
    readonly policy: PolicyFacts | undefined;
    readonly command: Decide;
  },
): Promise<CompensationDecision> {
  const { one, facts, policy, command } = given;
  if (!policy)
    return {
      remedy: 'refund',
      amountHao: 0,
      rule: null,
      reasons: ['no-rule'],
      steps: [],
      outcome: 'decline',
    };
  const { limits, rules } = policy;
  const spent = await lockBudgets(client, budgetKeyOf(one, command.nowMs), limits);
  const decision = decideCompensation(facts, { rules, limits, spent });
  const { wanted } = command;
  if (!wanted) return decision;
  const remedy = wanted.remedy === 'replace' && !facts.canReplace ? 'refund' : wanted.remedy;
  const wantedHao = remedy === 'replace' ? facts.valueHao : (wanted.amountHao ?? facts.valueHao);
  const { amountHao, reasons } = capAmount(wantedHao, facts.leftHao);
  const obstacles = budgetObstacles(amountHao, limits, spent);
  const outcome = amountHao <= 0 ? 'decline' : obstacles.length === 0 ? 'give' : 'ask';
  return {
    ...decision,
    remedy,
    amountHao,
    outcome,
    reasons: ['by-staff', ...reasons, ...(amountHao <= 0 ? [] : obstacles)],
  };
}

const SYSTEM: Actor = { kind: 'system', name: 'compensation' };
/** How often a replacement under way is looked at. */
const LOOK_AGAIN_MS = 5 * SECOND_MS;

/**
 * Takes the next step of a compensation: decides it, or looks how its replacement goes. May run as often as anybody
 * likes; tells when to look again, undefined where nothing is left to do.
 */
export async function stepCompensation(
  pool: Pool,
  { compensationId, nowMs }: { readonly compensationId: string; readonly nowMs: number },
): Promise<{ readonly afterMs: number } | undefined> {
  return inTransaction(pool, async (client) => {
    const one = await lockCompensation(client, compensationId);
    if (one.status === 'open') {
      const { outcome, remedy } = await decideOpen(client, one, { actor: SYSTEM, nowMs });
      return outcome === 'give' && remedy === 'replace' ? { afterMs: LOOK_AGAIN_MS } : undefined;
    }
    return one.status === 'replacing' ? lookAtReplacement(client, one, nowMs) : undefined;
  });
}

const FINISH = `
  UPDATE compensations SET status = 'done', remedy = $2, reasons = $3, done_at = $4 WHERE id = $1`;

/** A replacement that could not be delivered becomes a refund of the same value: the budgets have it already. */
async function lookAtReplacement(
  client: PoolClient,
  one: LockedCompensation,
  nowMs: number,
): Promise<{ readonly afterMs: number } | undefined> {
  const { rows } = await client.query<{ status: OrderStatus }>(
    'SELECT status FROM orders WHERE id = $1',
    [one.replacementOrderId],
  );
  const status = rows[0]?.status;
  if (status === undefined || !isFinal(status)) return { afterMs: LOOK_AGAIN_MS };
  const at = new Date(nowMs);
  if (status === 'succeeded') {
    await client.query(FINISH, [one.id, 'replace', one.reasons, at]);
    return undefined;
  }
  await client.query(FINISH, [one.id, 'refund', [...one.reasons, 'replacement-failed'], at]);
  await payCompensation(client, one, { amountHao: one.amountHao, nowMs });
  await noteCompensation(client, one, {
    type: 'compensated',
    remedy: 'refund',
    amountHao: one.amountHao,
    actor: SYSTEM,
    nowMs,
  });
  return undefined;
}
