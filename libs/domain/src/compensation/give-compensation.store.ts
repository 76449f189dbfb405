import type { PoolClient } from 'pg';
import { compensationPostings } from '../money/posting.js';
import { postEntry } from '../money/post-entry.store.js';
import type { Actor } from '../order/order-event-type.js';
import { writeLinkedOrder } from '../order/linked-order.store.js';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import { shanghaiDate } from '../shared/business-time.js';
import { type BudgetKey, spendBudgets } from './compensation-budget.store.js';
import type { LockedCompensation } from './compensation-facts.store.js';
import type { ChargeBack, CompensationReason, CompensationRemedy } from './compensation-kind.js';

export interface Gift {
  readonly remedy: CompensationRemedy;
  readonly amountHao: number;
  readonly reasons: readonly CompensationReason[];
  /** Beside the budgets, because a second person allowed it. */
  readonly isApproved: boolean;
  readonly chargeBack: ChargeBack;
  readonly policyId: string | null;
  readonly ruleId: string | null;
  readonly actor: Actor;
  readonly nowMs: number;
}

export const budgetKeyOf = (one: LockedCompensation, nowMs: number): BudgetKey => ({
  nowMs,
  platformId: one.platformId,
  customerNo: one.customerNo,
});

const SUPERSEDE = `
  UPDATE compensations SET status = 'superseded' WHERE replacement_order_id = $1 AND status IN ('replacing', 'done')`;

const MARK_GIVEN = `
  UPDATE compensations SET status = $2::varchar, remedy = $3, amount_hao = $4, reasons = $5, policy_id = $6, rule_id = $7,
    budget_day = $8, replacement_order_id = $9, decided_by = $10, decided_at = $11,
    done_at = CASE WHEN $2::varchar = 'done' THEN $11::timestamptz END
  WHERE id = $1`;

/** Gives it, whatever it is, with everything that follows: budgets, money or a new order, the mark of a bad card, a claim. */
export async function giveCompensation(
  client: PoolClient,
  one: LockedCompensation,
  gift: Gift,
): Promise<void> {
  const { remedy, amountHao, nowMs, isApproved } = gift;
  await client.query(SUPERSEDE, [one.orderId]);
  await spendBudgets(client, budgetKeyOf(one, nowMs), { amountHao, isApproved });
  const replacementId = remedy === 'replace' ? await replace(client, one, gift) : null;
  await client.query(MARK_GIVEN, [
    one.id,
    remedy === 'replace' ? 'replacing' : 'done',
    remedy,
    amountHao,
    gift.reasons,
    gift.policyId,
    gift.ruleId,
    isApproved ? null : shanghaiDate(nowMs),
    replacementId,
    gift.actor.name,
    new Date(nowMs),
  ]);
  await markBadCard(client, one);
  await chargeBack(client, one, gift);
  if (remedy !== 'replace') await payCompensation(client, one, gift);
  await noteCompensation(client, one, { type: 'compensated', ...gift });
}

async function replace(
  client: PoolClient,
  one: LockedCompensation,
  { actor, nowMs }: Gift,
): Promise<string> {
  const order = await writeLinkedOrder(client, {
    originOrderId: one.rootOrderId,
    origin: 'replacement',
    quantity: 1,
    unitPriceHao: 0,
    amountHao: 0,
    isHeld: false,
    actor,
    nowMs,
  });
  return order.id;
}

const ACCOUNTS = `
  SELECT (SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1) AS platform_balance_id,
    (SELECT id FROM ledger_accounts WHERE code = 'compensation-cost') AS cost_id`;

/** Money to the platform's balance, once. */
export async function payCompensation(
  client: PoolClient,
  one: Pick<LockedCompensation, 'id' | 'orderId' | 'platformId'>,
  { amountHao, nowMs }: { readonly amountHao: number; readonly nowMs: number },
): Promise<void> {
  const { rows } = await client.query<{ platform_balance_id: string | null; cost_id: string }>(
    ACCOUNTS,
    [one.platformId],
  );
  const row = rows[0];
  if (!row?.platform_balance_id) throw new Error(`platform ${one.platformId} has no account`);
  const platformBalanceId = row.platform_balance_id;
  const isNew = await postEntry(client, {
    key: `compensation:${one.id}`,
    kind: 'compensation',
    orderId: one.orderId,
    attemptId: null,
    lines: compensationPostings({ platformBalanceId, compensationCostId: row.cost_id }, amountHao),
    nowMs,
  });
  if (!isNew) throw new Error(`compensation ${one.id} was paid before`);
  await client.query(
    'UPDATE ledger_accounts SET balance_hao = balance_hao + $2::bigint WHERE id = $1',
    [platformBalanceId, amountHao],
  );
}

const MARK_BAD = `
  INSERT INTO bad_cards (card_id, order_id, compensation_id, cause)
  SELECT d.card_id, d.order_id, $2, $3 FROM deliveries d WHERE d.unit_id = $1 AND d.card_id IS NOT NULL
  ON CONFLICT DO NOTHING`;

async function markBadCard(client: PoolClient, one: LockedCompensation): Promise<void> {
  if (one.unitNo === 0 || !['bad-card', 'used-card', 'reversal'].includes(one.cause)) return;
  const unitId = BigInt(one.orderId) * BigInt(UNIT_KEY_FACTOR) + BigInt(one.unitNo);
  await client.query(MARK_BAD, [unitId.toString(), one.id, one.cause]);
}

const UNIT_COST = `
  SELECT coalesce(paid_hao / nullif(delivered_count, 0), cost_hao)::float8 AS cost_hao FROM attempts WHERE id = $1`;

const CLAIM = `
  INSERT INTO supply_claims (supplier_id, attempt_id, kind, amount_hao, compensation_id)
  VALUES ($1, $2, 'compensation', $3, $4) ON CONFLICT DO NOTHING`;

/** What the supplier at fault owes us for it. The cost of a reversal is claimed already, as such. */
async function chargeBack(client: PoolClient, one: LockedCompensation, gift: Gift): Promise<void> {
  if (one.attemptId === null || one.supplierId === null || gift.chargeBack === 'none') return;
  const { rows } = await client.query<{ cost_hao: number }>(UNIT_COST, [one.attemptId]);
  const costHao = Math.floor(rows[0]?.cost_hao ?? 0);
  const wantedHao = gift.chargeBack === 'amount' ? gift.amountHao : costHao;
  const owedHao = one.cause === 'reversal' ? wantedHao - costHao : wantedHao;
  if (owedHao > 0) await client.query(CLAIM, [one.supplierId, one.attemptId, owedHao, one.id]);
}

/** A line in the order's story. */
export async function noteCompensation(
  client: PoolClient,
  one: Pick<LockedCompensation, 'orderId' | 'unitNo' | 'cause' | 'remark'>,
  news: {
    readonly type: 'compensation-asked' | 'compensated' | 'compensation-declined';
    readonly remedy?: CompensationRemedy | null;
    readonly amountHao?: number;
    readonly actor: Actor;
    readonly nowMs: number;
  },
): Promise<void> {
  const detail = {
    cause: one.cause,
    ...(one.unitNo > 0 ? { unitNo: one.unitNo } : {}),
    ...(news.remedy ? { remedy: news.remedy } : {}),
    ...(news.amountHao ? { amountHao: news.amountHao } : {}),
    ...(one.remark === null ? {} : { reason: one.remark }),
  };
  await client.query(
    `INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [one.orderId, news.type, news.actor.kind, news.actor.name, detail, new Date(news.nowMs)],
  );
}
