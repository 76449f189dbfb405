import type { Pool } from 'pg';
import { DAY_MS, shanghaiDayNumber, shanghaiMidnightMs } from '#domain';

export const DAYS_SHOWN = 30;
const PLATFORMS_MAX = 500;

export interface PlatformBalanceRow {
  readonly platform_id: string;
  readonly account_id: string;
  readonly code: string;
  readonly name: string;
  readonly balance: string;
  readonly floor: string;
  readonly held: string;
  readonly deposit: string;
  readonly prepayment: string;
  readonly paid: string;
  readonly granted: string;
}

const ACCOUNT = (kind: string): string =>
  `coalesce((SELECT a.balance_hao FROM ledger_accounts a WHERE a.kind = '${kind}' AND a.platform_id = p.id), 0)`;
const LOTS = (kind: string): string =>
  `(SELECT coalesce(sum(l.remaining_hao), 0) FROM balance_lots l WHERE l.platform_id = p.id AND l.kind = '${kind}' AND l.remaining_hao > 0)`;

const BALANCES = `
  SELECT p.id AS platform_id, b.id AS account_id, p.code, p.name, b.balance_hao AS balance, b.floor_hao AS floor,
    ${ACCOUNT('platform-held')} AS held, ${ACCOUNT('platform-deposit')} AS deposit,
    ${ACCOUNT('platform-prepayment')} AS prepayment, ${LOTS('paid')} AS paid, ${LOTS('granted')} AS granted
  FROM platforms p JOIN ledger_accounts b ON b.kind = 'platform-balance' AND b.platform_id = p.id
  ORDER BY b.balance_hao, p.code LIMIT ${PLATFORMS_MAX}`;

export async function platformBalances(pool: Pool): Promise<PlatformBalanceRow[]> {
  return (await pool.query<PlatformBalanceRow>(BALANCES)).rows;
}

/** What each balance moved by on each of the last days, by the day's distance from today. */
const MOVED = `
  SELECT p.account_id, $2::int - (extract(epoch FROM e.posted_at + interval '8 hours')::bigint / 86400)::int AS days_ago,
    -sum(p.amount_hao) AS hao
  FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
  WHERE p.account_id = ANY($1::uuid[]) AND e.posted_at >= $3
  GROUP BY 1, 2`;

export async function movedByDay(
  pool: Pool,
  accountIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const today = shanghaiDayNumber(nowMs);
  const { rows } = await pool.query<{ account_id: string; days_ago: number; hao: string }>(MOVED, [
    accountIds,
    today,
    new Date(shanghaiMidnightMs(today - DAYS_SHOWN)),
  ]);
  const moved = new Map<string, Map<number, number>>();
  for (const { account_id: id, days_ago: daysAgo, hao } of rows)
    moved.set(id, (moved.get(id) ?? new Map<number, number>()).set(daysAgo, Number(hao)));
  return moved;
}

/** What stood at the end of each day, reckoned back from now; today last. */
export function balancesByDay(
  balanceHao: number,
  moved: ReadonlyMap<number, number> | undefined,
): number[] {
  const days = [balanceHao];
  for (let daysAgo = 0; daysAgo < DAYS_SHOWN - 1; daysAgo += 1)
    days.unshift((days[0] ?? 0) - (moved?.get(daysAgo) ?? 0));
  return days;
}

export interface PeriodState {
  readonly lastClosed: string | null;
  readonly firstAt: Date | null;
}

export async function periodState(pool: Pool): Promise<PeriodState> {
  const { rows } = await pool.query<{ last_closed: string | null; first_at: Date | null }>(
    `SELECT (SELECT max(month) FROM ledger_periods WHERE status = 'closed') AS last_closed,
       (SELECT posted_at FROM ledger_entries ORDER BY id LIMIT 1) AS first_at`,
  );
  return { lastClosed: rows[0]?.last_closed ?? null, firstAt: rows[0]?.first_at ?? null };
}

/** The end of a day in Shanghai. */
export const endOfDay = (dayNumber: number): Date =>
  new Date(shanghaiMidnightMs(dayNumber) + DAY_MS);
