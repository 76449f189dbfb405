import type { Pool, PoolClient } from 'pg';
import { inTransaction, type Sql } from '../database/sql.js';
import type { EntryKind } from '../money/posting.js';
import { invariant } from '../shared/assert.js';
import { MINUTE_MS } from '../shared/business-time.js';
import { issueStatement } from './issue-statement.store.js';
import {
  endedPeriods,
  startsAtMs,
  type AgreementSpan,
  type SettlementPeriod,
  endsAtMs,
} from './settlement-period.js';
import {
  amountDueHao,
  categoryOf,
  STATEMENT_CATEGORIES,
  type CategorySums,
  type DueMethod,
} from './statement-amounts.js';
import {
  changeStatement,
  lockStatement,
  noteEvent,
  type StatementStand,
} from './statement-row.store.js';

/** By then every transaction that was begun before the period's end is over. */
const CLOSE_DELAY_MS = 5 * MINUTE_MS;

/** One closing of a platform at a time: each statement begins where the one before it ends. */
const LOCK_PLATFORM = 'SELECT pg_advisory_xact_lock(7705, hashtext($1))';

const AGREEMENTS = `
  SELECT p.id AS "platformId", p.code AS "platformCode", a.id AS "agreementId", a.cycle, a.cut_off_minutes AS "cutOffMinutes",
    to_char(a.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(a.valid_to, 'YYYY-MM-DD') AS "validTo",
    a.due_method AS "dueMethod", a.issues_itself AS "issuesItself",
    (SELECT to_char(max(s.period_to), 'YYYY-MM-DD') FROM statements s WHERE s.platform_id = p.id) AS "closedTo"
  FROM settlement_agreements a JOIN platforms p ON p.id = a.platform_id
  WHERE a.status <> 'draft' AND ($1::text IS NULL OR p.code = $1)
    AND (a.valid_to IS NULL OR a.valid_to > coalesce((SELECT max(s.period_to) FROM statements s WHERE s.platform_id = p.id), '-infinity'))
  ORDER BY p.code, a.valid_from`;

interface AgreementRow extends AgreementSpan {
  readonly platformId: string;
  readonly platformCode: string;
  readonly agreementId: string;
  readonly dueMethod: DueMethod;
  readonly issuesItself: boolean;
  readonly closedTo: string | null;
}

/** A period that has ended and has no statement. */
export interface DuePeriod {
  readonly platformCode: string;
  readonly periodKey: string;
}

type Missing = DuePeriod & { readonly agreement: AgreementRow; readonly period: SettlementPeriod };

export async function duePeriods(sql: Sql, nowMs: number): Promise<readonly DuePeriod[]> {
  const missing = await missingPeriods(sql, null, nowMs);
  return missing.map(({ platformCode, periodKey }) => ({ platformCode, periodKey }));
}

const UNWATCHED = `
  SELECT p.code AS "platformCode", s.period_key AS "periodKey" FROM statements s JOIN platforms p ON p.id = s.platform_id
  WHERE s.settled_at IS NULL ORDER BY s.period_to`;

/** Everything that is to have a run: periods without a statement, and statements on which something is open. */
export async function openPeriods(sql: Sql, nowMs: number): Promise<readonly DuePeriod[]> {
  const open = await sql.query<DuePeriod>({ name: 'open-statements', text: UNWATCHED });
  return [...open.rows, ...(await duePeriods(sql, nowMs))];
}

async function missingPeriods(
  sql: Sql,
  platformCode: string | null,
  nowMs: number,
): Promise<readonly Missing[]> {
  const { rows } = await sql.query<AgreementRow>({
    name: 'settlement-agreements-to-close',
    text: AGREEMENTS,
    values: [platformCode],
  });
  return rows.flatMap((agreement) =>
    endedPeriods(agreement, agreement.closedTo, nowMs - CLOSE_DELAY_MS).map((period) => ({
      platformCode: agreement.platformCode,
      periodKey: period.key,
      agreement,
      period,
    })),
  );
}

/** The number by which everybody knows it. */
export const statementNoOf = ({ platformCode, periodKey }: DuePeriod): string =>
  `ST-${platformCode}-${periodKey}`;

