import type { Sql } from '../database/sql.js';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { DAY_MS, shanghaiDate } from '../shared/business-time.js';
import { OPEN_REPLENISHMENTS_SQL } from '../replenishment/replenishment-status.js';
import { expectedTotal, missingForPeak, type PeakSupply, type PeakUplift } from './peak-plan.js';

/** Platforms share a peak as they shared the orders of so many days. */
const SHARE_DAYS = 28;
/** Counted no further: more suffices for any peak. */
const STOCK_COUNT_MAX = 200_000;

/** A product of a plan, with what is needed and what there is. */
export interface PeakNeed extends PeakUplift, PeakSupply {
  readonly lineId: string;
  readonly productId: string;
  readonly productCode: string;
  readonly productName: string;
  readonly expected: number;
  readonly missing: number;
}

export interface PeakPlanView {
  readonly planId: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly leadDays: number;
  readonly isActive: boolean;
  readonly lines: readonly PeakNeed[];
}

const PLAN = `
  SELECT id, name, starts_on::text AS starts_on, ends_on::text AS ends_on, lead_days, is_active FROM peak_plans WHERE id = $1`;

const LINES = `
  SELECT l.id, l.product_id, p.code, p.name, l.factor, l.quantity, l.base_per_day,
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = p.id AND s.expires_on >= $2::date
       LIMIT ${STOCK_COUNT_MAX}) AS counted) AS in_stock,
    (SELECT coalesce(sum(o.quantity - o.delivered_quantity), 0)::int FROM orders o
      WHERE o.product_id = p.id AND o.status IN ('accepted', 'processing') AND o.sourcing_quantity = 0) AS reserved,
    (SELECT coalesce(sum(greatest(0, r.quantity - r.received_quantity)), 0)::int FROM replenishments r
      WHERE r.product_id = p.id AND r.status IN ${OPEN_REPLENISHMENTS_SQL}) AS on_order,
    (SELECT coalesce(sum(c.confirmed_quantity), 0)::int FROM capacity_requests c
      WHERE c.line_id = l.id AND c.status = 'confirmed') AS confirmed
  FROM peak_lines l JOIN products p ON p.id = l.product_id WHERE l.plan_id = $1 ORDER BY p.code`;

interface PlanRow {
  id: string;
  name: string;
  starts_on: string;
  ends_on: string;
  lead_days: number;
  is_active: boolean;
}

interface LineRow {
  id: string;
  product_id: string;
  code: string;
  name: string;
  factor: number | null;
  quantity: number | null;
  base_per_day: number;
  in_stock: number;
  reserved: number;
  on_order: number;
  confirmed: number;
}

/** A plan with what each of its products needs and has; undefined where there is none. */
export async function readPeakPlan(
  sql: Sql,
  { planId, nowMs }: { readonly planId: string; readonly nowMs: number },
): Promise<PeakPlanView | undefined> {
  const plans = await sql.query<PlanRow>({ text: PLAN, values: [planId] });
  const plan = plans.rows[0];
  if (!plan) return undefined;
  const lines = await sql.query<LineRow>({ text: LINES, values: [planId, shanghaiDate(nowMs)] });
  return {
    planId: plan.id,
    name: plan.name,
    startsOn: plan.starts_on,
    endsOn: plan.ends_on,
    leadDays: plan.lead_days,
    isActive: plan.is_active,
    lines: lines.rows.map((row) => needOf(plan, row)),
  };
}

function needOf(plan: PlanRow, row: LineRow): PeakNeed {
  const uplift: PeakUplift = {
    startsOn: plan.starts_on,
    endsOn: plan.ends_on,
    factor: row.factor,
    quantity: row.quantity,
    basePerDay: row.base_per_day,
  };
  const supply: PeakSupply = {
    inStock: row.in_stock,
    reserved: row.reserved,
    onOrder: row.on_order,
    confirmed: row.confirmed,
  };
  const expected = expectedTotal(uplift);
  return {
    ...uplift,
    ...supply,
    lineId: row.id,
    productId: row.product_id,
    productCode: row.code,
    productName: row.name,
    expected,
    missing: missingForPeak(expected, supply),
  };
}

/** The plan that is going on or comes next; undefined where none does. */
export async function nextPeakPlanId(sql: Sql, nowMs: number): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>({
    text: 'SELECT id FROM peak_plans WHERE is_active AND ends_on >= $1::date ORDER BY starts_on LIMIT 1',
    values: [shanghaiDate(nowMs)],
  });
  return rows[0]?.id;
}

/** How much of a product a platform ordered lately. */
export interface PlatformDemand {
  readonly platformId: string;
  readonly productId: string;
  readonly quantity: number;
}

const DEMAND = `
  SELECT o.platform_id, o.product_id, sum(o.quantity)::int AS quantity FROM orders o
  WHERE o.id >= $1::bigint AND o.created_at > $2 AND o.status <> 'cancelled' AND o.product_id = ANY($3::uuid[])
  GROUP BY 1, 2`;

/** What the platforms ordered of these products lately. */
export async function readPlatformDemand(
  sql: Sql,
  { productIds, nowMs }: { readonly productIds: readonly string[]; readonly nowMs: number },
): Promise<readonly PlatformDemand[]> {
  const since = new Date(nowMs - SHARE_DAYS * DAY_MS);
  const firstId = await firstOrderIdSince(sql, since);
  const { rows } = await sql.query<{ platform_id: string; product_id: string; quantity: number }>({
    text: DEMAND,
    values: [firstId, since, productIds],
  });
  return rows.map((row) => ({
    platformId: row.platform_id,
    productId: row.product_id,
    quantity: row.quantity,
  }));
}
