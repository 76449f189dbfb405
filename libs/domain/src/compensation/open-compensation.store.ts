import type { PoolClient } from 'pg';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import type { CompensationCause } from './compensation-kind.js';

/** Failures that are ours: nobody else could have helped them. */
export const OUR_FAIL_CODES_SQL = `('out-of-stock', 'supply-failed')`;

/** An active rule that promises this by itself. */
const isPromised = (cause: CompensationCause, at: string): string => `EXISTS (
      SELECT 1 FROM compensation_policies p JOIN compensation_rules r ON r.policy_id = p.id
      WHERE p.status = 'active' AND r.is_active AND r.is_automatic AND r.cause = '${cause}'
        AND (r.product_id IS NULL OR r.product_id = o.product_id)
        AND (r.platform_id IS NULL OR r.platform_id = o.platform_id)
        AND extract(epoch FROM ${at}::timestamptz - o.created_at) >= r.age_min_seconds)`;

/**
 * SQL of two parts of a WITH: for every order of `source` (id) that has just ended, the compensation that the rules
 * promise for `cause`, and the outbox row that makes the worker decide and give it. Only what something was paid for.
 */
export function promisedCompensationsSql(parts: {
  readonly source: string;
  readonly at: string;
  readonly cause: 'late' | 'not-delivered';
}): string {
  const { source, at, cause } = parts;
  return `promised AS (
    INSERT INTO compensations (order_id, root_order_id, platform_id, product_id, customer_no, cause, fault, source, created_at)
    SELECT o.id, o.id, o.platform_id, o.product_id, o.customer_no, '${cause}', 'ours', 'automatic', ${at}
    FROM ${source} e JOIN orders o ON o.id = e.id
    WHERE o.origin_order_id IS NULL AND o.amount_hao > 0 ${cause === 'late' ? '' : 'AND o.delivered_quantity > 0'}
      AND ${isPromised(cause, at)}
    ON CONFLICT DO NOTHING RETURNING id
  ), promised_rows AS (
    INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'compensate', id::text, ${at} FROM promised
  )`;
}

/**
 * SQL of one part of a WITH: what the orders of `source` (id) lack is ordered again later, where their platform asked for
 * it and the failure was ours.
 */
export function reordersSql(parts: {
  readonly source: string;
  readonly at: string;
  readonly failCode: string;
}): string {
  const { source, at, failCode } = parts;
  return `reorders AS (
    INSERT INTO outbox_messages (kind, subject, not_before)
    SELECT 're-order', coalesce(o.origin_order_id, o.id)::text, ${at}::timestamptz + p.reorder_after_seconds * interval '1 second'
    FROM ${source} e JOIN orders o ON o.id = e.id JOIN platforms p ON p.id = o.platform_id
    WHERE p.reorder_times > 0 AND o.origin_kind IS DISTINCT FROM 'replacement' AND ${failCode} IN ${OUR_FAIL_CODES_SQL}
  )`;
}

/** Each unit that the attempt had delivered; the unit of a replacement counts against the order that was paid. */
const OPEN_REVERSAL = `
  WITH opened AS (
    INSERT INTO compensations (order_id, root_order_id, unit_no, platform_id, product_id, customer_no, cause, fault, source,
      attempt_id, supplier_id, created_at)
    SELECT o.id, CASE WHEN o.origin_kind = 'replacement' THEN o.origin_order_id ELSE o.id END, d.unit_no, o.platform_id,
      o.product_id, o.customer_no, 'reversal', 'supplier', 'automatic', $2, $3, $4
    FROM orders o JOIN deliveries d ON d.unit_id BETWEEN o.id * ${UNIT_KEY_FACTOR} AND o.id * ${UNIT_KEY_FACTOR} + ${UNIT_KEY_FACTOR - 1}
    WHERE o.id = $1 AND d.attempt_id = $2
    ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'compensate', id::text, $4 FROM opened`;

/** A supplier has taken back what it had delivered: each unit of it wants a remedy, decided by the worker. */
export async function openReversals(
  client: PoolClient,
  attempt: { readonly id: string; readonly orderId: string | null; readonly supplierId: string },
  nowMs: number,
): Promise<void> {
  if (attempt.orderId === null) return;
  await client.query(OPEN_REVERSAL, [
    attempt.orderId,
    attempt.id,
    attempt.supplierId,
    new Date(nowMs),
  ]);
}
