import type { Sql } from '../database/sql.js';
import type { EntryKind } from '../money/posting.js';
import type { PaymentSource } from './statement-kinds.js';
import type { StatementStatus } from './statement-status.js';

/** A statement as platforms and exports read it. */
export interface StatementRead {
  readonly id: string;
  readonly statementNo: string;
  readonly platformCode: string;
  readonly platformName: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly status: StatementStatus;
  readonly openingHao: number;
  readonly ordersHao: number;
  readonly refundsHao: number;
  readonly compensationHao: number;
  readonly feesHao: number;
  readonly topUpsHao: number;
  readonly paymentsHao: number;
  readonly othersHao: number;
  readonly closingHao: number;
  readonly lineCount: number;
  readonly dueHao: number;
  readonly adjustedHao: number;
  readonly paidHao: number;
  readonly writtenOffHao: number;
  readonly outstandingHao: number;
  readonly heldHao: number;
  readonly dueOn: string | null;
  readonly isDueEstimated: boolean;
  readonly latestDueOn: string | null;
  readonly issuedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly settledAt: Date | null;
}

const AMOUNTS = [
  'opening',
  'orders',
  'refunds',
  'compensation',
  'fees',
  'topUps',
  'payments',
  'others',
  'closing',
  'due',
  'adjusted',
  'paid',
  'writtenOff',
  'outstanding',
  'held',
] as const;
const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const AMOUNT_COLUMNS = AMOUNTS.map((name) => `s.${snake(name)}_hao::float8 AS "${name}Hao"`).join(
  ', ',
);

const COLUMNS = `s.id, s.statement_no AS "statementNo", p.code AS "platformCode", p.name AS "platformName",
  to_char(s.period_from, 'YYYY-MM-DD') AS "periodFrom", to_char(s.period_to, 'YYYY-MM-DD') AS "periodTo", s.status, ${AMOUNT_COLUMNS},
  s.line_count AS "lineCount", to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", s.is_due_estimated AS "isDueEstimated",
  to_char(s.latest_due_on, 'YYYY-MM-DD') AS "latestDueOn", s.issued_at AS "issuedAt", s.confirmed_at AS "confirmedAt",
  s.settled_at AS "settledAt"`;
const FROM = 'FROM statements s JOIN platforms p ON p.id = s.platform_id';

/** A platform's statements, the latest first; drafts are ours alone. `beforeDate` is the last day of the page before. */
export async function readStatements(
  sql: Sql,
  platformId: string,
  page: { readonly beforeDate: string | null; readonly limit: number },
): Promise<readonly StatementRead[]> {
  const found = await sql.query<StatementRead>({
    name: 'read-statements',
    text: `SELECT ${COLUMNS} ${FROM} WHERE s.platform_id = $1 AND s.issued_at IS NOT NULL AND s.period_to < coalesce($2::date, 'infinity')
      ORDER BY s.period_to DESC LIMIT $3`,
    values: [platformId, page.beforeDate, page.limit],
  });
  return found.rows;
}

/** One statement of a platform by its number; undefined where the platform has none that was issued. */
export async function readStatementByNo(
  sql: Sql,
  platformId: string,
  statementNo: string,
): Promise<StatementRead | undefined> {
  const found = await sql.query<StatementRead>({
    name: 'read-statement-by-no',
    text: `SELECT ${COLUMNS} ${FROM} WHERE s.platform_id = $1 AND s.statement_no = $2 AND s.issued_at IS NOT NULL`,
    values: [platformId, statementNo],
  });
  return found.rows[0];
}

/** One statement, draft or not, for staff. */
export async function readStatementById(sql: Sql, id: string): Promise<StatementRead | undefined> {
  const found = await sql.query<StatementRead>({
    name: 'read-statement-by-id',
    text: `SELECT ${COLUMNS} ${FROM} WHERE s.id = $1`,
    values: [id],
  });
  return found.rows[0];
}

export interface StatementLineRead {
  readonly id: string;
  readonly kind: EntryKind;
  readonly orderId: string | null;
  readonly orderNo: string | null;
  readonly merchantOrderNo: string | null;
  readonly memo: string | null;
  readonly amountHao: number;
  readonly postedAt: Date;
}

/** The lines of a statement in the order in which they were booked, a page at a time. */
export async function readStatementLines(
  sql: Sql,
  statementId: string,
  page: { readonly afterId: string; readonly limit: number },
): Promise<readonly StatementLineRead[]> {
  const found = await sql.query<StatementLineRead>({
    name: 'read-statement-lines',
    text: `SELECT l.id, l.kind, l.order_id AS "orderId", o.order_no AS "orderNo", o.merchant_order_no AS "merchantOrderNo", e.memo,
        l.amount_hao::float8 AS "amountHao", l.posted_at AS "postedAt"
      FROM statement_lines l LEFT JOIN orders o ON o.id = l.order_id LEFT JOIN ledger_entries e ON e.id = l.entry_id
      WHERE l.statement_id = $1 AND l.id > $2 ORDER BY l.id LIMIT $3`,
    values: [statementId, page.afterId, page.limit],
  });
  return found.rows;
}

export interface StatementPaymentRead {
  readonly amountHao: number;
  readonly source: PaymentSource;
  readonly bankReference: string;
  readonly receivedOn: string;
}

export async function readStatementPayments(
  sql: Sql,
  statementId: string,
): Promise<readonly StatementPaymentRead[]> {
  const found = await sql.query<StatementPaymentRead>({
    name: 'read-statement-payments',
    text: `SELECT amount_hao::float8 AS "amountHao", source, bank_reference AS "bankReference",
        to_char(received_on, 'YYYY-MM-DD') AS "receivedOn"
      FROM statement_payments WHERE statement_id = $1 ORDER BY created_at, id`,
    values: [statementId],
  });
  return found.rows;
}
