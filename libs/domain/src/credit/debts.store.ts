import type { Sql } from '../database/sql.js';
import { DAY_MS, SHANGHAI_OFFSET_MS, shanghaiDate } from '../shared/business-time.js';
import type { LockedCredit } from './credit-facts.store.js';
import { debtHistory, type DebtHistory } from './debt.js';
import { statementDebts, type OwedStatement } from './statement-debt.js';

const HISTORY_DAYS = 180;

const SETTLES = `
  SELECT EXISTS (SELECT 1 FROM settlement_agreements WHERE platform_id = $1 AND status = 'active' AND valid_to IS NULL)
    OR EXISTS (SELECT 1 FROM statements WHERE platform_id = $1 AND issued_at IS NOT NULL AND settled_at IS NULL) AS settles`;
const STATEMENTS = `
  SELECT s.latest_due_on::text AS latest_due_on, s.outstanding_hao - s.held_hao AS open_hao, s.written_off_hao,
    array_agg(p.received_on::text ORDER BY p.id) AS received_on, array_agg(p.amount_hao ORDER BY p.id) AS amounts
  FROM statements s LEFT JOIN statement_payments p ON p.statement_id = s.id
  WHERE s.platform_id = $1 AND s.issued_at IS NOT NULL AND (s.settled_at IS NULL OR s.latest_due_on >= $2::date) GROUP BY s.id`;

interface StatementLine {
  latest_due_on: string | null;
  open_hao: string;
  written_off_hao: string;
  received_on: (string | null)[];
  amounts: (string | null)[];
}

/** What the statements of a platform say; undefined where it does not settle by statements. */
async function readStatements(
  sql: Sql,
  platformId: string,
  nowMs: number,
): Promise<readonly OwedStatement[] | undefined> {
  const settling = await sql.query<{ settles: boolean }>({
    name: 'credit-settles',
    text: SETTLES,
    values: [platformId],
  });
  if (settling.rows[0]?.settles !== true) return undefined;
  const { rows } = await sql.query<StatementLine>({
    name: 'credit-statements',
    text: STATEMENTS,
    values: [platformId, shanghaiDate(nowMs - HISTORY_DAYS * DAY_MS)],
  });
  return rows.map((row) => ({
    latestDueOn: row.latest_due_on,
    openHao: Number(row.open_hao),
    writtenOffHao: Number(row.written_off_hao),
    payments: row.received_on.flatMap((receivedOn, at) =>
      receivedOn === null ? [] : [{ receivedOn, amountHao: Number(row.amounts[at]) }],
    ),
  }));
}

const MOVES = `
  SELECT floor(extract(epoch FROM e.posted_at + interval '8 hours') / 86400)::int AS day, -sum(p.amount_hao) AS moved
  FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
  WHERE p.account_id = $1 AND e.posted_at >= $2 GROUP BY 1 ORDER BY 1`;

/**
 * What a platform owed and how it paid: by its statements and their due days where it settles by them, otherwise by its
 * balance, day by day. Who was never trusted and owes nothing is not read at all.
 */
export async function readDebts(
  sql: Sql,
  credit: Pick<LockedCredit, 'platformId' | 'accountId' | 'balanceHao' | 'agreedHao' | 'termDays'>,
  nowMs: number,
): Promise<DebtHistory> {
  const statements = await readStatements(sql, credit.platformId, nowMs);
  if (statements)
    return statementDebts(statements, {
      receivableHao: Math.max(0, -credit.balanceHao),
      nowMs,
    });
  const terms = { openingHao: 0, termDays: credit.termDays, nowMs };
  if (credit.agreedHao === 0 && credit.balanceHao >= 0) return debtHistory([], terms);
  const { rows } = await sql.query<{ day: number; moved: string }>({
    name: 'credit-moves',
    text: MOVES,
    values: [credit.accountId, new Date(nowMs - HISTORY_DAYS * DAY_MS)],
  });
  const moves = rows.map(({ day, moved }) => ({
    atMs: day * DAY_MS - SHANGHAI_OFFSET_MS,
    amountHao: Number(moved),
  }));
  const movedHao = moves.reduce((sum, { amountHao }) => sum + amountHao, 0);
  return debtHistory(moves, { ...terms, openingHao: credit.balanceHao - movedHao });
}
