import type { DoctorCheck } from './check.js';

/** The sign of a posting on a balance is the other way round: a debit lowers it. */
const LEDGER_BEFORE = `
  (SELECT -coalesce(sum(p.amount_hao), 0) FROM ledger_accounts a JOIN ledger_postings p ON p.account_id = a.id
    JOIN ledger_entries e ON e.id = p.entry_id
    WHERE a.kind = 'platform-balance' AND a.platform_id = s.platform_id AND e.posted_at < s.starts_at)`;

/** A period of its cycle and two days more is as old as what is not closed may become. */
const CLOSED_BY = `
  CASE a.cycle WHEN 'day' THEN 1 WHEN 'week' THEN 7 WHEN 'half-month' THEN 16 ELSE 31 END + 2`;

export const SETTLEMENT_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'statement-adds-up',
    looked: 'statements',
    violations: `
      SELECT format('statement %s closes at %s hao over %s lines; its lines say %s over %s', s.statement_no, s.closing_hao,
        s.line_count, s.opening_hao + coalesce(l.sum_hao, 0), coalesce(l.lines, 0)) AS example
      FROM statements s LEFT JOIN (SELECT statement_id, sum(amount_hao) AS sum_hao, count(*) AS lines FROM statement_lines
        GROUP BY statement_id) l ON l.statement_id = s.id
      WHERE s.closing_hao <> s.opening_hao + coalesce(l.sum_hao, 0) OR s.line_count <> coalesce(l.lines, 0)`,
  },
  {
    name: 'statement-follows-the-one-before',
    looked: 'statements',
    violations: `
      SELECT format('statement %s opens at %s hao; the one before it, or the ledger, closed at %s', s.statement_no, s.opening_hao,
        s.before_hao) AS example
      FROM (SELECT s.statement_no, s.opening_hao, coalesce(lag(s.closing_hao) OVER platform, ${LEDGER_BEFORE}) AS before_hao
        FROM statements s WINDOW platform AS (PARTITION BY s.platform_id ORDER BY s.period_to)) s
      WHERE s.opening_hao <> s.before_hao`,
  },
  {
    name: 'statement-line-is-of-the-ledger',
    looked: 'statement_lines',
    violations: `
      SELECT format('line %s of statement %s says %s hao; the ledger says %s', l.id, s.statement_no, l.amount_hao, -p.amount_hao)
        AS example
      FROM statement_lines l JOIN statements s ON s.id = l.statement_id
      LEFT JOIN ledger_postings p ON p.id = l.posting_id
      LEFT JOIN ledger_accounts a ON a.id = p.account_id AND a.kind = 'platform-balance' AND a.platform_id = s.platform_id
      WHERE a.id IS NULL OR l.amount_hao <> -p.amount_hao OR l.entry_id <> p.entry_id`,
  },
  {
    // What was booked so late that the last statement missed it stands on the next: it is younger than all lines.
    name: 'posting-is-on-its-statement',
    looked: 'statement_lines',
    violations: `
      SELECT format('posting %s of %s hao counts in a period of platform %s that is closed, and stands on no statement', p.id,
        -p.amount_hao, f.code) AS example
      FROM (SELECT s.platform_id, f.code, min(s.starts_at) AS first_at, max(s.ends_at) AS last_at,
          (SELECT max(l.posting_id) FROM statement_lines l JOIN statements o ON o.id = l.statement_id
            WHERE o.platform_id = s.platform_id) AS last_posting_id
        FROM statements s JOIN platforms f ON f.id = s.platform_id GROUP BY s.platform_id, f.code) f
      JOIN ledger_accounts a ON a.kind = 'platform-balance' AND a.platform_id = f.platform_id
      JOIN ledger_postings p ON p.account_id = a.id AND p.id < f.last_posting_id
      JOIN ledger_entries e ON e.id = p.entry_id AND e.posted_at >= f.first_at AND e.posted_at < f.last_at
      WHERE NOT EXISTS (SELECT 1 FROM statement_lines l WHERE l.posting_id = p.id)`,
  },
  {
    name: 'statement-is-paid-by-its-payments',
    looked: 'statements',
    violations: `
      SELECT format('statement %s says %s hao paid, %s adjusted, %s held; payments and disputes say %s, %s, %s', s.statement_no,
        s.paid_hao, s.adjusted_hao, s.held_hao, coalesce(y.paid, 0), -coalesce(d.conceded, 0), coalesce(d.held, 0)) AS example
      FROM statements s
      LEFT JOIN (SELECT statement_id, sum(amount_hao) AS paid FROM statement_payments GROUP BY statement_id) y ON y.statement_id = s.id
      LEFT JOIN (SELECT statement_id, sum(conceded_hao) AS conceded, sum(amount_hao) FILTER (WHERE status = 'open') AS held
        FROM statement_disputes GROUP BY statement_id) d ON d.statement_id = s.id
      WHERE s.paid_hao <> coalesce(y.paid, 0) OR s.adjusted_hao <> -coalesce(d.conceded, 0) OR s.held_hao <> coalesce(d.held, 0)`,
  },
  {
    name: 'statement-payment-is-booked',
    looked: `statement_payments WHERE source <> 'balance'`,
    violations: `
      SELECT format('payment %s of %s hao is not in the ledger as it was recorded', y.bank_reference, y.amount_hao) AS example
      FROM statement_payments y JOIN statements s ON s.id = y.statement_id
      WHERE y.source <> 'balance' AND NOT EXISTS (
        SELECT 1 FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id JOIN ledger_accounts a ON a.id = p.account_id
        WHERE e.idempotency_key = 'statement-payment:' || y.bank_reference AND p.amount_hao = -y.amount_hao
          AND a.kind = 'platform-balance' AND a.platform_id = s.platform_id)`,
  },
  {
    name: 'period-is-closed-in-time',
    looked: `settlement_agreements WHERE status <> 'draft'`,
    violations: `
      SELECT format('platform %s settles by %s and is closed up to %s only', p.code, a.cycle, c.closed_to) AS example
      FROM settlement_agreements a JOIN platforms p ON p.id = a.platform_id
      CROSS JOIN LATERAL (SELECT greatest(a.valid_from - 1,
        (SELECT max(s.period_to) FROM statements s WHERE s.platform_id = a.platform_id)) AS closed_to) c
      WHERE a.status <> 'draft' AND (a.valid_to IS NULL OR c.closed_to < a.valid_to)
        AND c.closed_to + ${CLOSED_BY} < (now() AT TIME ZONE 'Asia/Shanghai')::date`,
  },
];
