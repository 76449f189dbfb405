import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { invariant } from '../shared/assert.js';
import { MINUTE_MS } from '../shared/business-time.js';
import { type Lot, LotBook, type LotUse } from './lot.js';
import {
  announcedLots,
  emptyLot,
  lotsInPlay,
  takenBySubject,
  type UnspreadPosting,
  unspreadPostings,
} from './lot-facts.store.js';

const PAGE_ROWS = 1_000;
/** No transaction lives so long: what was posted before this and is not to be seen now will never be. */
const SETTLED_AFTER_MS = 5 * MINUTE_MS;

interface Position {
  readonly accountId: string;
  readonly platformId: string;
  readonly settledPostingId: string;
  readonly owedHao: number;
}

/**
 * Spreads the postings of a platform's balance that have landed over its lots: a page of them in the caller's transaction.
 * Orders write no lots: it is done afterwards, by a sweep and before whatever needs to know. Answers how many it spread.
 */
async function spreadPage(client: PoolClient, platformId: string, nowMs: number): Promise<number> {
  const position = await lockPosition(client, platformId, nowMs);
  const postings = await unspreadPostings(client, { ...position, rows: PAGE_ROWS });
  if (postings.length === 0) return 0;
  const taken = await takenBySubject(client, platformId, [
    ...new Set(postings.map(({ subject }) => subject)),
  ]);
  const announced = await announcedLots(
    client,
    postings.filter(({ amountHao }) => amountHao > 0).map(({ entryId }) => entryId),
  );
  const named = [
    ...[...taken.values()].flat().map(({ lotId }) => lotId),
    ...postings.map(({ namedLotId }) => namedLotId),
  ].filter((id): id is string => id !== null);
  const lots = await lotsInPlay(client, platformId, named);
  const book = new LotBook(await withPayersOfDebt(client, position, lots), position.owedHao);
  const spread = postings.map((posting) => ({
    posting,
    uses: spreadOne(book, posting, { taken, announced }),
  }));
  await writeLots(client, platformId, { book, before: lots, spread });
  await writeUses(client, platformId, spread);
  await movePosition(client, position, { postings, owedHao: book.owedHao, nowMs });
  return postings.length;
}

