import type pg from 'pg';
import { DAY_MS, parseYuan, SHANGHAI_OFFSET_MS, shanghaiDate } from '#domain';
import { inTransaction } from '#domain/database';
import { bookMove, closeStatement, duePeriods, payStatement } from '#domain/stores';

/** The sample platform that buys on credit. */
const CODE = 'xingchen';
/** What it used of our service, beside goods, in the months before this one. */
const FEES = ['680.00', '420.00'];
const PAID_OF_LAST = '120.00';
/** By how much the last statement is late, where the month is old enough for it. */
const LATE_DAYS = 3;

const AGREE = `
  INSERT INTO settlement_agreements (platform_id, version_no, status, valid_from, cycle, due_method, term_kind, term_days, base_event,
    calendar_id, objection_days, cut_off_minutes, issues_itself, dunning_days, breach_terms, created_by, approved_by)
  SELECT p.id, 1, 'active', $2, 'month', 'credit-used', 'D', $3, 'period-end', 'statutory', 3, 1440, true, '{}',
    '逾期 7 天停止授信，15 天停止销售，30 天转催收。', 'finance@example.test', 'admin@example.test'
  FROM platforms p WHERE p.code = $1 AND NOT EXISTS (SELECT 1 FROM settlement_agreements a WHERE a.platform_id = p.id)
  RETURNING platform_id`;

/** A platform that settles each month: one statement paid, the last one due, partly paid and a little late. */
export async function addSampleSettlement(pool: pg.Pool, nowMs: number): Promise<void> {
  const dayOfMonth = Number(shanghaiDate(nowMs).slice(8));
  const termDays = Math.max(dayOfMonth - 1 - LATE_DAYS, 1);
  const made = await pool.query<{ platform_id: string }>(AGREE, [
    CODE,
    monthStart(nowMs, FEES.length),
    termDays,
  ]);
  const platformId = made.rows[0]?.platform_id;
  if (platformId === undefined) return;
  for (const [index, fee] of FEES.entries())
    await inTransaction(pool, (client) =>
      bookMove(client, {
        key: `sample-fee:${CODE}:${index}`,
        kind: 'platform-fee',
        platformId,
        amountHao: haoOf(fee),
        debit: 'platform-balance',
        credit: 'platform-fee',
        memo: '接口服务费',
        nowMs: Date.parse(`${monthStart(nowMs, FEES.length - index)}T12:00:00+08:00`) + 9 * DAY_MS,
      }),
    );
  const stands = [];
  for (const due of await duePeriods(pool, nowMs))
    stands.push(await closeStatement(pool, { ...due, nowMs }));
  const [first, last] = stands;
  if (!first || !last) return;
  await pay(pool, { statementId: first.id, amountHao: first.outstandingHao, nowMs });
  await pay(pool, { statementId: last.id, amountHao: haoOf(PAID_OF_LAST), nowMs });
}

const haoOf = (yuan: string): number => parseYuan(yuan) ?? 0;

async function pay(
  pool: pg.Pool,
  paid: { readonly statementId: string; readonly amountHao: number; readonly nowMs: number },
): Promise<void> {
  await inTransaction(pool, (client) =>
    payStatement(client, {
      ...paid,
      source: 'bank',
      bankReference: `SAMPLE-${paid.statementId.slice(-8).toUpperCase()}`,
      receivedOn: shanghaiDate(paid.nowMs),
      note: null,
      actor: 'sample',
    }),
  );
}

/** The first day of the month so many months ago, in Shanghai. */
function monthStart(nowMs: number, monthsBack: number): string {
  const now = new Date(nowMs + SHANGHAI_OFFSET_MS);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsBack, 1))
    .toISOString()
    .slice(0, 10);
}
