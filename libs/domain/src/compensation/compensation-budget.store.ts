import type { PoolClient } from 'pg';
import { shanghaiDate } from '../shared/business-time.js';
import type { CompensationLimits, CompensationSpending } from './compensation.js';

/** Whose budgets: everybody's of the day, and the customer's where it is known. */
export interface BudgetKey {
  readonly nowMs: number;
  readonly platformId: string;
  readonly customerNo: string | null;
}

export const EVERYBODY = 'all';
const customerScope = ({ platformId, customerNo }: BudgetKey): string =>
  `${platformId}/${customerNo ?? ''}`;

const scopesOf = (key: BudgetKey): string[] =>
  key.customerNo === null ? [EVERYBODY] : [EVERYBODY, customerScope(key)];

/** Makes the row or locks it. A limit that was lowered meanwhile stays at what is spent. */
const LOCK = `
  INSERT INTO compensation_budgets (day, scope, platform_id, customer_no, limit_hao, limit_count)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (day, scope) DO UPDATE SET
    limit_hao = greatest(EXCLUDED.limit_hao, compensation_budgets.spent_hao),
    limit_count = greatest(EXCLUDED.limit_count, CASE WHEN EXCLUDED.limit_count IS NULL THEN NULL ELSE compensation_budgets.spent_count END)
  RETURNING spent_hao, spent_count`;

/** Locks the budgets of the day, everybody's first, and tells what is spent of them. */
export async function lockBudgets(
  client: PoolClient,
  key: BudgetKey,
  limits: CompensationLimits,
): Promise<CompensationSpending> {
  const day = shanghaiDate(key.nowMs);
  const lock = async (values: readonly unknown[]): Promise<{ hao: number; count: number }> => {
    const { rows } = await client.query<{ spent_hao: string; spent_count: number }>(LOCK, [
      day,
      ...values,
    ]);
    return { hao: Number(rows[0]?.spent_hao ?? 0), count: rows[0]?.spent_count ?? 0 };
  };
  const all = await lock([EVERYBODY, null, null, limits.dailyHao, null]);
  const { platformId, customerNo } = key;
  if (customerNo === null) return { dayHao: all.hao, customerHao: 0, customerCount: 0 };
  const own = await lock([
    customerScope(key),
    platformId,
    customerNo,
    limits.customerDailyHao,
    limits.customerDailyCount,
  ]);
  return { dayHao: all.hao, customerHao: own.hao, customerCount: own.count };
}

/** Takes so much out of the locked budgets; `approved` is what a second person allowed, beside the limit. */
export async function spendBudgets(
  client: PoolClient,
  key: BudgetKey,
  given: { readonly amountHao: number; readonly isApproved: boolean },
): Promise<void> {
  const change = given.isApproved
    ? 'approved_hao = approved_hao + $3::bigint'
    : 'spent_hao = spent_hao + $3::bigint, spent_count = spent_count + 1';
  await client.query(
    `UPDATE compensation_budgets SET ${change} WHERE day = $1 AND scope = ANY($2::text[])`,
    [shanghaiDate(key.nowMs), scopesOf(key), given.amountHao],
  );
}
