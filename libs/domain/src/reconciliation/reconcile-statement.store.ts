import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { DAY_MS, HOUR_MS } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { dueLines, readMatchFacts } from './match-facts.store.js';
import type { MatchRules, OurItem } from './match-facts.js';
import { matchLines, ROUNDING_PER_STATEMENT_HAO } from './match-lines.js';
import { matchPayout } from './match-payouts.store.js';
import { missTheirs } from './miss-theirs.store.js';
import { entryIdAt, itemsInRange, pageEnd, toldReleases } from './our-items.store.js';
import { partyAccountId } from './reconciliation-entry.store.js';
import type { ExternalStatementStatus } from './reconciliation-lists.js';
import { bookFees, checkPayout, type StatementFacts, type Step } from './statement-sums.store.js';
import { partyById } from './statement-party.store.js';
import { startOfDayMs } from './statement-text.js';
import { lockParty } from './statement-version.store.js';
import { type DecisionsToWrite, writeDecisions } from './write-decisions.store.js';

const LINES_A_STEP = 500;
const ITEMS_A_STEP = 500;
/** Entries are posted in the order of their ids but for moments. */
const DISORDER_MS = HOUR_MS;

export interface ReconcileStep {
  /** More is to be done at once. */
  readonly isMore: boolean;
  /** When to look again; null where nothing is waited for any more. */
  readonly wakeAtMs: number | null;
}

const DONE: ReconcileStep = { isMore: false, wakeAtMs: null };

/**
 * Takes the reconciliation of a statement one step on: a page of its lines, then a page of our own entries of its period,
 * then its sums. One transaction; it may run as often as anybody likes. Throws `statement.not-found`.
 */
export function reconcileStep(
  pool: Pool,
  { statementId, nowMs }: { readonly statementId: string; readonly nowMs: number },
): Promise<ReconcileStep> {
  return inTransaction(pool, async (client) => {
    const found = await client.query<{ party_id: string }>(
      'SELECT party_id FROM external_statements WHERE id = $1',
      [statementId],
    );
    const partyId = found.rows[0]?.party_id;
    if (partyId === undefined) throw new DomainError('statement.not-found');
    await lockParty(client, partyId);
    const party = await partyById(client, partyId);
    const statement = await readStatement(client, statementId);
    if (!statement) return DONE;
    const accountId = await partyAccountId(client, party);
    const step = { client, party, statement, accountId, nowMs };
    if (await matchPage(step)) return { isMore: true, wakeAtMs: nowMs };
    if (await compareOurs(step)) return { isMore: true, wakeAtMs: nowMs };
    await bookFees(step);
    await checkPayout(step);
    return finish(step);
  });
}

/** Runs steps until nothing more can be done now. Answers when to look again. */
export async function reconcileStatement(
  pool: Pool,
  asked: { readonly statementId: string; readonly nowMs: number },
): Promise<ReconcileStep> {
  for (;;) {
    const step = await reconcileStep(pool, asked);
    if (!step.isMore) return step;
  }
}

async function readStatement(
  client: PoolClient,
  statementId: string,
): Promise<StatementFacts | undefined> {
  const { rows } = await client.query<{
    status: ExternalStatementStatus;
    period_from: string;
    period_to: string;
    rounding_hao: string;
    fee_booked_hao: string;
    ours_cursor: string;
    is_ours_done: boolean;
    due_hao: string;
    payout_hao: string;
  }>(
    `SELECT status, period_from::text, period_to::text, rounding_hao, fee_booked_hao, ours_cursor, is_ours_done,
       order_hao + refund_hao + deduction_hao - fee_hao AS due_hao, payout_hao
     FROM external_statements WHERE id = $1 FOR UPDATE`,
    [statementId],
  );
  const row = rows[0];
  if (!row || row.status !== 'reconciling') return undefined;
  return {
    id: statementId,
    fromMs: startOfDayMs(row.period_from),
    toMs: startOfDayMs(row.period_to) + DAY_MS,
    roundingHao: Number(row.rounding_hao),
    feeBookedHao: Number(row.fee_booked_hao),
    oursCursor: row.ours_cursor,
    isOursDone: row.is_ours_done,
    dueHao: Number(row.due_hao),
    payoutHao: Number(row.payout_hao),
  };
}

