import type { DoctorCheck } from './check.js';

export const INCIDENT_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'incident-gift-is-given-once',
    looked: `incident_compensation_lines WHERE status = 'given'`,
    violations: `
      SELECT format('order %s in bulk compensation %s is given %s hao: %s compensations and %s entitlements over %s hao', l.order_id,
        l.compensation_id, l.amount_hao, g.money, g.days, g.hao) AS example
      FROM incident_compensation_lines l, LATERAL (
        SELECT (SELECT count(*) FROM compensations c WHERE c.incident_compensation_id = l.compensation_id AND c.order_id = l.order_id) AS money,
          (SELECT count(*) FROM service_entitlements s WHERE s.incident_compensation_id = l.compensation_id AND s.order_id = l.order_id) AS days,
          coalesce((SELECT sum(c.amount_hao) FROM compensations c
            WHERE c.incident_compensation_id = l.compensation_id AND c.order_id = l.order_id), 0)
          + coalesce((SELECT sum(s.cost_hao) FROM service_entitlements s
            WHERE s.incident_compensation_id = l.compensation_id AND s.order_id = l.order_id), 0) AS hao) g
      WHERE (l.status = 'given') <> (g.money + g.days = 1) OR g.money + g.days > 1 OR g.hao <> l.amount_hao`,
  },
  {
    name: 'incident-compensation-is-counted',
    looked: 'incident_compensations',
    violations: `
      SELECT format('bulk compensation %s is %s: %s given over %s hao, %s skipped of %s; its lines say %s over %s, %s, and %s wait', c.id,
        c.status, c.given_count, c.given_hao, c.skipped_count, c.order_count, l.given, l.hao, l.skipped, l.pending) AS example
      FROM incident_compensations c, LATERAL (
        SELECT count(*) AS all_lines, count(*) FILTER (WHERE status = 'given') AS given, count(*) FILTER (WHERE status = 'skipped') AS skipped,
          count(*) FILTER (WHERE status = 'pending') AS pending, coalesce(sum(amount_hao), 0) AS hao
        FROM incident_compensation_lines WHERE compensation_id = c.id) l
      WHERE c.given_count <> l.given OR c.given_hao <> l.hao OR c.skipped_count <> l.skipped OR c.order_count <> l.all_lines
        OR (c.status <> 'running' AND l.pending > 0) OR (c.status = 'running') <> (c.ended_at IS NULL)`,
  },
  {
    name: 'service-days-are-booked',
    looked: 'service_entitlements',
    violations: `
      SELECT format('entitlement %s cost %s hao, the ledger says %s', s.id, s.cost_hao, coalesce(b.hao, 0)) AS example
      FROM service_entitlements s
      LEFT JOIN LATERAL (SELECT sum(p.amount_hao) AS hao FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
          JOIN ledger_accounts a ON a.id = p.account_id
        WHERE e.idempotency_key = 'service-days:' || s.id AND a.kind = 'compensation-cost') b ON true
      WHERE coalesce(b.hao, 0) <> s.cost_hao`,
  },
  {
    name: 'incident-moves-on',
    looked: `incident_compensations WHERE status = 'running'`,
    violations: `
      SELECT format('bulk compensation %s stands still since %s', id, last_step_at) AS example
      FROM incident_compensations WHERE status = 'running' AND last_step_at < now() - interval '1 hour'`,
  },
];
