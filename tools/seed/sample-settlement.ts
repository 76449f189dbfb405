import type pg from 'pg';
import { DAY_MS, MINUTE_MS, parseYuan, SHANGHAI_OFFSET_MS, shanghaiDate } from '#domain';
import { inTransaction } from '#domain/database';
import {
  advanceStatement,
  bookMove,
  bookPayment,
  closeStatement,
  duePeriods,
  payStatement,
} from '#domain/stores';

interface SampleAgreement {
  readonly platformId: string;
  readonly term: 'T' | 'D';
  readonly termDays: number;
  readonly breachTerms: string | null;
}

/** Fees of the months before this one, the oldest first. */
const FEES = ['680.00', '420.00'] as const;
const MONTHS = FEES.length;
const PREPAID_FEE = '88.00';
const PAID_OF_LAST = '120.00';
/** By how much the last statement is late, where the month is old enough for it. */
const LATE_DAYS = 3;
/** A debt is made in the last days of its month: credit takes no offence before the statement is late for a while. */
const CREDIT_SPARE_DAYS = 5;
/** Statements are made minutes after their period. */
const CLOSED_AFTER_MS = 10 * MINUTE_MS;

/** Only at the very beginning of its books: what is back-dated must be booked before what is not. */
const AGREE = `
  INSERT INTO settlement_agreements (platform_id, version_no, status, valid_from, cycle, due_method, term_kind, term_days, base_event,
    calendar_id, objection_days, cut_off_minutes, issues_itself, dunning_days, breach_terms, created_by, approved_by)
  SELECT $1, 1, 'active', $2, 'month', 'credit-used', $3, $4, 'period-end', 'statutory', 3, 1440, true, '{}', $5,
    'finance@example.test', 'admin@example.test'
  WHERE NOT EXISTS (SELECT 1 FROM settlement_agreements WHERE platform_id = $1) AND NOT EXISTS (
    SELECT 1 FROM ledger_accounts a JOIN ledger_postings p ON p.account_id = a.id
    WHERE a.kind = 'platform-balance' AND a.platform_id = $1)
  RETURNING id`;

/** A platform that pays before it buys, and settles T+7: its statements ask for nothing. */
export async function addPrepaidSettlement(
  pool: pg.Pool,
  { id: platformId, name }: { readonly id: string; readonly name: string },
  nowMs: number,
): Promise<void> {
  const agreement = { platformId, term: 'T', termDays: 7, breachTerms: null } as const;
  if (!(await agree(pool, agreement, nowMs))) return;
  const paidAtMs = monthStartMs(nowMs, 1) + 2 * DAY_MS;
  await inTransaction(pool, (client) =>
    bookPayment(client, {
      platformId,
      key: `sample-fee:${platformId}`,
      amountHao: haoOf(PREPAID_FEE),
      memo: '示例预付服务费 sample prepaid fee',
      receiptNo: `SAMPLE-FEE-${platformId.slice(-8).toUpperCase()}`,
      payer: name,
      nowMs: paidAtMs,
    }),
  );
  await charge(pool, platformId, PREPAID_FEE, paidAtMs + DAY_MS);
  await closeUntil(pool, nowMs);
}

/** A platform that buys on credit and settles each month: one statement paid, the last one due, partly paid and a little late. */
export async function addCreditSettlement(
  pool: pg.Pool,
  platformId: string,
  nowMs: number,
): Promise<void> {
  const dayOfMonth = Number(shanghaiDate(nowMs).slice(8));
  const termDays = Math.max(dayOfMonth - 1 - LATE_DAYS, 1);
  const breachTerms = '逾期 7 天停止授信，15 天停止销售，30 天转催收。';
  if (!(await agree(pool, { platformId, term: 'D', termDays, breachTerms }, nowMs))) return;
  await pool.query('UPDATE credit_lines SET term_days = $2 WHERE platform_id = $1', [
    platformId,
    termDays + CREDIT_SPARE_DAYS,
  ]);
  let last: { readonly id: string; readonly outstandingHao: number } | undefined;
  for (const [index, fee] of FEES.entries()) {
    const endMs = monthStartMs(nowMs, MONTHS - 1 - index);
    if (last) await pay(pool, last, endMs - 20 * DAY_MS);
    await charge(pool, platformId, fee, endMs - 2 * DAY_MS);
    last = await closeUntil(pool, Math.min(endMs + CLOSED_AFTER_MS, nowMs));
  }
  if (!last) return;
  await watch(pool, last.id, nowMs);
  await pay(pool, { ...last, outstandingHao: haoOf(PAID_OF_LAST) }, nowMs);
}

async function agree(pool: pg.Pool, sample: SampleAgreement, nowMs: number): Promise<boolean> {
  const made = await pool.query(AGREE, [
    sample.platformId,
    shanghaiDate(monthStartMs(nowMs, MONTHS)),
    sample.term,
    sample.termDays,
    sample.breachTerms,
  ]);
  return made.rowCount === 1;
}

/** What it used of our service, beside goods. */
async function charge(
  pool: pg.Pool,
  platformId: string,
  fee: string,
  nowMs: number,
): Promise<void> {
  await inTransaction(pool, (client) =>
    bookMove(client, {
      key: `sample-fee:${platformId}:${shanghaiDate(nowMs)}`,
      kind: 'platform-fee',
      platformId,
      amountHao: haoOf(fee),
      debit: 'platform-balance',
      credit: 'platform-fee',
      memo: '接口服务费',
      nowMs,
    }),
  );
}

/** Makes what is due by then, as the schedule would have; the last one is told of. */
async function closeUntil(pool: pg.Pool, nowMs: number) {
  let last: Awaited<ReturnType<typeof closeStatement>>;
  for (const due of await duePeriods(pool, nowMs))
    last = await closeStatement(pool, { ...due, nowMs });
  return last;
}

/** Lives through everything that time has brought to a statement since. */
async function watch(pool: pg.Pool, statementId: string, nowMs: number): Promise<void> {
  const found = await pool.query<{ next_at: Date | null }>(
    'SELECT next_at FROM statements WHERE id = $1',
    [statementId],
  );
  let atMs = found.rows[0]?.next_at?.getTime() ?? null;
  while (atMs !== null && atMs <= nowMs)
    atMs = (await advanceStatement(pool, { statementId, nowMs: atMs })).nextAtMs;
}

async function pay(
  pool: pg.Pool,
  { id: statementId, outstandingHao }: { readonly id: string; readonly outstandingHao: number },
  nowMs: number,
): Promise<void> {
  await inTransaction(pool, (client) =>
    payStatement(client, {
      statementId,
      amountHao: outstandingHao,
      source: 'bank',
      bankReference: `SAMPLE-${statementId.slice(-8).toUpperCase()}`,
      receivedOn: shanghaiDate(nowMs),
      note: null,
      actor: 'finance@example.test',
      nowMs,
    }),
  );
}

const haoOf = (yuan: string): number => parseYuan(yuan) ?? 0;

/** When the month so many months ago began, in Shanghai. */
function monthStartMs(nowMs: number, monthsBack: number): number {
  const now = new Date(nowMs + SHANGHAI_OFFSET_MS);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsBack, 1) - SHANGHAI_OFFSET_MS;
}
