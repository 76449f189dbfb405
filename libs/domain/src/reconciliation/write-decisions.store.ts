import type { PoolClient } from 'pg';
import { DAY_MS } from '../shared/business-time.js';
import type { FoundDifference, LineDecision, OurItem, TheirLine } from './match-facts.js';
import type { MatchPass, MatchStatus } from './reconciliation-lists.js';
import { bookForParty, canTake } from './reconciliation-entry.store.js';
import type { PartyFacts } from './statement-party.store.js';
import { withdrawDifferences } from './withdraw-difference.store.js';

/** Within a day somebody has looked at a difference. */
export const DIFFERENCE_DUE_MS = DAY_MS;

export interface DecisionsToWrite {
  readonly client: PoolClient;
  readonly party: PartyFacts;
  readonly statementId: string;
  readonly lines: ReadonlyMap<string, TheirLine>;
  readonly nowMs: number;
}

/** Writes what was decided about lines. Matches are unique in the database: a line or an entry is used once. */
export async function writeDecisions(
  writing: DecisionsToWrite,
  decisions: readonly LineDecision[],
): Promise<void> {
  for (const decision of decisions) await writeDecision(writing, decision);
}

async function writeDecision(writing: DecisionsToWrite, decision: LineDecision): Promise<void> {
  const { client, nowMs } = writing;
  const { lineId } = decision;
  switch (decision.kind) {
    case 'wait':
      await client.query(
        'UPDATE external_lines SET pass_count = pass_count + 1, next_pass_at = $2 WHERE id = $1',
        [lineId, new Date(decision.untilMs)],
      );
      return;
    case 'paired':
      await writeMatch(writing, {
        lineId,
        pass: 'pair',
        status: 'sure',
        lineKey: decision.otherLineId,
      });
      await setState(client, [lineId, decision.otherLineId], 'matched');
      await withdrawDifferences(client, {
        where: { lineIds: [lineId, decision.otherLineId] },
        to: 'auto-closed',
        why: 'order and refund cancel each other out',
        nowMs,
      });
      return;
    case 'proposed':
      await writeMatch(writing, {
        lineId,
        pass: 'composite',
        status: 'proposed',
        item: decision.item,
      });
      await setState(client, [lineId], 'proposed');
      return;
    case 'matched':
      return writeMatched(writing, decision);
    case 'different':
      if (decision.item) await useItem(writing, lineId, { item: decision.item, pass: 'typed' });
      await setState(client, [lineId], 'different');
      for (const found of decision.differences)
        await openDifference(writing, lineId, decision.item, found);
  }
}

async function writeMatched(
  writing: DecisionsToWrite,
  decision: Extract<LineDecision, { kind: 'matched' }>,
): Promise<void> {
  const { client, party, statementId, nowMs } = writing;
  const { lineId, item, roundingHao } = decision;
  if (roundingHao !== 0 && !(await canBook(writing, roundingHao))) {
    const kind = roundingHao > 0 ? 'amount-long' : 'amount-short';
    const line = writing.lines.get(lineId);
    const found = {
      kind,
      theirsHao: line?.amountHao ?? null,
      oursHao: item.amountHao,
      favourHao: roundingHao,
    } as const;
    return writeDecision(writing, { kind: 'different', lineId, item, differences: [found] });
  }
  await useItem(writing, lineId, { item, pass: 'exact', roundingHao });
  await setState(client, [lineId], 'matched');
  if (roundingHao !== 0) {
    await bookForParty(client, party, {
      key: `line:${lineId}:rounding`,
      kind: 'rounding',
      lines: [
        { account: 'party', amountHao: roundingHao },
        { account: 'rounding', amountHao: -roundingHao },
      ],
      orderId: item.orderId,
      memo: `rounding, ${party.code}`,
      nowMs,
    });
    await client.query(
      'UPDATE external_statements SET rounding_hao = rounding_hao + $2::bigint WHERE id = $1',
      [statementId, Math.abs(roundingHao)],
    );
  }
  for (const found of decision.differences)
    await openDifference(writing, lineId, item, found, 'auto-closed');
}

const canBook = ({ client, party }: DecisionsToWrite, favourHao: number): Promise<boolean> =>
  canTake(client, party, favourHao);