/**
 * Makes the statement of a period, and those of the periods before it that are missing. As often as it is called, by
 * whomever, each period gets one. Undefined where the period has not ended.
 */
export function closeStatement(
  pool: Pool,
  { platformCode, periodKey, nowMs }: DuePeriod & { readonly nowMs: number },
): Promise<StatementStand | undefined> {
  return inTransaction(pool, async (client) => {
    await client.query(LOCK_PLATFORM, [platformCode]);
    const before = await standOf(client, { platformCode, periodKey });
    if (before) return before;
    const missing = await missingPeriods(client, platformCode, nowMs);
    const last = missing.findIndex((one) => one.periodKey === periodKey);
    if (last < 0) return undefined;
    let stand: StatementStand | undefined;
    for (const one of missing.slice(0, last + 1)) stand = await draft(client, one, nowMs);
    return stand;
  });
}

const STAND = `
  SELECT id, statement_no AS "statementNo", status, outstanding_hao::text AS outstanding,
    (extract(epoch FROM next_at) * 1000)::float8 AS "nextAtMs"
  FROM statements WHERE statement_no = $1`;

async function standOf(client: PoolClient, period: DuePeriod): Promise<StatementStand | undefined> {
  const found = await client.query<
    Omit<StatementStand, 'outstandingHao'> & { readonly outstanding: string }
  >(STAND, [statementNoOf(period)]);
  const row = found.rows[0];
  if (!row) return undefined;
  const { outstanding, ...stand } = row;
  return { ...stand, outstandingHao: Number(outstanding) };
}

const INSERT = `
  INSERT INTO statements (statement_no, platform_id, agreement_id, period_key, period_from, period_to, starts_at, ends_at, status,
    opening_hao, orders_hao, refunds_hao, compensation_hao, fees_hao, top_ups_hao, payments_hao, others_hao, closing_hao,
    line_count, due_hao, outstanding_hao)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, 0, 0, 0, 0, 0, 0, 0, $9, 0, 0, 0) RETURNING id`;

const BALANCE_ACCOUNT = `SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`;

const BEFORE = `
  SELECT s.closing_hao::text AS closing, s.ends_at AS "endsAt",
    (SELECT min(f.starts_at) FROM statements f WHERE f.platform_id = s.platform_id) AS "firstAt",
    coalesce((SELECT min(l.posting_id) FROM statement_lines l WHERE l.statement_id = s.id), 0)::text AS "fromPostingId"
  FROM statements s WHERE s.platform_id = $1 ORDER BY s.period_to DESC LIMIT 1`;

const OPENING = `
  SELECT (-coalesce(sum(p.amount_hao), 0))::text AS opening FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
  WHERE p.account_id = $1 AND e.posted_at < $2`;

/** Also what was booked so late that the statement before could not tell of it. */
const TAKE_LINES = `
  WITH taken AS (
    INSERT INTO statement_lines (statement_id, posting_id, entry_id, kind, order_id, amount_hao, posted_at)
    SELECT $1, p.id, p.entry_id, e.kind, e.order_id, -p.amount_hao, e.posted_at
    FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
    WHERE p.account_id = $2 AND p.id >= $3 AND e.posted_at >= $4 AND e.posted_at < $5
      AND NOT EXISTS (SELECT 1 FROM statement_lines l WHERE l.posting_id = p.id)
    ORDER BY p.id RETURNING kind, amount_hao
  )
  SELECT kind, sum(amount_hao)::text AS sum, count(*)::int AS count FROM taken GROUP BY kind`;

const SUMS = `
  UPDATE statements SET orders_hao = $2, refunds_hao = $3, compensation_hao = $4, fees_hao = $5, top_ups_hao = $6,
    payments_hao = $7, others_hao = $8, closing_hao = $9, line_count = $10, due_hao = $11, outstanding_hao = $11
  WHERE id = $1`;