/** Where a debt has been paid since, what comes back for it goes to the lots that paid it; they may be empty by now. */
async function withPayersOfDebt(
  client: PoolClient,
  position: Position,
  lots: readonly Lot[],
): Promise<readonly Lot[]> {
  const known = new Set(lots.map(({ id }) => id));
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM balance_lots WHERE platform_id = $1 AND kind = 'paid' ORDER BY id DESC LIMIT 20`,
    [position.platformId],
  );
  const more = rows.map(({ id }) => id).filter((id) => !known.has(id));
  if (more.length === 0) return lots;
  const found = await announcedLots(client, more);
  return [...lots, ...found.values()];
}

function spreadOne(
  book: LotBook,
  posting: UnspreadPosting,
  facts: {
    readonly taken: Map<string, LotUse[]>;
    readonly announced: ReadonlyMap<string, Lot>;
  },
): readonly LotUse[] {
  const { subject, entryId } = posting;
  const takenBefore = facts.taken.get(subject) ?? [];
  const uses = book.attribute({
    ...posting,
    ownLot: facts.announced.get(entryId) ?? emptyLot(posting),
    takenBefore,
  });
  facts.taken.set(subject, netOf([...takenBefore, ...uses]));
  return uses;
}

/** What is still taken, by lot, in the order of taking. */
function netOf(uses: readonly LotUse[]): LotUse[] {
  const sums = new Map<string | null, number>();
  for (const { lotId, amountHao } of uses) sums.set(lotId, (sums.get(lotId) ?? 0) + amountHao);
  return [...sums]
    .map(([lotId, amountHao]) => ({ lotId, amountHao }))
    .filter(({ amountHao }) => amountHao > 0);
}

async function lockPosition(
  client: PoolClient,
  platformId: string,
  nowMs: number,
): Promise<Position> {
  const account = `SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`;
  await client.query(
    `INSERT INTO lot_positions (account_id, spread_at) SELECT id, $2 FROM (${account}) a ON CONFLICT DO NOTHING`,
    [platformId, new Date(nowMs)],
  );
  const { rows } = await client.query<{ account_id: string; settled: string; owed: string }>(
    `SELECT account_id, settled_posting_id AS settled, owed_hao AS owed FROM lot_positions
     WHERE account_id = (${account}) FOR UPDATE`,
    [platformId],
  );
  const row = rows[0];
  invariant(row, `platform ${platformId} has a balance account`);
  return {
    accountId: row.account_id,
    platformId,
    settledPostingId: row.settled,
    owedHao: Number(row.owed),
  };
}

const WRITE_LOTS = `
  INSERT INTO balance_lots (id, platform_id, kind, brought_hao, remaining_hao, brought_at)
  SELECT r.id, $1, r.kind, r.brought, r.remaining, r.brought_at
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[])
    AS r(id, kind, brought, remaining, brought_at)
  ON CONFLICT (id) DO UPDATE SET brought_hao = excluded.brought_hao, remaining_hao = excluded.remaining_hao`;

interface SpreadPosting {
  readonly posting: UnspreadPosting;
  readonly uses: readonly LotUse[];
}

async function writeLots(
  client: PoolClient,
  platformId: string,
  {
    book,
    before,
    spread,
  }: {
    readonly book: LotBook;
    readonly before: readonly Lot[];
    readonly spread: readonly SpreadPosting[];
  },
): Promise<void> {
  const known = new Map(before.map((lot) => [lot.id, lot]));
  const broughtAt = new Map(spread.map(({ posting }) => [posting.entryId, posting.postedAt]));
  const touched = [...new Set(spread.flatMap(({ uses }) => uses.map(({ lotId }) => lotId)))]
    .map((id) => (id === null ? undefined : book.lot(id)))
    .filter((lot): lot is Lot => lot !== undefined)
    .filter((lot) => known.get(lot.id)?.remainingHao !== lot.remainingHao || !known.has(lot.id));
  await client.query(WRITE_LOTS, [
    platformId,
    touched.map(({ id }) => id),
    touched.map(({ kind }) => kind),
    touched.map(({ broughtHao }) => broughtHao),
    touched.map(({ remainingHao }) => remainingHao),
    // A lot that is there keeps its own.
    touched.map(({ id }) => broughtAt.get(id) ?? new Date(0)),
  ]);
}

const WRITE_USES = `
  INSERT INTO lot_uses (posting_id, entry_id, platform_id, lot_id, amount_hao, subject)
  SELECT r.posting_id, r.entry_id, $1, r.lot_id, r.amount_hao, r.subject
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
    AS r(posting_id, entry_id, lot_id, amount_hao, subject)`;

async function writeUses(
  client: PoolClient,
  platformId: string,
  spread: readonly SpreadPosting[],
): Promise<void> {
  const rows = spread.flatMap(({ posting, uses }) => uses.map((use) => ({ posting, use })));
  await client.query(WRITE_USES, [
    platformId,
    rows.map(({ posting }) => posting.id),
    rows.map(({ posting }) => posting.entryId),
    rows.map(({ use }) => use.lotId),
    rows.map(({ use }) => use.amountHao),
    rows.map(({ posting }) => posting.subject),
  ]);
}

async function movePosition(
  client: PoolClient,
  position: Position,
  {
    postings,
    owedHao,
    nowMs,
  }: {
    readonly postings: readonly UnspreadPosting[];
    readonly owedHao: number;
    readonly nowMs: number;
  },
): Promise<void> {
  const young = postings.findIndex(({ postedAt }) => postedAt.getTime() > nowMs - SETTLED_AFTER_MS);
  const settled = young === -1 ? postings.at(-1) : postings[young - 1];
  await client.query(
    `UPDATE lot_positions SET owed_hao = $2, spread_at = $3, settled_posting_id = greatest(settled_posting_id, $4::bigint)
     WHERE account_id = $1`,
    [position.accountId, owedHao, new Date(nowMs), settled?.id ?? '0'],
  );
}

const PAGES_MAX = 1_000;

/**
 * Spreads all that has landed, inside the caller's transaction. The caller holds the balance's row lock, so nothing lands
 * meanwhile: afterwards the lots say what the balance says.
 */
export async function spreadBalance(
  client: PoolClient,
  platformId: string,
  nowMs: number,
): Promise<void> {
  for (let page = 0; page < PAGES_MAX; page += 1)
    if ((await spreadPage(client, platformId, nowMs)) < PAGE_ROWS) return;
}

/** Balances with postings that lie behind their position. */
const BEHIND = `
  SELECT a.platform_id FROM ledger_accounts a
  LEFT JOIN lot_positions l ON l.account_id = a.id
  WHERE a.kind = 'platform-balance' AND EXISTS (
    SELECT 1 FROM ledger_postings p WHERE p.account_id = a.id AND p.id > coalesce(l.settled_posting_id, 0)
      AND NOT EXISTS (SELECT 1 FROM lot_uses u WHERE u.posting_id = p.id))
  ORDER BY l.spread_at NULLS FIRST LIMIT 50`;

/** Pages for each platform and round: a large backlog is worked off in portions, and the others have their turn. */
const SWEEP_PAGES = 4;

/** The sweep: spreads what orders have left behind; answers how many postings. */
export async function spreadBalances(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ platform_id: string }>(BEHIND);
  let count = 0;
  for (const { platform_id: platformId } of rows)
    for (let page = 0; page < SWEEP_PAGES; page += 1) {
      const done = await inTransaction(pool, (client) => spreadPage(client, platformId, nowMs));
      count += done;
      if (done < PAGE_ROWS) break;
    }
  return count;
}
