import type { Pool } from 'pg';
import {
  decideCompensation,
  shanghaiDate,
  type CompensationCause,
  type CompensationDecision,
  type CompensationRemedy,
  type CompensationStatus,
} from '#domain';
import { readCase, readPolicy } from '#domain/stores';

/** What the rules would give for a unit. */
export interface Proposal {
  readonly unitNo: number;
  readonly decision: CompensationDecision | null;
  /** What was decided of this unit and cause before. */
  readonly known: KnownRow | undefined;
}

export interface KnownRow {
  id: string;
  unit_no: number;
  status: CompensationStatus;
  remedy: CompensationRemedy | null;
  amount_hao: number;
}

/** What was declined may be asked for again. */
const KNOWN = `
  SELECT id, unit_no, status, remedy, amount_hao::float8 AS amount_hao FROM compensations
  WHERE order_id = $1 AND cause = $2 AND status <> 'declined'`;

const SPENT = `
  SELECT coalesce(max(spent_hao) FILTER (WHERE scope = 'all'), 0)::float8 AS "dayHao",
    coalesce(max(spent_hao) FILTER (WHERE scope = $2), 0)::float8 AS "customerHao",
    coalesce(max(spent_count) FILTER (WHERE scope = $2), 0)::int AS "customerCount"
  FROM compensation_budgets WHERE day = $1 AND scope IN ('all', $2)`;

/** Asks the rules, unit by unit, as if a person asked now; nothing is given. */
export async function proposalsOf(
  pool: Pool,
  order: { readonly id: string; readonly platform_id: string; readonly customer_no: string | null },
  asked: { readonly cause: CompensationCause; readonly unitNos: readonly number[] },
): Promise<Proposal[]> {
  const nowMs = Date.now();
  const policy = await readPolicy(pool);
  const { rows } = await pool.query<{
    dayHao: number;
    customerHao: number;
    customerCount: number;
  }>(SPENT, [shanghaiDate(nowMs), `${order.platform_id}/${order.customer_no ?? ''}`]);
  const spent = rows[0] ?? { dayHao: 0, customerHao: 0, customerCount: 0 };
  const known = await pool.query<KnownRow>(KNOWN, [order.id, asked.cause]);
  const proposals: Proposal[] = [];
  for (const unitNo of asked.unitNos) {
    const ref = { orderId: order.id, unitNo, cause: asked.cause, isAsked: true, nowMs };
    const facts = await readCase(pool, ref);
    const decision = policy
      ? decideCompensation(facts, { rules: policy.rules, limits: policy.limits, spent })
      : null;
    proposals.push({
      unitNo,
      decision,
      known: known.rows.find((one) => one.unit_no === unitNo),
    });
  }
  return proposals;
}
