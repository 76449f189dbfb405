import type { DoctorCheck } from './check.js';

export const COMPENSATION_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'compensation-has-what-it-gave',
    looked: `compensations WHERE status IN ('replacing', 'done', 'superseded')`,
    violations: `
      SELECT format('compensation %s of order %s is %s: %s over %s hao, the ledger says %s', c.id, c.order_id, c.status,
        coalesce(c.remedy, 'nothing'), c.amount_hao, coalesce(l.paid_hao, 0)) AS example
      FROM compensations c
      LEFT JOIN (SELECT e.idempotency_key, -sum(p.amount_hao) AS paid_hao
        FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id JOIN ledger_accounts a ON a.id = p.account_id
        WHERE e.kind = 'compensation' AND a.kind = 'platform-balance' GROUP BY e.idempotency_key) l
        ON l.idempotency_key = 'compensation:' || c.id
      WHERE (c.status IN ('replacing', 'done', 'superseded') AND c.amount_hao <= 0)
        OR (c.status = 'done' AND c.remedy IS NULL)
        OR (c.remedy IN ('refund', 'credit') AND c.status IN ('done', 'superseded') AND coalesce(l.paid_hao, 0) <> c.amount_hao)
        OR (c.remedy = 'replace' AND c.status IN ('replacing', 'done', 'superseded') AND (c.replacement_order_id IS NULL OR l.paid_hao IS NOT NULL))
        OR (c.status IN ('open', 'proposed', 'declined') AND l.paid_hao IS NOT NULL)`,
  },
  {
    name: 'compensation-is-within-what-was-paid',
    looked: 'compensations',
    violations: `
      SELECT format('order %s was paid with %s hao; %s went back and %s were given', o.order_no, o.amount_hao, o.refunded_hao,
        c.given_hao) AS example
      FROM (SELECT root_order_id, sum(amount_hao) AS given_hao FROM compensations
        WHERE status IN ('replacing', 'done') GROUP BY root_order_id) c
      JOIN orders o ON o.id = c.root_order_id
      WHERE o.refunded_hao + c.given_hao > o.amount_hao`,
  },
  {
    name: 'compensation-budget-is-kept',
    looked: 'compensation_budgets',
    violations: `
      SELECT format('budget %s of %s: %s of %s hao spent, %s times; its compensations are %s over %s hao', b.scope, b.day,
        b.spent_hao, b.limit_hao, b.spent_count, coalesce(c.times, 0), coalesce(c.given_hao, 0)) AS example
      FROM compensation_budgets b
      LEFT JOIN (SELECT budget_day, scope, count(*) AS times, sum(amount_hao) AS given_hao
        FROM (SELECT budget_day, amount_hao, 'all' AS scope FROM compensations WHERE budget_day IS NOT NULL
          UNION ALL
          SELECT budget_day, amount_hao, platform_id || '/' || customer_no FROM compensations
          WHERE budget_day IS NOT NULL AND customer_no IS NOT NULL) s GROUP BY budget_day, scope) c
        ON c.budget_day = b.day AND c.scope = b.scope
      WHERE b.spent_hao > b.limit_hao OR b.spent_hao <> coalesce(c.given_hao, 0) OR b.spent_count <> coalesce(c.times, 0)`,
  },
  {
    name: 'claim-recovers-no-more-than-it-is',
    looked: 'supply_claims',
    violations: `
      SELECT format('claim %s over %s hao is %s with %s recovered', id, amount_hao, status, recovered_hao) AS example
      FROM supply_claims
      WHERE recovered_hao > amount_hao OR (status = 'open') <> (closed_at IS NULL) OR (status = 'open' AND recovered_hao = amount_hao)`,
  },
  {
    name: 'compensation-has-its-parents',
    looked: 'compensations',
    violations: `
      SELECT format('compensation %s refers to order %s, replacement %s and attempt %s, one of which does not exist', c.id,
        c.order_id, c.replacement_order_id, c.attempt_id) AS example
      FROM compensations c LEFT JOIN orders o ON o.id = c.order_id LEFT JOIN orders r ON r.id = c.replacement_order_id
        LEFT JOIN attempts a ON a.id = c.attempt_id
      WHERE o.id IS NULL OR (c.replacement_order_id IS NOT NULL AND r.id IS NULL) OR (c.attempt_id IS NOT NULL AND a.id IS NULL)`,
  },
  {
    name: 'linked-order-has-its-origin',
    looked: 'orders WHERE origin_order_id IS NOT NULL',
    violations: `
      SELECT format('order %s (%s) belongs to order %s, which %s', l.order_no, coalesce(l.origin_kind, 'nothing'), l.origin_order_id,
        CASE WHEN o.id IS NULL THEN 'does not exist' ELSE 'is of another platform or product, or is costed otherwise' END) AS example
      FROM orders l LEFT JOIN orders o ON o.id = l.origin_order_id
      WHERE l.origin_order_id IS NOT NULL
        AND (o.id IS NULL OR o.platform_id <> l.platform_id OR o.product_id <> l.product_id OR l.origin_kind IS NULL
          OR (l.origin_kind = 'replacement') <> (l.amount_hao = 0 AND o.unit_price_hao > 0 AND l.unit_price_hao = 0))`,
  },
];
