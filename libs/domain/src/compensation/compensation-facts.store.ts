import type { PoolClient } from 'pg';
import type { Sql } from '../database/sql.js';
import type { OrderStatus } from '../order/order-status.js';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import { DomainError } from '../shared/domain-error.js';
import { lineAmountHao } from '../shared/money.js';
import { SECOND_MS } from '../shared/business-time.js';
import type {
  CompensationCase,
  CompensationLimits,
  CompensationRuleFacts,
} from './compensation.js';
import type {
  CompensationCause,
  CompensationReason,
  CompensationRemedy,
  CompensationSource,
  CompensationStatus,
  PolicyStatus,
} from './compensation-kind.js';

/** A policy with its rules, as decisions need it. */
export interface PolicyFacts {
  readonly id: string;
  readonly policyNo: number;
  readonly status: PolicyStatus;
  readonly limits: CompensationLimits;
  readonly rules: readonly CompensationRuleFacts[];
}

const POLICY = `
  SELECT p.id, p.policy_no, p.status, p.automatic_max_hao, p.customer_daily_count, p.customer_daily_hao, p.daily_hao,
    coalesce((SELECT json_agg(json_build_object('id', r.id, 'lineNo', r.line_no, 'isActive', r.is_active, 'cause', r.cause,
      'productId', r.product_id, 'platformId', r.platform_id, 'tier', r.tier, 'ageMinSeconds', r.age_min_seconds,
      'ageMaxSeconds', r.age_max_seconds, 'amountMaxHao', r.amount_max_hao, 'remedy', r.remedy, 'basis', r.basis,
      'percent', r.percent, 'fixedHao', r.fixed_hao, 'isAutomatic', r.is_automatic, 'chargeBack', r.charge_back)
      ORDER BY r.line_no) FROM compensation_rules r WHERE r.policy_id = p.id), '[]'::json) AS rules
  FROM compensation_policies p`;

interface PolicyRow {
  id: string;
  policy_no: number;
  status: PolicyStatus;
  automatic_max_hao: string;
  customer_daily_count: number;
  customer_daily_hao: string;
  daily_hao: string;
  rules: CompensationRuleFacts[];
}

/** The policy that is in force, or the one named. */
export async function readPolicy(sql: Sql, policyId?: string): Promise<PolicyFacts | undefined> {
  const { rows } = await sql.query<PolicyRow>(
    policyId === undefined
      ? { name: 'active-policy', text: `${POLICY} WHERE p.status = 'active'` }
      : { name: 'policy', text: `${POLICY} WHERE p.id = $1`, values: [policyId] },
  );
  const row = rows[0];
  return (
    row && {
      id: row.id,
      policyNo: row.policy_no,
      status: row.status,
      rules: row.rules,
      limits: {
        automaticMaxHao: Number(row.automatic_max_hao),
        customerDailyCount: row.customer_daily_count,
        customerDailyHao: Number(row.customer_daily_hao),
        dailyHao: Number(row.daily_hao),
      },
    }
  );
}

/** A compensation with the orders that it is about, under their locks. */
export interface LockedCompensation {
  readonly id: string;
  readonly orderId: string;
  readonly rootOrderId: string;
  readonly unitNo: number;
  readonly platformId: string;
  readonly productId: string;
  readonly customerNo: string | null;
  readonly cause: CompensationCause;
  readonly source: CompensationSource;
  readonly status: CompensationStatus;
  readonly remedy: CompensationRemedy | null;
  readonly amountHao: number;
  readonly reasons: readonly CompensationReason[];
  readonly askedBy: string | null;
  readonly remark: string | null;
  readonly attemptId: string | null;
  readonly supplierId: string | null;
  readonly policyId: string | null;
  readonly ruleId: string | null;
  readonly replacementOrderId: string | null;
}

