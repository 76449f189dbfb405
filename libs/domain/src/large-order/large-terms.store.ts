import type { PoolClient } from 'pg';
import { orderKey, type LargeCandidate, type LargeTerms } from '../order/accept-order.js';
import { invariant } from '../shared/assert.js';
import { DAY_MS } from '../shared/business-time.js';
import { needsPrepayment } from '../risk/prepayment.js';
import { readPrepaymentFacts } from '../risk/prepayment.store.js';
import type { OverdueTerms, ReserveMode } from './large-order-phase.js';
import { largeOrderFromHao } from './threshold.js';

const AVERAGE_OF_DAYS = 30;

/** The platform's own plan, or the standard one where it has none or its own is retired. */
const READ = `
  SELECT k.merchant_order_no, p.id AS platform_id, p.large_order_from_hao AS platform_from_hao,
    c.large_order_from_hao AS customer_from_hao, -coalesce(a.floor_hao, 0) AS credit_limit_hao,
    coalesce((SELECT avg(o.amount_hao)::bigint FROM orders o
      WHERE o.customer_no = k.customer_no AND o.platform_id = p.id AND o.created_at > $4), 0) AS average_order_hao,
    d.id AS plan_id, d.prepayment_percent, d.stage_percents, d.pay_seconds, d.grace_seconds, d.deliver_seconds,
    d.accept_seconds, d.remind_seconds, d.reserve, d.on_overdue
  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS k(platform_id, merchant_order_no, customer_no)
  JOIN platforms p ON p.id = k.platform_id
  LEFT JOIN customers c ON c.platform_id = p.id AND c.customer_no = k.customer_no
  LEFT JOIN ledger_accounts a ON a.platform_id = p.id AND a.kind = 'platform-balance'
  JOIN LATERAL (SELECT * FROM delivery_plans WHERE (id = p.delivery_plan_id AND status = 'active') OR code = 'standard'
    ORDER BY (id = p.delivery_plan_id AND status = 'active') DESC NULLS LAST LIMIT 1) AS d ON true`;

interface Row {
  merchant_order_no: string;
  platform_id: string;
  platform_from_hao: string | null;
  customer_from_hao: string | null;
  credit_limit_hao: string;
  average_order_hao: string;
  plan_id: string;
  prepayment_percent: number;
  stage_percents: number[];
  pay_seconds: number;
  grace_seconds: number;
  deliver_seconds: number;
  accept_seconds: number;
  remind_seconds: number[];
  reserve: ReserveMode;
  on_overdue: OverdueTerms;
}

/** What decides whether these orders are large, by order key. Risk is asked only about those that are. */
export async function readLargeTerms(
  client: PoolClient,
  candidates: readonly LargeCandidate[],
  nowMs: number,
): Promise<Map<string, LargeTerms>> {
  const found = await client.query<Row>(READ, [
    candidates.map(({ platformId }) => platformId),
    candidates.map(({ merchantOrderNo }) => merchantOrderNo),
    candidates.map(({ customerNo }) => customerNo),
    new Date(nowMs - AVERAGE_OF_DAYS * DAY_MS),
  ]);
  invariant(found.rows.length === candidates.length, 'there is a standard plan of delivery');
  const byKey = new Map(
    found.rows.map((row) => [orderKey(row.platform_id, row.merchant_order_no), termsOf(row)]),
  );
  const terms = new Map<string, LargeTerms>();
  for (const candidate of candidates) {
    const key = orderKey(candidate.platformId, candidate.merchantOrderNo);
    const rule = byKey.get(key);
    if (!rule || candidate.amountHao < largeOrderFromHao(rule)) continue;
    const risk = needsPrepayment(await readPrepaymentFacts(client, { ...candidate, nowMs }));
    terms.set(key, { ...rule, needsPrepayment: risk.isNeeded });
  }
  return terms;
}

const amountOf = (hao: string | null): number | null => (hao === null ? null : Number(hao));

function termsOf(row: Row): Omit<LargeTerms, 'needsPrepayment'> {
  return {
    customerFromHao: amountOf(row.customer_from_hao),
    platformFromHao: amountOf(row.platform_from_hao),
    averageOrderHao: Number(row.average_order_hao),
    creditLimitHao: Number(row.credit_limit_hao),
    plan: {
      planId: row.plan_id,
      prepaymentPercent: row.prepayment_percent,
      stagePercents: row.stage_percents,
      paySeconds: row.pay_seconds,
      graceSeconds: row.grace_seconds,
      deliverSeconds: row.deliver_seconds,
      acceptSeconds: row.accept_seconds,
      remindSeconds: [...row.remind_seconds].sort((a, b) => a - b),
      reserve: row.reserve,
      onOverdue: row.on_overdue,
    },
  };
}
