import { OPEN_REPLENISHMENTS_SQL } from '../replenishment/replenishment-status.js';
import { OPEN_ATTEMPTS_SQL } from '../supply/attempt-status.js';
import type { DoctorCheck } from './check.js';

/** What an attempt holds of what was asked for; one that came after it was given up is nobody's plan. */
const HELD = `CASE WHEN a.status IN ${OPEN_ATTEMPTS_SQL} THEN a.quantity WHEN a.status = 'late-success' THEN 0 ELSE a.delivered_count END`;

export const REPLENISHMENT_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'stock-attempt-has-its-replenishment',
    looked: `attempts WHERE purpose = 'stock'`,
    violations: `
      SELECT format('attempt %s buys for stock, and its replenishment %s', a.attempt_no,
        CASE WHEN r.id IS NULL THEN 'is missing' ELSE 'is of another product' END) AS example
      FROM attempts a LEFT JOIN replenishments r ON r.id = a.replenishment_id
      WHERE a.purpose = 'stock' AND (r.id IS NULL OR r.product_id <> a.product_id OR a.order_id IS NOT NULL)`,
  },
  {
    name: 'replenishment-buys-what-was-asked',
    looked: 'replenishments',
    violations: `
      SELECT format('replenishment %s asked for %s cards and holds %s', r.replenishment_no, r.quantity, sum(${HELD})) AS example
      FROM replenishments r JOIN attempts a ON a.replenishment_id = r.id
      GROUP BY r.id HAVING sum(${HELD}) > r.quantity`,
  },
  {
    name: 'replenishment-keeps-its-budget',
    looked: 'replenishments',
    violations: `
      SELECT format('replenishment %s may cost %s hao and has promised %s', r.replenishment_no, r.budget_hao,
        sum(a.cost_hao * ${HELD})) AS example
      FROM replenishments r JOIN attempts a ON a.replenishment_id = r.id
      GROUP BY r.id HAVING sum(a.cost_hao * ${HELD}) > r.budget_hao OR max(a.cost_hao) > r.max_cost_hao`,
  },
  {
    name: 'replenishment-counts-what-came',
    looked: 'replenishments',
    violations: `
      SELECT format('replenishment %s says %s cards for %s hao; its attempts say %s for %s', r.replenishment_no,
        r.received_quantity, r.paid_hao, coalesce(sum(a.delivered_count + a.surplus_count), 0), coalesce(sum(a.paid_hao), 0)) AS example
      FROM replenishments r LEFT JOIN attempts a ON a.replenishment_id = r.id
      GROUP BY r.id HAVING r.received_quantity <> coalesce(sum(a.delivered_count + a.surplus_count), 0)
        OR r.paid_hao <> coalesce(sum(a.paid_hao), 0)`,
  },
  {
    name: 'ended-replenishment-holds-nothing',
    looked: `replenishments WHERE status NOT IN ${OPEN_REPLENISHMENTS_SQL}`,
    violations: `
      SELECT format('replenishment %s is %s, and attempt %s is %s', r.replenishment_no, r.status, a.attempt_no, a.status) AS example
      FROM replenishments r JOIN attempts a ON a.replenishment_id = r.id
      WHERE r.status NOT IN ${OPEN_REPLENISHMENTS_SQL} AND a.status IN ${OPEN_ATTEMPTS_SQL}`,
  },
  {
    name: 'replenishment-ends-in-time',
    looked: `replenishments WHERE status = 'buying'`,
    needsTemporal: true,
    violations: `
      SELECT format('replenishment %s should have ended at %s and nothing of it is under way', r.replenishment_no, r.deadline_at) AS example
      FROM replenishments r
      WHERE r.status = 'buying' AND r.deadline_at < now() - interval '1 hour'
        AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.replenishment_id = r.id AND a.status IN ${OPEN_ATTEMPTS_SQL})`,
  },
];
