import { OPEN_ATTEMPTS_SQL } from '../supply/attempt-status.js';
import type { DoctorCheck } from './check.js';

const SUCCESSES = `('succeeded', 'partial', 'reversed')`;

export const SUPPLY_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'sourcing-is-counted',
    looked: 'orders WHERE sourcing_quantity > 0',
    violations: `
      SELECT format('order %s says %s of its units are with suppliers; %s are', o.order_no, o.sourcing_quantity,
        coalesce(u.units, 0)) AS example
      FROM orders o FULL JOIN (SELECT order_id, count(*) AS units FROM order_units WHERE status = 'sourcing' GROUP BY order_id) u
        ON u.order_id = o.id
      WHERE coalesce(o.sourcing_quantity, 0) <> coalesce(u.units, 0)`,
  },
  {
    name: 'sourced-unit-has-an-open-attempt',
    looked: `order_units WHERE status = 'sourcing'`,
    violations: `
      SELECT format('unit %s of order %s is with attempt %s, which is %s', u.unit_no, u.order_id,
        coalesce(a.attempt_no, 'nobody'), coalesce(a.status, 'missing')) AS example
      FROM order_units u LEFT JOIN attempts a ON a.id = u.attempt_id
      WHERE u.status = 'sourcing' AND (a.id IS NULL OR a.order_id <> u.order_id OR a.status NOT IN ${OPEN_ATTEMPTS_SQL})`,
  },
  {
    name: 'open-attempt-holds-its-units',
    looked: `attempts WHERE status IN ${OPEN_ATTEMPTS_SQL}`,
    violations: `
      SELECT format('attempt %s of %s units is %s and holds %s units', a.attempt_no, a.quantity, a.status,
        coalesce(u.units, 0)) AS example
      FROM attempts a
      LEFT JOIN (SELECT attempt_id, count(*) AS units FROM order_units WHERE status = 'sourcing' GROUP BY attempt_id) u
        ON u.attempt_id = a.id
      WHERE a.order_id IS NOT NULL AND a.status IN ${OPEN_ATTEMPTS_SQL} AND coalesce(u.units, 0) <> a.quantity`,
  },
  {
    name: 'unit-succeeded-once',
    looked: `attempts WHERE status IN ${SUCCESSES}`,
    violations: `
      SELECT format('attempt %s says %s units were delivered; the deliveries number %s', a.attempt_no, a.delivered_count,
        coalesce(d.units, 0)) AS example
      FROM attempts a
      LEFT JOIN (SELECT attempt_id, count(*) AS units FROM deliveries WHERE attempt_id IS NOT NULL GROUP BY attempt_id) d
        ON d.attempt_id = a.id
      WHERE a.order_id IS NOT NULL AND a.delivered_count <> coalesce(d.units, 0)`,
  },
  {
    name: 'open-attempt-is-watched',
    looked: `attempts WHERE status IN ${OPEN_ATTEMPTS_SQL}`,
    needsTemporal: true,
    violations: `
      SELECT format('attempt %s is %s since %s; its next query %s', a.attempt_no, a.status, a.updated_at,
        coalesce('was due at ' || a.next_query_at::text, 'is not planned')) AS example
      FROM attempts a
      WHERE a.status IN ${OPEN_ATTEMPTS_SQL} AND a.person_reason IS NULL
        AND ((NOT a.may_send AND a.next_query_at IS NULL) OR coalesce(a.next_query_at, a.created_at) < now() - interval '15 minutes')`,
  },
  {
    name: 'supplier-account-agrees-with-attempts',
    looked: 'suppliers',
    violations: `
      SELECT format('supplier %s: its attempts cost %s hao, the ledger says %s', s.code, coalesce(a.paid_hao, 0),
        coalesce(-l.sum_hao, 0)) AS example
      FROM suppliers s
      LEFT JOIN (SELECT supplier_id, sum(paid_hao) AS paid_hao FROM attempts GROUP BY supplier_id) a ON a.supplier_id = s.id
      LEFT JOIN (SELECT c.supplier_id, sum(p.amount_hao) AS sum_hao
        FROM ledger_accounts c JOIN ledger_postings p ON p.account_id = c.id JOIN ledger_entries e ON e.id = p.entry_id
        WHERE c.kind = 'supplier-balance' AND e.attempt_id IS NOT NULL GROUP BY c.supplier_id) l ON l.supplier_id = s.id
      WHERE coalesce(a.paid_hao, 0) <> coalesce(-l.sum_hao, 0)`,
  },
];
