import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import { LOCK_PRODUCTS } from '../inventory/product-lock.store.js';
import { DomainError } from '../shared/domain-error.js';
import { shanghaiDate } from '../shared/business-time.js';
import { OPEN_ATTEMPTS_SQL, type AttemptStatus } from '../supply/attempt-status.js';
import type { OrderAttempt } from '../supply/order-supply.js';
import type { SupplyStrategy } from '../supply/supplier-status.js';
import {
  budgetPeriods,
  committedHao,
  type Budgets,
  type StockAttempt,
} from './replenishment-rules.js';
import type { ReplenishmentStatus } from './replenishment-status.js';

/** A replenishment under its lock, with all that decides its next step. */
export interface OpenReplenishment {
  readonly replenishmentId: string;
  readonly status: ReplenishmentStatus;
  readonly productId: string;
  readonly strategy: SupplyStrategy;
  readonly maySellAtLoss: boolean;
  /** What one piece is sold for at least; null where it has no price. */
  readonly salePriceHao: number | null;
  readonly quantity: number;
  readonly stockTarget: number | null;
  /** Counted no further than the target. */
  readonly available: number;
  readonly lotSize: number;
  readonly maxCostHao: number;
  readonly round: number;
  readonly isCancelAsked: boolean;
  readonly deadlineAtMs: number;
  readonly attempts: readonly (OrderAttempt & StockAttempt)[];
  readonly budgets: Budgets;
}

const PRODUCT = `
  SELECT p.code FROM replenishments r JOIN products p ON p.id = r.product_id WHERE r.id = $1`;

const READ = `
  SELECT r.id, r.status, r.product_id, r.quantity, r.stock_target, r.lot_size, r.max_cost_hao, r.budget_hao, r.round,
    r.cancel_asked_at IS NOT NULL AS is_cancel_asked, r.deadline_at, p.supply_strategy, p.may_sell_at_loss,
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = r.product_id AND s.expires_on >= $2::date
       LIMIT coalesce(r.stock_target, 0)) AS counted) AS available,
    (SELECT min(l.unit_price_hao) FROM prices l WHERE l.product_id = p.id AND l.valid_from <= $3
       AND (l.valid_to IS NULL OR l.valid_to > $3)) AS sale_price_hao,
    rule.day_budget_hao, rule.month_budget_hao
  FROM replenishments r JOIN products p ON p.id = r.product_id LEFT JOIN replenishment_rules rule ON rule.product_id = p.id
  WHERE r.id = $1 FOR UPDATE OF r`;

const ATTEMPTS = `
  SELECT a.id, a.attempt_no, s.code AS supplier_code, a.route_id, a.status, a.may_send, a.next_query_at, a.person_reason,
    a.round, a.quantity, a.cost_hao, a.paid_hao, a.delivered_count + a.surplus_count AS received_count
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id WHERE a.replenishment_id = $1 ORDER BY a.id`;

/** What was bought for the product's stock today and this month, by all its replenishments. */
const SPENT = `
  SELECT coalesce(sum(x.hao) FILTER (WHERE x.created_at >= $2), 0) AS day, coalesce(sum(x.hao), 0) AS month
  FROM (SELECT a.created_at,
      CASE WHEN a.status IN ${OPEN_ATTEMPTS_SQL} THEN a.cost_hao * a.quantity ELSE coalesce(a.paid_hao, 0) END AS hao
    FROM replenishments r JOIN attempts a ON a.replenishment_id = r.id
    WHERE r.product_id = (SELECT product_id FROM replenishments WHERE id = $1) AND r.deadline_at >= $3 AND a.created_at >= $3) AS x`;

interface Row {
  id: string;
  status: ReplenishmentStatus;
  product_id: string;
  quantity: number;
  stock_target: number | null;
  lot_size: number;
  max_cost_hao: string;
  budget_hao: string;
  round: number;
  is_cancel_asked: boolean;
  deadline_at: Date;
  supply_strategy: SupplyStrategy;
  may_sell_at_loss: boolean;
  available: number;
  sale_price_hao: string | null;
  day_budget_hao: string | null;
  month_budget_hao: string | null;
}

interface AttemptRow {
  id: string;
  attempt_no: string;
  supplier_code: string;
  route_id: string;
  status: AttemptStatus;
  may_send: boolean;
  next_query_at: Date | null;
  person_reason: string | null;
  round: number;
  quantity: number;
  cost_hao: string;
  paid_hao: string | null;
  received_count: number;
}

const amount = (hao: string | null): number | null => (hao === null ? null : Number(hao));

/** Locks the product, then the replenishment, and reads what its next step hangs on. Throws `replenishment.not-found`. */
export async function lockReplenishment(
  client: PoolClient,
  replenishmentId: string,
  nowMs: number,
): Promise<OpenReplenishment> {
  const { rows } = await client.query<{ code: string }>(PRODUCT, [replenishmentId]);
  const code = rows[0]?.code;
  if (code === undefined) throw new DomainError('replenishment.not-found');
  const { dayMs, monthMs } = budgetPeriods(nowMs);
  const now = new Date(nowMs);
  const [, found, attempts, spent] = await settled([
    client.query(LOCK_PRODUCTS, [[code]]),
    client.query<Row>(READ, [replenishmentId, shanghaiDate(nowMs), now]),
    client.query<AttemptRow>(ATTEMPTS, [replenishmentId]),
    client.query<{ day: string; month: string }>(SPENT, [
      replenishmentId,
      new Date(dayMs),
      new Date(monthMs),
    ]),
  ]);
  const row = found.rows[0];
  if (!row) throw new DomainError('replenishment.not-found');
  const made = attempts.rows.map(attemptOf);
  return {
    replenishmentId: row.id,
    status: row.status,
    productId: row.product_id,
    strategy: row.supply_strategy,
    maySellAtLoss: row.may_sell_at_loss,
    salePriceHao: amount(row.sale_price_hao),
    quantity: row.quantity,
    stockTarget: row.stock_target,
    available: row.available,
    lotSize: row.lot_size,
    maxCostHao: Number(row.max_cost_hao),
    round: row.round,
    isCancelAsked: row.is_cancel_asked,
    deadlineAtMs: row.deadline_at.getTime(),
    attempts: made,
    budgets: {
      budgetHao: Number(row.budget_hao),
      committedHao: committedHao(made),
      dayBudgetHao: amount(row.day_budget_hao),
      dayCommittedHao: Number(spent.rows[0]?.day ?? 0),
      monthBudgetHao: amount(row.month_budget_hao),
      monthCommittedHao: Number(spent.rows[0]?.month ?? 0),
    },
  };
}

function attemptOf(row: AttemptRow): OrderAttempt & StockAttempt {
  return {
    attemptId: row.id,
    attemptNo: row.attempt_no,
    supplierCode: row.supplier_code,
    routeId: row.route_id,
    status: row.status,
    maySend: row.may_send,
    nextQueryAtMs: row.next_query_at?.getTime() ?? null,
    isUndecided: row.person_reason !== null,
    // Whatever one source says of itself, another may sell: a refusal ends no purchase of stock.
    refusal: null,
    round: row.round,
    quantity: row.quantity,
    costHao: Number(row.cost_hao),
    paidHao: amount(row.paid_hao),
    receivedCount: row.received_count,
  };
}