const COLUMNS = `id, order_id AS "orderId", root_order_id AS "rootOrderId", unit_no AS "unitNo", platform_id AS "platformId",
  product_id AS "productId", customer_no AS "customerNo", cause, source, status, remedy, amount_hao::float8 AS "amountHao", reasons,
  asked_by AS "askedBy", remark, attempt_id AS "attemptId", supplier_id AS "supplierId", policy_id AS "policyId", rule_id AS "ruleId",
  replacement_order_id AS "replacementOrderId"`;

const LOCK_ORDERS = `
  SELECT o.id FROM orders o WHERE o.id IN (SELECT unnest(ARRAY[order_id, root_order_id]) FROM compensations WHERE id = $1)
  ORDER BY o.id FOR UPDATE`;

/** Locks the orders first, as all scripts do, then the compensation. Throws `compensation.not-found`. */
export async function lockCompensation(
  client: PoolClient,
  compensationId: string,
): Promise<LockedCompensation> {
  await client.query(LOCK_ORDERS, [compensationId]);
  const { rows } = await client.query<LockedCompensation>(
    `SELECT ${COLUMNS} FROM compensations WHERE id = $1 FOR UPDATE`,
    [compensationId],
  );
  const row = rows[0];
  if (!row) throw new DomainError('compensation.not-found');
  return row;
}

/** What the case is about. */
export interface CaseRef {
  readonly orderId: string;
  readonly unitNo: number;
  readonly cause: CompensationCause;
  readonly isAsked: boolean;
  readonly nowMs: number;
}

const CASE = `
  SELECT o.platform_id, o.product_id, o.status, o.created_at, o.updated_at, r.amount_hao::float8 AS amount_hao,
    r.refunded_hao::float8 AS refunded_hao, r.unit_price_hao::float8 AS unit_price_hao, p.status = 'retired' AS is_retired,
    EXISTS (SELECT 1 FROM deliveries d WHERE d.unit_id = o.id * ${UNIT_KEY_FACTOR} + $2::int AND d.order_id = o.id) AS is_delivered,
    coalesce((SELECT sum(c.amount_hao) FROM compensations c WHERE c.root_order_id = r.id AND c.status IN ('replacing', 'done')
      AND c.replacement_order_id IS DISTINCT FROM o.id), 0)::float8 AS compensated_hao
  FROM orders o JOIN orders r ON r.id = CASE WHEN o.origin_kind = 'replacement' THEN o.origin_order_id ELSE o.id END
    JOIN products p ON p.id = o.product_id
  WHERE o.id = $1`;

interface CaseRow {
  platform_id: string;
  product_id: string;
  status: OrderStatus;
  created_at: Date;
  updated_at: Date;
  amount_hao: number;
  refunded_hao: number;
  unit_price_hao: number;
  is_retired: boolean;
  is_delivered: boolean;
  compensated_hao: number;
}

/**
 * What decides of the case. A replacement that is bad, too, is judged by the order that was paid, as if it had not been
 * given. Throws `order.not-found`.
 */
export async function readCase(sql: Sql, ref: CaseRef): Promise<CompensationCase> {
  const { rows } = await sql.query<CaseRow>({
    name: 'compensation-case',
    text: CASE,
    values: [ref.orderId, ref.unitNo],
  });
  const row = rows[0];
  if (!row) throw new DomainError('order.not-found', { orderId: ref.orderId });
  const keptHao = row.amount_hao - row.refunded_hao;
  const untilMs = ref.cause === 'late' ? row.updated_at.getTime() : ref.nowMs;
  const ageSeconds = Math.floor((untilMs - row.created_at.getTime()) / SECOND_MS);
  return {
    cause: ref.cause,
    productId: row.product_id,
    platformId: row.platform_id,
    tier: 'standard',
    ageSeconds: Math.max(0, ageSeconds),
    valueHao: ref.unitNo > 0 ? lineAmountHao(row.unit_price_hao, 1) : keptHao,
    leftHao: keptHao - row.compensated_hao,
    canReplace: ref.unitNo > 0 && row.is_delivered && !row.is_retired,
    isAsked: ref.isAsked,
  };
}
