import type { DoctorCheck } from './check.js';

export const RISK_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'held-order-has-an-open-case',
    looked: `orders WHERE status = 'held'`,
    violations: `
      SELECT format('order %s is held, and its case %s', o.order_no, coalesce('is ' || c.status, 'is missing')) AS example
      FROM orders o LEFT JOIN risk_cases c ON c.order_id = o.id
      WHERE o.status = 'held' AND c.status IS DISTINCT FROM 'open'
      UNION ALL
      SELECT format('case %s is open, and its order %s', c.id, coalesce('is ' || o.status, 'is missing'))
      FROM risk_cases c LEFT JOIN orders o ON o.id = c.order_id
      WHERE c.status = 'open' AND o.status IS DISTINCT FROM 'held'`,
  },
  {
    name: 'held-order-has-got-nothing',
    looked: `orders WHERE status = 'held'`,
    violations: `
      SELECT format('order %s is held, and %s of its units are delivered, %s bought, %s let go', o.order_no, o.delivered_quantity,
        o.sourcing_quantity, coalesce(o.released_quantity, 0)) AS example
      FROM orders o WHERE o.status = 'held'
        AND (o.delivered_quantity > 0 OR o.sourcing_quantity > 0 OR o.released_quantity > 0)`,
  },
  {
    name: 'case-is-decided-as-its-order-went',
    looked: 'risk_cases',
    violations: `
      SELECT format('case %s is %s by %s (raised by %s), and order %s is %s', c.id, c.status,
        coalesce(c.decided_by, 'nobody'), c.raised_by, o.order_no, o.status) AS example
      FROM risk_cases c JOIN orders o ON o.id = c.order_id
      WHERE (c.status = 'refused' AND o.fail_code IS DISTINCT FROM 'not-accepted')
        OR (c.status IN ('released', 'refused') AND c.decided_by IS NULL)
        OR (c.status IN ('released', 'refused') AND lower(c.decided_by) = lower(c.raised_by) AND c.decided_by <> 'system')
        OR (c.status = 'open' AND c.due_at < now() - interval '10 minutes' AND EXISTS (SELECT 1 FROM risk_rules p
          WHERE p.kind = 'hold-policy' AND p.is_current AND (p.params ->> 'refusesAtEnd')::int = 1))`,
  },
  {
    name: 'account-keeps-to-its-credit-line',
    looked: 'credit_lines WHERE score IS NOT NULL',
    violations: `
      SELECT format('platform %s may go %s hao below zero while %s, its account says %s while %s', p.code, l.limit_hao, l.stage,
        -coalesce(a.order_floor_hao, a.floor_hao), a.credit_stage) AS example
      FROM credit_lines l JOIN platforms p ON p.id = l.platform_id
      JOIN ledger_accounts a ON a.platform_id = l.platform_id AND a.kind = 'platform-balance'
      WHERE l.score IS NOT NULL AND (l.stage <> a.credit_stage
        OR coalesce(a.order_floor_hao, a.floor_hao) <> CASE WHEN l.stage = 'open' THEN -l.limit_hao ELSE 0 END)`,
  },
];
