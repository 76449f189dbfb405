import type { Sql } from '../database/sql.js';
import { ADAPTERS } from '../protocol/index.js';
import { MAY_STILL_DELIVER, type AttemptStatus } from './attempt-status.js';
import type { BanWindow } from './ban-window.js';
import { isSlowChargeSql } from './slow-charge-sql.js';
import type { RouteFacts } from './routing.js';
import type { RouteStatus, SupplierStatus } from './supplier-status.js';

/** Attempts that tell how a route is doing now. */
const RECENT_MAX = 40;
const RECENT_HOURS = 1;

const READ = `
  SELECT r.id, r.supplier_id, s.code AS supplier_code, s.protocol, r.supplier_product_id, r.cost_hao, r.priority, r.weight,
    r.status AS route_status, r.is_standby, s.status AS supplier_status, r.quantity_min, r.quantity_max, r.regions, r.field_names,
    s.ban_windows || r.ban_windows AS ban_windows, s.balance_hao, s.balance_floor_hao, r.supplier_stock, r.is_on_shelf,
    r.breaker_reset_at, ${isSlowChargeSql('r', 'p')} AS is_slow_charge, recent.attempts
  FROM supply_routes r JOIN suppliers s ON s.id = r.supplier_id JOIN products p ON p.id = r.product_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(a.status, floor(extract(epoch FROM a.created_at) * 1000),
      floor(extract(epoch FROM a.settled_at) * 1000)) ORDER BY a.id DESC) AS attempts
    FROM (SELECT id, status, created_at, settled_at FROM attempts WHERE route_id = r.id ORDER BY id DESC LIMIT ${RECENT_MAX}) AS a
    WHERE a.created_at > $2::timestamptz - interval '${RECENT_HOURS} hours') AS recent ON true
  WHERE r.product_id = $1`;

interface Row {
  id: string;
  supplier_id: string;
  supplier_code: string;
  protocol: string;
  supplier_product_id: string;
  cost_hao: string;
  priority: number;
  weight: number;
  route_status: RouteStatus;
  is_standby: boolean;
  supplier_status: SupplierStatus;
  quantity_min: number;
  quantity_max: number | null;
  regions: string[];
  field_names: Record<string, string>;
  ban_windows: BanWindow[];
  balance_hao: string | null;
  balance_floor_hao: string | null;
  supplier_stock: number | null;
  is_on_shelf: boolean | null;
  is_slow_charge: boolean;
  breaker_reset_at: Date | null;
  attempts: [AttemptStatus, number, number | null][] | null;
}

/** All routes of a product with what is known of each: one statement, which reads a few rows of each route's index. */
export async function readRouteFacts(
  sql: Sql,
  { productId, nowMs }: { readonly productId: string; readonly nowMs: number },
): Promise<RouteFacts[]> {
  const found = await sql.query<Row>({
    name: 'route-facts',
    text: READ,
    values: [productId, new Date(nowMs)],
  });
  return found.rows.map(factsOf);
}

function factsOf(row: Row): RouteFacts {
  const adapter = ADAPTERS[row.protocol];
  const recent = (row.attempts ?? []).map(([status, createdAtMs, settledAtMs]) => ({
    status,
    createdAtMs,
    settledAtMs,
  }));
  return {
    routeId: row.id,
    supplierId: row.supplier_id,
    supplierCode: row.supplier_code,
    supplierProductId: row.supplier_product_id,
    protocolKinds: adapter?.kinds ?? [],
    quantityMaxOfProtocol: adapter?.limits.quantityMax ?? { card: 1, 'top-up': 1 },
    costHao: Number(row.cost_hao),
    priority: row.priority,
    weight: row.weight,
    routeStatus: row.route_status,
    isStandby: row.is_standby,
    supplierStatus: row.supplier_status,
    quantityMin: row.quantity_min,
    quantityMax: row.quantity_max,
    regions: row.regions,
    fieldNames: row.field_names,
    banWindows: row.ban_windows,
    balanceHao: row.balance_hao === null ? null : Number(row.balance_hao),
    balanceFloorHao: row.balance_floor_hao === null ? null : Number(row.balance_floor_hao),
    supplierStock: row.supplier_stock,
    isOnShelf: row.is_on_shelf,
    isSlowCharge: row.is_slow_charge,
    inFlight: recent.filter(({ status }) => MAY_STILL_DELIVER[status]).length,
    recent,
    breakerResetAtMs: row.breaker_reset_at?.getTime() ?? null,
  };
}