const rulesOf = ({ party, statement, nowMs }: Step): MatchRules => ({
  party: party.kind,
  fromMs: statement.fromMs,
  toMs: statement.toMs,
  closedBeforeMs: party.closedThrough === null ? null : startOfDayMs(party.closedThrough) + DAY_MS,
  bufferDays: party.bufferDays,
  feeBasisPoints: party.feeBasisPoints,
  roundingLeftHao: Math.max(0, ROUNDING_PER_STATEMENT_HAO - statement.roundingHao),
  nowMs,
});

async function matchPage(step: Step): Promise<boolean> {
  const { client, party, statement, accountId, nowMs } = step;
  const due = await dueLines(client, { statementId: statement.id, nowMs, limit: LINES_A_STEP });
  if (due.length === 0) return false;
  const lines = new Map(due.map((line) => [line.id, line]));
  const writing: DecisionsToWrite = { client, party, statementId: statement.id, lines, nowMs };
  const isPayout = (type: string): boolean => type === 'payout' && party.kind !== 'bank';
  const others = due.filter(({ type }) => !isPayout(type));
  const facts = await readMatchFacts(client, { party, accountId }, others);
  await writeDecisions(writing, matchLines(others, facts, rulesOf(step)));
  for (const line of due.filter(({ type }) => isPayout(type))) await matchPayout(writing, line);
  return true;
}

/** After the buffer, what of ours no line has named: a pair that cancels itself out is none of their business. */
async function compareOurs(step: Step): Promise<boolean> {
  const { client, party, statement, accountId, nowMs } = step;
  if (statement.isOursDone || nowMs < statement.toMs + party.bufferDays * DAY_MS) return false;
  const begin = await entryIdAt(client, statement.fromMs - DISORDER_MS);
  const fromId = BigInt(statement.oursCursor) > BigInt(begin) ? statement.oursCursor : begin;
  const toId = await entryIdAt(client, statement.toMs + DISORDER_MS);
  const range = { fromId, toId, limit: ITEMS_A_STEP };
  const items = (await itemsInRange(client, { party, accountId }, range)).filter(
    ({ isTaken, occurredAtMs }) =>
      !isTaken && occurredAtMs >= statement.fromMs && occurredAtMs < statement.toMs,
  );
  const proposed = await proposedKeys(client, items);
  for (const item of items.filter(({ key }) => !proposed.has(key))) await missTheirs(step, item);
  const lastId = await pageEnd(client, accountId, range);
  if (lastId === null)
    for (const item of await toldReleases(client, { party, accountId }, statement))
      if (!item.isTaken) await missTheirs(step, item);
  await client.query(
    'UPDATE external_statements SET ours_cursor = $2, is_ours_done = $3 WHERE id = $1',
    [
      statement.id,
      lastId === null ? statement.oursCursor : String(BigInt(lastId) + 1n),
      lastId === null,
    ],
  );
  return true;
}

async function proposedKeys(
  client: PoolClient,
  items: readonly OurItem[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ our_key: string }>(
    `SELECT our_key FROM reconciliation_matches WHERE our_kind = 'entry' AND our_key = ANY($1::bigint[]) AND status <> 'refused'`,
    [items.map(({ key }) => key)],
  );
  return new Set(rows.map((row) => row.our_key));
}

async function finish({ client, party, statement, nowMs }: Step): Promise<ReconcileStep> {
  const { rows } = await client.query<{ next_at: Date | null; open: number }>(
    `SELECT min(next_pass_at) FILTER (WHERE state = 'waiting') AS next_at,
       count(*) FILTER (WHERE state IN ('waiting', 'proposed'))::int AS open
     FROM external_lines WHERE statement_id = $1 AND state IN ('waiting', 'proposed')`,
    [statement.id],
  );
  const oursAtMs = statement.isOursDone ? [] : [statement.toMs + party.bufferDays * DAY_MS];
  const nextMs = Math.min(...oursAtMs, rows[0]?.next_at?.getTime() ?? Number.POSITIVE_INFINITY);
  const wakeAtMs = Number.isFinite(nextMs) ? Math.max(nextMs, nowMs + 1) : null;
  const isDone = wakeAtMs === null && (rows[0]?.open ?? 0) === 0;
  await client.query(
    `UPDATE external_statements SET next_pass_at = $2, status = $3::varchar, finished_at = CASE WHEN $3::varchar = 'done' THEN $4::timestamptz END,
       updated_at = now(), version = version + 1 WHERE id = $1`,
    [
      statement.id,
      wakeAtMs === null ? null : new Date(wakeAtMs),
      isDone ? 'done' : 'reconciling',
      new Date(nowMs),
    ],
  );
  return { isMore: false, wakeAtMs };
}
