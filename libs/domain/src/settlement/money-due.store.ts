import type { Sql } from '../database/sql.js';
import { shanghaiDate } from '../shared/business-time.js';
import { overdueDays } from './statement-status.js';

export interface DueStatement {
  readonly id: string;
  readonly statementNo: string;
  readonly platformName: string;
  /** Without what open disputes hold back. */
  readonly openHao: number;
  readonly dueOn: string | null;
  readonly overdueDays: number;
}

/** A payment that a large order waits for: the prepayment is stage 0. */
export interface DuePayment {
  readonly orderId: string;
  readonly orderNo: string;
  readonly platformName: string;
  readonly stageNo: number;
  readonly openHao: number;
  readonly dueAtMs: number;
  readonly isOverdue: boolean;
}

/** Differences with one party that nobody has resolved in time. */
export interface LateDifferences {
  readonly partyCode: string;
  readonly count: number;
  /** Whatever their sign. */
  readonly sizeHao: number;
  readonly oldestDueAtMs: number;
}

/** Money that others are to bring, and differences that are to be explained, those that wait longest first. */
export interface MoneyDue {
  readonly statements: readonly DueStatement[];
  readonly payments: readonly DuePayment[];
  readonly lateDifferences: readonly LateDifferences[];
}

const STATEMENTS = `
  SELECT s.id, s.statement_no AS no, p.name, (s.outstanding_hao - s.held_hao)::float8 AS open_hao,
    to_char(s.due_on, 'YYYY-MM-DD') AS due_on, to_char(s.latest_due_on, 'YYYY-MM-DD') AS latest_due_on
  FROM statements s JOIN platforms p ON p.id = s.platform_id
  WHERE s.issued_at IS NOT NULL AND s.settled_at IS NULL AND s.outstanding_hao > s.held_hao
  ORDER BY s.latest_due_on NULLS LAST, s.id`;

/** The same sum as `requiredHao`. */
const PAYMENTS = `
  SELECT l.order_id, o.order_no, p.name, l.stage_no, l.due_at, (l.prepayment_hao - l.paid_hao
    + (SELECT coalesce(sum(d.amount_hao - d.prepaid_hao), 0) FROM delivery_stages d
       WHERE d.order_id = l.order_id AND d.stage_no <= l.stage_no))::float8 AS open_hao
  FROM large_orders l JOIN orders o ON o.id = l.order_id JOIN platforms p ON p.id = l.platform_id
  WHERE l.phase IN ('prepayment', 'payment') AND l.due_at IS NOT NULL AND o.status <> 'held' AND o.cancel_code IS NULL
  ORDER BY l.due_at, l.order_id`;

const DIFFERENCES = `
  SELECT p.code, count(*)::int AS count, sum(abs(d.favour_hao))::float8 AS size_hao, min(d.due_at) AS oldest
  FROM reconciliation_differences d JOIN statement_parties p ON p.id = d.party_id
  WHERE d.status = 'open' AND d.due_at < $1 GROUP BY p.code ORDER BY oldest, p.code`;

export async function readMoneyDue(sql: Sql, nowMs: number): Promise<MoneyDue> {
  return {
    statements: await readStatements(sql, shanghaiDate(nowMs)),
    payments: await readPayments(sql, nowMs),
    lateDifferences: await readLateDifferences(sql, nowMs),
  };
}

async function readStatements(sql: Sql, today: string): Promise<DueStatement[]> {
  const { rows } = await sql.query<{
    id: string;
    no: string;
    name: string;
    open_hao: number;
    due_on: string | null;
    latest_due_on: string | null;
  }>({ name: 'due-statements', text: STATEMENTS });
  return rows.map((row) => ({
    id: row.id,
    statementNo: row.no,
    platformName: row.name,
    openHao: row.open_hao,
    dueOn: row.due_on,
    overdueDays: overdueDays(row.latest_due_on, today, row.open_hao),
  }));
}

async function readPayments(sql: Sql, nowMs: number): Promise<DuePayment[]> {
  const { rows } = await sql.query<{
    order_id: string;
    order_no: string;
    name: string;
    stage_no: number;
    due_at: Date;
    open_hao: number;
  }>({ name: 'due-payments', text: PAYMENTS });
  return rows.map((row) => ({
    orderId: row.order_id,
    orderNo: row.order_no,
    platformName: row.name,
    stageNo: row.stage_no,
    openHao: row.open_hao,
    dueAtMs: row.due_at.getTime(),
    isOverdue: row.due_at.getTime() < nowMs && row.open_hao > 0,
  }));
}

async function readLateDifferences(sql: Sql, nowMs: number): Promise<LateDifferences[]> {
  const { rows } = await sql.query<{
    code: string;
    count: number;
    size_hao: number;
    oldest: Date;
  }>({ name: 'late-differences', text: DIFFERENCES, values: [new Date(nowMs)] });
  return rows.map((row) => ({
    partyCode: row.code,
    count: row.count,
    sizeHao: row.size_hao,
    oldestDueAtMs: row.oldest.getTime(),
  }));
}
