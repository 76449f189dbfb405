import type pg from 'pg';
import type { Plant } from './doctor-plant.js';
import type { SoldOrder } from './sold-order.js';

/** A statement over everything that is on the balance of the order's platform, as it should be. */
async function aStatement(client: pg.Client, { balanceAccountId }: SoldOrder): Promise<void> {
  await client.query(
    `INSERT INTO settlement_agreements (platform_id, status, valid_from, valid_to, cycle, term_kind, term_days, created_by, approved_by)
     SELECT platform_id, 'ended', '2020-01-01', current_date - 1, 'month', 'T', 7, 'maker', 'checker' FROM ledger_accounts WHERE id = $1`,
    [balanceAccountId],
  );
  await client.query(
    `INSERT INTO statements (statement_no, platform_id, agreement_id, period_key, period_from, period_to, starts_at, ends_at, status,
       opening_hao, orders_hao, refunds_hao, compensation_hao, fees_hao, top_ups_hao, payments_hao, others_hao, closing_hao,
       line_count, due_hao, outstanding_hao)
     SELECT 'ST-planted', a.platform_id, g.id, 'planted', '2020-01-01', current_date - 1, '2020-01-01', now() + interval '1 second', 'issued', 0, p.sum, 0, 0, 0, 0, 0, 0,
       p.sum, p.count, 100, 100
     FROM ledger_accounts a JOIN settlement_agreements g ON g.platform_id = a.platform_id
     CROSS JOIN LATERAL (SELECT -sum(amount_hao) AS sum, count(*) AS count FROM ledger_postings WHERE account_id = a.id) p WHERE a.id = $1`,
    [balanceAccountId],
  );
  await client.query(
    `INSERT INTO statement_lines (statement_id, posting_id, entry_id, kind, order_id, amount_hao, posted_at)
     SELECT s.id, p.id, p.entry_id, e.kind, e.order_id, -p.amount_hao, e.posted_at
     FROM statements s, ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id WHERE p.account_id = $1`,
    [balanceAccountId],
  );
}

/** Breaks that statement in one way. */
const broken =
  (...statements: string[]): Plant['plant'] =>
  async (client, { sold }) => {
    await aStatement(client, sold);
    for (const statement of statements) await client.query(statement);
  };

export const SETTLEMENT_PLANTS: readonly Plant[] = [
  {
    check: 'statement-adds-up',
    what: 'a statement counts a line that it has not',
    example: /over \d+ lines; its lines say/,
    plant: broken('UPDATE statements SET line_count = line_count + 1'),
  },
  {
    check: 'statement-follows-the-one-before',
    what: 'a statement opens with money that nobody has seen',
    example: /opens at 5 hao/,
    plant: broken('UPDATE statements SET opening_hao = 5, closing_hao = closing_hao + 5'),
  },
  {
    check: 'statement-line-is-of-the-ledger',
    what: 'two lines say other amounts than the ledger',
    example: /says -?\d+ hao; the ledger says/,
    plant: broken(
      'UPDATE statement_lines SET amount_hao = amount_hao + 1 WHERE id = (SELECT min(id) FROM statement_lines)',
      'UPDATE statement_lines SET amount_hao = amount_hao - 1 WHERE id = (SELECT max(id) FROM statement_lines)',
    ),
  },
  {
    check: 'posting-is-on-its-statement',
    what: 'a statement leaves out what was booked in its period',
    example: /posting \d+ of -?\d+ hao counts in a period of platform/,
    plant: broken(
      `WITH gone AS (DELETE FROM statement_lines WHERE posting_id = (SELECT min(posting_id) FROM statement_lines) RETURNING amount_hao)
       UPDATE statements SET line_count = line_count - 1, orders_hao = orders_hao - gone.amount_hao,
         closing_hao = closing_hao - gone.amount_hao FROM gone`,
    ),
  },
  {
    check: 'statement-is-paid-by-its-payments',
    what: 'a statement says that it was paid',
    example: /says 40 hao paid/,
    plant: broken('UPDATE statements SET paid_hao = 40, outstanding_hao = 60'),
  },
  {
    check: 'statement-payment-is-booked',
    what: 'a payment is not in the ledger',
    example: /payment B-1 of 40 hao/,
    plant: broken(
      'UPDATE statements SET paid_hao = 40, outstanding_hao = 60',
      `INSERT INTO statement_payments (statement_id, amount_hao, source, bank_reference, received_on, recorded_by)
       SELECT id, 40, 'bank', 'B-1', current_date, 'test' FROM statements`,
    ),
  },
  {
    check: 'period-is-closed-in-time',
    what: 'nobody closes the periods of a platform',
    example: /settles by month and is closed up to/,
    plant: broken(
      `UPDATE settlement_agreements SET status = 'active', valid_to = NULL`,
      `UPDATE statements SET period_to = current_date - 40`,
    ),
  },
];
