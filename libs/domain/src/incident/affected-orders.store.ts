import type { Sql } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { type AffectedFilter, AFFECTED_ORDERS_MAX, filterFault } from './affected-filter.js';
import { type IncidentTerms, incidentGift } from './incident-gift.js';

/** An order that the incident has affected, as its compensation needs it. */
export interface AffectedRow {
  readonly orderId: string;
  readonly orderNo: string;
  readonly platformCode: string;
  readonly productCode: string;
  readonly deliveredQuantity: number;
  readonly keptHao: number;
  readonly compensatedHao: number;
}

/**
 * Orders that have ended; a free replacement stands for the order that it replaces. Those that this incident has
 * compensated are left out: asked for again, nobody gets it twice.
 */
const AFFECTED = `
  FROM orders o JOIN platforms f ON f.id = o.platform_id
  WHERE o.id >= $1::bigint AND o.created_at >= $2 AND o.created_at < $3 AND o.status = ANY($4::text[])
    AND o.origin_kind IS DISTINCT FROM 'replacement'
    AND (cardinality($5::text[]) = 0 OR o.product_code = ANY($5::text[]))
    AND (cardinality($6::text[]) = 0 OR f.code = ANY($6::text[]))
    AND (cardinality($7::text[]) = 0 OR EXISTS (SELECT 1 FROM attempts a JOIN suppliers s ON s.id = a.supplier_id
      WHERE a.order_id = o.id AND s.code = ANY($7::text[])))
    AND NOT EXISTS (SELECT 1 FROM incident_compensation_lines l JOIN incident_compensations c ON c.id = l.compensation_id
      WHERE l.order_id = o.id AND c.incident_id = $8::bigint AND l.status <> 'skipped')`;

const LIST = `
  SELECT o.id AS "orderId", o.order_no AS "orderNo", f.code AS "platformCode", o.product_code AS "productCode",
    o.delivered_quantity AS "deliveredQuantity", (o.amount_hao - o.refunded_hao)::float8 AS "keptHao",
    coalesce((SELECT sum(c.amount_hao) FROM compensations c WHERE c.root_order_id = o.id AND c.status IN ('replacing', 'done')), 0)::float8
      AS "compensatedHao"
  ${AFFECTED} ORDER BY o.id LIMIT ${AFFECTED_ORDERS_MAX + 1}`;

/** Throws `incident.bad-period` where the filter is too wide, `incident.too-many-orders`. */
export async function readAffectedOrders(
  sql: Sql,
  incidentId: string,
  filter: AffectedFilter,
): Promise<readonly AffectedRow[]> {
  if (filterFault(filter) !== undefined) throw new DomainError('incident.bad-period');
  const from = new Date(filter.fromMs);
  const firstId = await firstOrderIdSince(sql, from);
  const { rows } = await sql.query<AffectedRow & { [column: string]: unknown }>({
    text: LIST,
    values: [
      firstId,
      from,
      new Date(filter.toMs),
      filter.statuses,
      filter.productCodes,
      filter.platformCodes,
      filter.supplierCodes,
      incidentId,
    ],
  });
  if (rows.length > AFFECTED_ORDERS_MAX)
    throw new DomainError('incident.too-many-orders', { max: AFFECTED_ORDERS_MAX });
  return rows;
}

/** What a compensation would do, before anything happens. */
export interface AffectedPreview {
  readonly orderCount: number;
  readonly giftCount: number;
  readonly costHao: number;
  readonly byPlatform: readonly {
    readonly code: string;
    readonly orders: number;
    readonly costHao: number;
  }[];
  /** The first of them. */
  readonly sample: readonly (AffectedRow & { readonly amountHao: number })[];
}

const SAMPLE = 20;

/** Counts it up without writing anything. */
export async function previewAffected(
  sql: Sql,
  incidentId: string,
  { filter, terms }: { readonly filter: AffectedFilter; readonly terms: IncidentTerms },
): Promise<AffectedPreview> {
  const rows = await readAffectedOrders(sql, incidentId, filter);
  const gifts = rows.map((row) => ({
    ...row,
    amountHao: incidentGift(terms, row).amountHao,
    gift: incidentGift(terms, row),
  }));
  const sums = new Map<string, { orders: number; costHao: number }>();
  for (const { platformCode, amountHao } of gifts) {
    const before = sums.get(platformCode) ?? { orders: 0, costHao: 0 };
    sums.set(platformCode, {
      orders: before.orders + 1,
      costHao: before.costHao + amountHao,
    });
  }
  return {
    orderCount: rows.length,
    giftCount: gifts.filter(({ gift }) => gift.skipReason === null).length,
    costHao: gifts.reduce((sum, { amountHao }) => sum + amountHao, 0),
    byPlatform: [...sums]
      .map(([code, sum]) => ({ code, ...sum }))
      .sort((a, b) => b.costHao - a.costHao || a.code.localeCompare(b.code)),
    sample: gifts.slice(0, SAMPLE),
  };
}
