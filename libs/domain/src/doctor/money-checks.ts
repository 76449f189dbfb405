import { FINAL_ORDER_STATUSES } from '../order/order-status.js';
import type { DoctorCheck } from './check.js';

const FINAL = FINAL_ORDER_STATUSES.map((status) => `'${status}'`).join(', ');

/** `lineAmountHao` in SQL: half up to the fen, once, at the end. */
const lineAmount = (quantity: string): string =>
  `(o.unit_price_hao * ${quantity} + 50) / 100 * 100`;

/** An order that is paid in stages has checks of its own. */
const NOT_IN_STAGES = 'o.released_quantity IS NULL';

/** What the ledger says each order paid and got back, from the side of its platform's balance. */
const PER_ORDER = `
  SELECT e.order_id, count(DISTINCT e.id) FILTER (WHERE e.kind = 'order-charge') AS charges,
    coalesce(sum(p.amount_hao) FILTER (WHERE e.kind = 'order-charge'), 0) AS charged_hao,
    coalesce(-sum(p.amount_hao) FILTER (WHERE e.kind = 'order-refund'), 0) AS refunded_hao,
    bool_or(a.platform_id <> o.platform_id) AS is_strange
  FROM ledger_entries e JOIN orders o ON o.id = e.order_id
  JOIN ledger_postings p ON p.entry_id = e.id
  JOIN ledger_accounts a ON a.id = p.account_id AND a.kind = 'platform-balance'
  WHERE e.kind IN ('order-charge', 'order-refund')
  GROUP BY e.order_id`;

export const MONEY_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'ledger-sums-to-zero',
    looked: 'ledger_postings',
    violations: `
      SELECT format('all postings together are %s hao, not 0', sum(amount_hao)) AS example
      FROM ledger_postings HAVING sum(amount_hao) <> 0`,
  },
  {
    name: 'entry-is-balanced',
    looked: 'ledger_entries',
    violations: `
      SELECT format('entry %s (%s) has %s lines that sum to %s hao', e.id, e.idempotency_key,
        coalesce(p.lines, 0), coalesce(p.sum_hao, 0)) AS example
      FROM ledger_entries e
      LEFT JOIN (SELECT entry_id, count(*) AS lines, sum(amount_hao) AS sum_hao
        FROM ledger_postings GROUP BY entry_id) p ON p.entry_id = e.id
      WHERE coalesce(p.lines, 0) < 2 OR p.sum_hao <> 0`,
  },
  {
    name: 'balance-is-the-sum-of-its-postings',
    looked: 'ledger_accounts WHERE balance_hao IS NOT NULL',
    violations: `
      SELECT format('account %s says %s hao, its postings say %s', a.code, a.balance_hao, -coalesce(p.sum_hao, 0)) AS example
      FROM ledger_accounts a
      LEFT JOIN (SELECT account_id, sum(amount_hao) AS sum_hao FROM ledger_postings GROUP BY account_id) p
        ON p.account_id = a.id
      WHERE a.balance_hao IS NOT NULL AND a.balance_hao <> -coalesce(p.sum_hao, 0)`,
  },
  {
    name: 'balance-is-above-its-floor',
    looked: 'ledger_accounts WHERE floor_hao IS NOT NULL',
    violations: `
      SELECT format('account %s is at %s hao, below its floor of %s', code, balance_hao, floor_hao) AS example
      FROM ledger_accounts WHERE balance_hao < floor_hao`,
  },
  {
    name: 'order-is-charged-once',
    looked: 'orders',
    violations: `
      SELECT format('order %s over %s hao was charged %s times, %s hao together', o.order_no, o.amount_hao,
        coalesce(l.charges, 0), coalesce(l.charged_hao, 0)) AS example
      FROM orders o LEFT JOIN (${PER_ORDER}) l ON l.order_id = o.id
      WHERE o.amount_hao <> ${lineAmount('o.quantity')}
        OR coalesce(l.charged_hao, 0) <> CASE WHEN ${NOT_IN_STAGES} THEN o.amount_hao ELSE 0 END
        OR coalesce(l.charges, 0) <> (o.amount_hao > 0 AND ${NOT_IN_STAGES})::int
        OR l.is_strange`,
  },
  {
    name: 'final-order-paid-what-it-got',
    looked: `orders WHERE status IN (${FINAL})`,
    violations: `
      SELECT format('order %s is %s: %s hao charged, %s refunded (the ledger: %s), %s delivered at %s', o.order_no,
        o.status, o.amount_hao, o.refunded_hao, coalesce(l.refunded_hao, 0), o.delivered_quantity, o.unit_price_hao) AS example
      FROM orders o LEFT JOIN (${PER_ORDER}) l ON l.order_id = o.id
      WHERE ${NOT_IN_STAGES} AND (o.refunded_hao <> coalesce(l.refunded_hao, 0)
        OR o.status IN (${FINAL}) AND o.amount_hao - o.refunded_hao <> ${lineAmount('o.delivered_quantity')})`,
  },
];
