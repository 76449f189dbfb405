import type { DoctorCheck } from './check.js';

export const RECONCILIATION_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'statement-line-is-used-once',
    looked: `reconciliation_matches WHERE status <> 'refused'`,
    violations: `
      SELECT format('line %s is used %s times', line_id, count(*)) AS example
      FROM reconciliation_matches WHERE status <> 'refused' AND line_id IS NOT NULL AND pass <> 'together' GROUP BY line_id HAVING count(*) > 1
      UNION ALL
      SELECT format('%s %s is used %s times', our_kind, our_key, count(*))
      FROM reconciliation_matches WHERE status <> 'refused' GROUP BY our_kind, our_key HAVING count(*) > 1`,
  },
  {
    name: 'matched-line-has-its-match',
    looked: `external_lines WHERE state IN ('matched', 'proposed')`,
    violations: `
      SELECT format('line %s of statement %s is %s, and no match says with what', l.line_no, l.statement_id, l.state) AS example
      FROM external_lines l
      WHERE l.state IN ('matched', 'proposed') AND NOT EXISTS (SELECT 1 FROM reconciliation_matches m
        WHERE m.status <> 'refused' AND m.pass <> 'together' AND (m.line_id = l.id OR (m.our_kind = 'line' AND m.our_key = l.id)))`,
  },
  {
    name: 'resolved-difference-has-its-entry',
    looked: `reconciliation_differences WHERE status IN ('resolved', 'suspended')`,
    violations: `
      SELECT format('difference %s (%s) is %s by %s; its entry is %s, its reason %s', d.id, d.kind, d.status, d.resolution,
        coalesce(e.idempotency_key, 'missing'), coalesce(d.reason, 'missing')) AS example
      FROM reconciliation_differences d
      LEFT JOIN ledger_entries e ON e.id = CASE d.status WHEN 'suspended' THEN d.suspense_entry_id ELSE d.entry_id END
      WHERE d.status IN ('resolved', 'suspended') AND (d.reason IS NULL
        OR (d.resolution IS DISTINCT FROM 'nothing' AND e.idempotency_key IS DISTINCT FROM 'difference:' || d.id || ':' || d.status))`,
  },
  {
    name: 'suspense-is-what-differences-say',
    looked: `ledger_accounts WHERE kind IN ('suspense-long', 'suspense-short')`,
    violations: `
      SELECT format('account %s holds %s hao, its open differences %s', a.code, coalesce(p.sum_hao, 0), coalesce(d.sum_hao, 0)) AS example
      FROM ledger_accounts a
      LEFT JOIN (SELECT account_id, -sum(amount_hao) AS sum_hao FROM ledger_postings GROUP BY account_id) p ON p.account_id = a.id
      LEFT JOIN (SELECT CASE WHEN favour_hao > 0 THEN 'suspense-long' ELSE 'suspense-short' END AS kind, sum(favour_hao) AS sum_hao
        FROM reconciliation_differences WHERE status = 'suspended' GROUP BY 1) d ON d.kind = a.kind
      WHERE a.kind IN ('suspense-long', 'suspense-short') AND coalesce(p.sum_hao, 0) <> coalesce(d.sum_hao, 0)`,
  },
];