/** A number beats a guess: a proposal for the item gives way, and a difference that missed it is none. */
async function useItem(
  writing: DecisionsToWrite,
  lineId: string,
  use: { readonly item: OurItem; readonly pass: MatchPass; readonly roundingHao?: number },
): Promise<void> {
  const { client, nowMs } = writing;
  const keys = [use.item, ...(use.item.also ?? [])].map(({ key }) => key);
  await client.query(
    `WITH gone AS (
       UPDATE reconciliation_matches SET status = 'refused', decided_by = 'system'
       WHERE our_kind = 'entry' AND our_key = ANY($1::bigint[]) AND status = 'proposed' RETURNING line_id)
     UPDATE external_lines SET state = 'waiting', next_pass_at = $2 WHERE id IN (SELECT line_id FROM gone)`,
    [keys, new Date(nowMs)],
  );
  await writeMatch(writing, { lineId, status: 'sure', ...use });
  for (const item of use.item.also ?? [])
    await writeMatch(writing, { lineId, status: 'sure', pass: 'together', item });
  for (const key of keys)
    await withdrawDifferences(client, {
      where: { key: `entry:${key}` },
      to: 'auto-closed',
      why: `line ${lineId}`,
      nowMs,
    });
}

export interface NewMatch {
  readonly lineId: string | null;
  readonly pass: MatchPass;
  readonly status: MatchStatus;
  readonly item?: OurItem;
  readonly lineKey?: string;
  readonly roundingHao?: number;
}

export async function writeMatch(
  { client, party, nowMs }: Pick<DecisionsToWrite, 'client' | 'party' | 'nowMs'>,
  match: NewMatch,
): Promise<void> {
  await client.query(
    `INSERT INTO reconciliation_matches (party_id, line_id, our_kind, our_key, order_id, attempt_id, pass, status, rounding_hao, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      party.id,
      match.lineId,
      match.item ? 'entry' : 'line',
      match.item?.key ?? match.lineKey,
      match.item?.orderId ?? null,
      match.item?.attemptId ?? null,
      match.pass,
      match.status,
      match.roundingHao ?? 0,
      new Date(nowMs),
    ],
  );
}

export async function setState(
  client: PoolClient,
  lineIds: readonly string[],
  state: 'matched' | 'proposed' | 'different' | 'waiting',
): Promise<void> {
  await client.query(
    'UPDATE external_lines SET state = $2, pass_count = pass_count + 1 WHERE id = ANY($1::bigint[])',
    [lineIds, state],
  );
}

const OPEN = `
  INSERT INTO reconciliation_differences (key, party_id, statement_id, line_id, our_entry_id, order_id, attempt_id, kind, status,
    theirs_hao, ours_hao, favour_hao, occurred_at, opened_at, due_at, reason, resolved_at, resolved_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
  ON CONFLICT (key) DO NOTHING`;

export interface NewDifference extends FoundDifference {
  readonly key: string;
  readonly lineId: string | null;
  readonly item: OurItem | null;
  readonly occurredAtMs: number;
  readonly status?: 'open' | 'auto-closed';
}

/** Puts a difference on the work list; found again it is the same one. */
export async function addDifference(
  { client, party, statementId, nowMs }: Omit<DecisionsToWrite, 'lines'>,
  found: NewDifference,
): Promise<void> {
  const isClosed = found.status === 'auto-closed';
  await client.query(OPEN, [
    found.key,
    party.id,
    statementId,
    found.lineId,
    found.item?.key ?? null,
    found.item?.orderId ?? null,
    found.item?.attemptId ?? null,
    found.kind,
    found.status ?? 'open',
    found.theirsHao,
    found.oursHao,
    found.favourHao,
    new Date(found.occurredAtMs),
    new Date(nowMs),
    new Date(nowMs + DIFFERENCE_DUE_MS),
    isClosed ? 'same order, booked on another day' : null,
    isClosed ? new Date(nowMs) : null,
    isClosed ? 'system' : null,
  ]);
}

async function openDifference(
  writing: DecisionsToWrite,
  lineId: string,
  item: OurItem | null,
  found: FoundDifference,
  status: 'open' | 'auto-closed' = 'open',
): Promise<void> {
  await addDifference(writing, {
    ...found,
    key: `line:${lineId}:${found.kind}`,
    lineId,
    item,
    occurredAtMs: writing.lines.get(lineId)?.occurredAtMs ?? writing.nowMs,
    status,
  });
}
