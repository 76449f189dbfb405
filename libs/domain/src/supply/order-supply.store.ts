import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import type { ProductKind } from '../catalog/product-kind.js';
import type { OrderStatus } from '../order/order-status.js';
import { DomainError } from '../shared/domain-error.js';
import type { RefusalClass } from './attempt-outcome.js';
import type { AttemptStatus } from './attempt-status.js';
import { supplyKindOf, type OrderAttempt, type OrderSupply } from './order-supply.js';
import type { SupplyStrategy } from './supplier-status.js';

const READ_ORDER = `
  SELECT o.id, o.status, o.version, o.product_id, o.account,
    CASE WHEN o.origin_order_id IS NULL THEN o.unit_price_hao
      ELSE (SELECT w.unit_price_hao FROM orders w WHERE w.id = o.origin_order_id) END AS unit_price_hao,
    o.deadline_at, o.cancel_asked_at,
    coalesce(o.released_quantity, o.quantity) - o.delivered_quantity - o.sourcing_quantity AS free_units, o.supply_round, p.kind, p.supply_strategy,
    p.may_sell_at_loss, p.account_fields <> '[]'::jsonb AS has_account_fields,
    EXISTS (SELECT 1 FROM supply_routes r WHERE r.product_id = o.product_id) AS has_routes
  FROM orders o JOIN products p ON p.id = o.product_id WHERE o.id = $1 FOR UPDATE OF o`;

const READ_ATTEMPTS = `
  SELECT a.id, a.attempt_no, s.code AS supplier_code, a.route_id, a.status, a.may_send, a.next_query_at, a.person_reason,
    a.refusal_class, a.round
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id WHERE a.order_id = $1 ORDER BY a.id`;

interface OrderRow {
  id: string;
  status: OrderStatus;
  version: number;
  product_id: string;
  unit_price_hao: string;
  account: Record<string, string> | null;
  deadline_at: Date | null;
  cancel_asked_at: Date | null;
  free_units: number;
  supply_round: number;
  kind: ProductKind;
  supply_strategy: SupplyStrategy;
  may_sell_at_loss: boolean;
  has_account_fields: boolean;
  has_routes: boolean;
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
  refusal_class: RefusalClass | null;
  round: number;
}

/** Locks the order and reads all that decides its next step. The caller holds the product's lock. */
export async function readOrderSupply(client: PoolClient, orderId: string): Promise<OrderSupply> {
  const [orders, attempts] = await settled([
    client.query<OrderRow>(READ_ORDER, [orderId]),
    client.query<AttemptRow>(READ_ATTEMPTS, [orderId]),
  ]);
  const row = orders.rows[0];
  if (!row) throw new DomainError('order.not-found', { orderId });
  return {
    orderId,
    status: row.status,
    version: row.version,
    productId: row.product_id,
    kind: supplyKindOf(row.kind, row.has_account_fields),
    strategy: row.supply_strategy,
    maySellAtLoss: row.may_sell_at_loss,
    unitPriceHao: Number(row.unit_price_hao),
    account: row.account ?? {},
    deadlineAtMs: row.deadline_at?.getTime() ?? null,
    isCancelAsked: row.cancel_asked_at !== null,
    freeUnits: row.free_units,
    round: row.supply_round,
    hasRoutes: row.has_routes,
    attempts: attempts.rows.map(attemptOf),
  };
}

function attemptOf(row: AttemptRow): OrderAttempt {
  return {
    attemptId: row.id,
    attemptNo: row.attempt_no,
    supplierCode: row.supplier_code,
    routeId: row.route_id,
    status: row.status,
    maySend: row.may_send,
    nextQueryAtMs: row.next_query_at?.getTime() ?? null,
    isUndecided: row.person_reason !== null,
    refusal: row.refusal_class,
    round: row.round,
  };
}