/** What earlier statements asked for and had not got when the period ended. */
const ASKED_BEFORE = `
  SELECT coalesce(sum(s.due_hao
    - coalesce((SELECT sum(y.amount_hao) FROM statement_payments y WHERE y.statement_id = s.id AND y.created_at < $2), 0)
    - coalesce((SELECT sum(d.conceded_hao) FROM statement_disputes d WHERE d.statement_id = s.id AND d.resolved_at < $2), 0)
    - coalesce((SELECT sum((w.detail ->> 'amountHao')::bigint) FROM statement_events w
        WHERE w.statement_id = s.id AND w.type = 'write-off' AND w.created_at < $2), 0)), 0)::text AS asked
  FROM statements s WHERE s.platform_id = $1 AND s.id <> $3`;

async function draft(client: PoolClient, one: Missing, nowMs: number): Promise<StatementStand> {
  const { agreement, period } = one;
  const { platformId } = agreement;
  const accountId = await accountOf(client, platformId);
  const start = await startOf(client, one, accountId);
  const endsAt = new Date(endsAtMs(period, agreement));
  const made = await client.query<{ id: string }>(INSERT, [
    statementNoOf(one),
    platformId,
    agreement.agreementId,
    period.key,
    period.from,
    period.to,
    start.at,
    endsAt,
    start.openingHao,
  ]);
  const id = made.rows[0]?.id ?? '';
  const { rows } = await client.query<{ kind: EntryKind; sum: string; count: number }>(TAKE_LINES, [
    id,
    accountId,
    start.fromPostingId,
    start.firstAt,
    endsAt,
  ]);
  const sums = sumsOf(rows);
  const closingHao = STATEMENT_CATEGORIES.reduce((sum, name) => sum + sums[name], start.openingHao);
  const asked = await client.query<{ asked: string }>(ASKED_BEFORE, [platformId, endsAt, id]);
  const askedBeforeHao = Math.max(0, Number(asked.rows[0]?.asked));
  const dueHao = amountDueHao(agreement.dueMethod, { closingHao, sums, askedBeforeHao });
  await client.query(SUMS, [
    id,
    ...STATEMENT_CATEGORIES.map((name) => sums[name]),
    closingHao,
    rows.reduce((sum, { count }) => sum + count, 0),
    dueHao,
  ]);
  await noteEvent(client, id, { type: 'drafted', detail: { dueHao }, nowMs });
  const row = await lockStatement(client, id);
  return agreement.issuesItself
    ? issueStatement(client, row, { actor: 'system', nowMs })
    : changeStatement(client, row, {}, nowMs);
}

/** Where the statement before it ended; the first one opens with what the ledger says. */
async function startOf(client: PoolClient, { agreement, period }: Missing, accountId: string) {
  const found = await client.query<{
    closing: string;
    endsAt: Date;
    firstAt: Date;
    fromPostingId: string;
  }>(BEFORE, [agreement.platformId]);
  const before = found.rows[0];
  if (before) {
    const { closing, endsAt: at, firstAt, fromPostingId } = before;
    return { at, openingHao: Number(closing), firstAt, fromPostingId };
  }
  const at = new Date(startsAtMs(period, agreement));
  const openingHao = Number(await openingOf(client, accountId, at));
  return { at, openingHao, firstAt: at, fromPostingId: '0' };
}

async function accountOf(client: PoolClient, platformId: string): Promise<string> {
  const found = await client.query<{ id: string }>(BALANCE_ACCOUNT, [platformId]);
  const id = found.rows[0]?.id;
  invariant(id, `platform ${platformId} has an account`);
  return id;
}

async function openingOf(client: PoolClient, accountId: string, startsAt: Date): Promise<string> {
  const found = await client.query<{ opening: string }>(OPENING, [accountId, startsAt]);
  return found.rows[0]?.opening ?? '0';
}

function sumsOf(rows: readonly { kind: EntryKind; sum: string }[]): CategorySums {
  const sums = Object.fromEntries(STATEMENT_CATEGORIES.map((name) => [name, 0]));
  for (const { kind, sum } of rows) {
    const category = categoryOf(kind);
    sums[category] = (sums[category] ?? 0) + Number(sum);
  }
  return sums as Record<keyof CategorySums, number>;
}
