import type { PoolClient } from 'pg';
import { COMPOSITE_WINDOW_MS, RECEIPT_WINDOW_MS } from './composite-match.js';
import type { MatchFacts, OurItem, TheirLine } from './match-facts.js';
import {
  type AccountOfParty,
  entryIdAt,
  itemsByNumbers,
  itemsInRange,
  knownNumbers,
  knownProducts,
} from './our-items.store.js';
import type { ExternalLineType, ToldStatus } from './reconciliation-lists.js';

const NEARBY_MAX = 2_000;
const LINE_COLUMNS = `id, type, our_no, their_no, product_code, quantity, account, amount_hao, fee_hao, status, currency,
  occurred_at, pass_count`;

interface LineRow {
  id: string;
  type: ExternalLineType;
  our_no: string | null;
  their_no: string | null;
  product_code: string | null;
  quantity: number | null;
  account: string | null;
  amount_hao: string;
  fee_hao: string | null;
  status: ToldStatus | null;
  currency: string | null;
  occurred_at: Date;
  pass_count: number;
}

const lineOf = (row: LineRow): TheirLine => ({
  id: row.id,
  type: row.type,
  ourNo: row.our_no,
  theirNo: row.their_no,
  productCode: row.product_code,
  quantity: row.quantity,
  account: row.account,
  amountHao: Number(row.amount_hao),
  feeHao: row.fee_hao === null ? null : Number(row.fee_hao),
  status: row.status,
  currency: row.currency,
  occurredAtMs: row.occurred_at.getTime(),
  passCount: row.pass_count,
});

/** Lines of a statement that are to be looked at now: first all once, then those that are left. */
export async function dueLines(
  client: PoolClient,
  due: { readonly statementId: string; readonly nowMs: number; readonly limit: number },
): Promise<readonly TheirLine[]> {
  const { rows } = await client.query<LineRow>(
    `SELECT ${LINE_COLUMNS} FROM external_lines WHERE statement_id = $1 AND state = 'waiting' AND next_pass_at <= $2
     ORDER BY pass_count, id LIMIT $3`,
    [due.statementId, new Date(due.nowMs), due.limit],
  );
  const lines = rows.map(lineOf);
  // What is guessed comes after what is known: never in one page with lines that nobody has looked at.
  const fresh = lines.filter(({ passCount }) => passCount === 0);
  return fresh.length > 0 ? fresh : lines;
}

export async function linesById(
  client: PoolClient,
  ids: readonly string[],
): Promise<readonly TheirLine[]> {
  const { rows } = await client.query<LineRow>(
    `SELECT ${LINE_COLUMNS} FROM external_lines WHERE id = ANY($1::bigint[]) ORDER BY id`,
    [ids],
  );
  return rows.map(lineOf);
}

/** What the rules need to judge these lines. */
export async function readMatchFacts(
  client: PoolClient,
  account: AccountOfParty,
  lines: readonly TheirLine[],
): Promise<MatchFacts> {
  const { party } = account;
  const numbers = [...new Set(lines.flatMap(({ ourNo, theirNo }) => [ourNo, theirNo]))].filter(
    (number) => number !== null,
  );
  const codes = lines.map(({ productCode }) => productCode).filter((code) => code !== null);
  const nearby = await readNearby(client, account, lines);
  const isBank = party.kind === 'bank';
  return {
    items: isBank ? nearby : await itemsByNumbers(client, account, numbers),
    nearby: nearby.filter(({ isTaken }) => !isTaken),
    knownNumbers: await knownNumbers(client, party, numbers),
    knownProducts: await knownProducts(client, party, codes),
    partners: await readPartners(client, party.id, numbers),
    refusedPairs: await readRefusedPairs(client, lines),
  };
}

/** A bank has few entries: all around its lines are read. Orders are many: those around each line that is left. */
async function readNearby(
  client: PoolClient,
  account: AccountOfParty,
  lines: readonly TheirLine[],
): Promise<readonly OurItem[]> {
  if (account.party.kind === 'bank') return readAround(client, account, lines, RECEIPT_WINDOW_MS);
  const left = lines.filter(
    ({ passCount, productCode, quantity }) =>
      passCount > 0 && productCode !== null && quantity !== null,
  );
  const found: OurItem[] = [];
  for (const line of left)
    found.push(...(await readAround(client, account, [line], COMPOSITE_WINDOW_MS)));
  return [...new Map(found.map((item) => [item.key, item])).values()];
}

async function readAround(
  client: PoolClient,
  account: AccountOfParty,
  lines: readonly TheirLine[],
  windowMs: number,
): Promise<readonly OurItem[]> {
  if (lines.length === 0) return [];
  const times = lines.map(({ occurredAtMs }) => occurredAtMs);
  const fromId = await entryIdAt(client, Math.min(...times) - windowMs);
  const toId = await entryIdAt(client, Math.max(...times) + windowMs + 1);
  return itemsInRange(client, account, { fromId, toId, limit: NEARBY_MAX });
}

async function readPartners(
  client: PoolClient,
  partyId: string,
  numbers: readonly string[],
): Promise<readonly TheirLine[]> {
  const { rows } = await client.query<LineRow>(
    `SELECT ${LINE_COLUMNS} FROM external_lines WHERE id IN (
       SELECT id FROM external_lines WHERE party_id = $1 AND our_no = ANY($2::text[])
       UNION SELECT id FROM external_lines WHERE party_id = $1 AND their_no = ANY($2::text[]))
     AND state = 'waiting' ORDER BY id`,
    [partyId, numbers],
  );
  return rows.map(lineOf);
}

async function readRefusedPairs(
  client: PoolClient,
  lines: readonly TheirLine[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ line_id: string; our_key: string }>(
    `SELECT line_id, our_key FROM reconciliation_matches WHERE line_id = ANY($1::bigint[]) AND status = 'refused'`,
    [lines.map(({ id }) => id)],
  );
  return new Set(rows.map(({ line_id, our_key }) => `${line_id}:${our_key}`));
}
