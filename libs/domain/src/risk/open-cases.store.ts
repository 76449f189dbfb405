import type { PoolClient } from 'pg';
import type { HoldReason } from './hold.js';

/** A held order as it was just written. */
export interface HeldOrder {
  readonly id: string;
  readonly hold: HoldReason | null;
  readonly amountHao: number;
  readonly platformId: string;
  readonly customerNo: string | null;
}

/** Whoever asked for the watch is not the one who may decide; a rule's watch is nobody's. */
const OPEN_CASES = `
  INSERT INTO risk_cases (order_id, platform_id, customer_no, amount_hao, hold_reason, watch_id, raised_by, opened_at, due_at)
  SELECT r.order_id, r.platform_id, r.customer_no, r.amount_hao, r.hold_reason, w.id, coalesce(w.raised_by, 'system'), $1,
    $1::timestamptz + (p.params ->> 'holdHours')::int * interval '1 hour'
  FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::bigint[], $6::text[])
    AS r(order_id, platform_id, customer_no, amount_hao, hold_reason)
  JOIN risk_rules p ON p.kind = 'hold-policy' AND p.is_current
  LEFT JOIN risk_watches w ON w.platform_id = r.platform_id AND w.ended_at IS NULL AND w.subject =
    CASE r.hold_reason WHEN 'watched-platform' THEN '' WHEN 'watched-customer' THEN r.customer_no END
  RETURNING order_id`;

/** Opens a case for each held order, in the transaction that accepts it: neither exists without the other. */
export async function openCases(
  client: PoolClient,
  held: readonly HeldOrder[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'open-risk-cases',
    text: `WITH opened AS (${OPEN_CASES}) SELECT 1 / (count(*) = cardinality($2::bigint[]))::int AS all_opened FROM opened`,
    values: [
      new Date(nowMs),
      held.map(({ id }) => id),
      held.map(({ platformId }) => platformId),
      held.map(({ customerNo }) => customerNo),
      held.map(({ amountHao }) => amountHao),
      held.map(({ hold }) => hold),
    ],
  });
}
