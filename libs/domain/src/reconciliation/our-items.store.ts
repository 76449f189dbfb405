import type { PoolClient } from 'pg';
import type { LargePart, OurItem } from './match-facts.js';
import { IN_RANGE, itemsByNumberSql, LARGE_RELEASES } from './our-entries.store.js';
import type { ToldStatus } from './reconciliation-lists.js';
import type { PartyFacts } from './statement-party.store.js';

interface ItemRow {
  entry_id: string;
  amount_hao: string;
  posted_at: Date;
  order_id: string | null;
  attempt_id: string | null;
  numbers: string[];
  product_code: string | null;
  quantity: number | null;
  account: Record<string, string> | null;
  told: ToldStatus | null;
  part: LargePart | null;
  open_whole_hao: string | null;
  is_taken: boolean;
}

const RANGE = `
  WITH page AS MATERIALIZED (
    SELECT entry_id FROM ledger_postings WHERE account_id = $1 AND id >= $2::bigint * 64 AND id < $3::bigint * 64
    ORDER BY id LIMIT $4)
  SELECT * FROM (:items) AS i WHERE i.entry_id IN (SELECT entry_id FROM page) ORDER BY i.entry_id`;

/** A bank's money in is a receipt, its money out a payout; both count above zero, as lines do. */
function itemOf(row: ItemRow, party: PartyFacts): OurItem {
  const amountHao = Number(row.amount_hao);
  const isBank = party.kind === 'bank';
  const type = isBank ? (amountHao > 0 ? 'receipt' : 'payout') : amountHao > 0 ? 'order' : 'refund';
  return {
    key: row.entry_id,
    type,
    numbers: row.numbers,
    amountHao: isBank ? Math.abs(amountHao) : amountHao,
    status: row.told,
    occurredAtMs: row.posted_at.getTime(),
    productCode: row.product_code,
    quantity: row.quantity,
    accounts: Object.values(row.account ?? {}),
    orderId: row.order_id,
    attemptId: row.attempt_id,
    largePart: row.part,
    openWholeHao: row.open_whole_hao === null ? null : Number(row.open_whole_hao),
    isTaken: row.is_taken,
  };
}

export interface AccountOfParty {
  readonly party: PartyFacts;
  readonly accountId: string;
}

/** What of ours carries one of these numbers. */
export async function itemsByNumbers(
  client: PoolClient,
  { party, accountId }: AccountOfParty,
  numbers: readonly string[],
): Promise<readonly OurItem[]> {
  if (party.kind === 'bank' || numbers.length === 0) return [];
  const { rows } = await client.query<ItemRow>(itemsByNumberSql(party.kind), [
    accountId,
    numbers,
    party.platformId ?? party.supplierId,
  ]);
  return rows.map((row) => itemOf(row, party));
}

/** Which of these numbers are known to us at all, booked or not. */
export async function knownNumbers(
  client: PoolClient,
  party: PartyFacts,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (party.kind === 'bank') return new Set();
  const partyId = party.platformId ?? party.supplierId;
  const { rows } = await client.query<{ no: string }>(
    party.kind === 'platform'
      ? `SELECT merchant_order_no AS no FROM orders WHERE platform_id = $1 AND merchant_order_no = ANY($2::text[])
         UNION SELECT order_no FROM orders WHERE platform_id = $1 AND order_no = ANY($2::text[])`
      : `SELECT attempt_no AS no FROM attempts WHERE supplier_id = $1 AND attempt_no = ANY($2::text[])
         UNION SELECT supplier_order_no FROM attempts WHERE supplier_id = $1 AND supplier_order_no = ANY($2::text[])`,
    [partyId, numbers],
  );
  return new Set(rows.map(({ no }) => no));
}

/** Which of these product codes a party may speak of: ours for a platform, its own for a supplier. */
export async function knownProducts(
  client: PoolClient,
  party: PartyFacts,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ code: string }>(
    party.kind === 'supplier'
      ? 'SELECT DISTINCT supplier_product_id AS code FROM supply_routes WHERE supplier_id = $2 AND supplier_product_id = ANY($1::text[])'
      : 'SELECT code FROM products WHERE code = ANY($1::text[]) AND $2::uuid IS NOT DISTINCT FROM $2::uuid',
    [codes, party.supplierId],
  );
  return new Set(rows.map(({ code }) => code));
}

/**
 * The id of the first entry that was posted at or after a moment. Entries are posted in the order of their ids but for
 * moments, so it is searched by halving: there is no index on the time, which every sale would have to pay for.
 */
const ENTRY_AT = `
  WITH RECURSIVE b(lo, hi) AS (
    SELECT min(id), max(id) + 1 FROM ledger_entries
    UNION ALL
    SELECT CASE WHEN m.posted_at < $1 THEN m.id + 1 ELSE b.lo END, CASE WHEN m.posted_at < $1 THEN b.hi ELSE x.mid END
    FROM b CROSS JOIN LATERAL (SELECT (b.lo + b.hi) / 2 AS mid) AS x
      CROSS JOIN LATERAL (SELECT id, posted_at FROM ledger_entries WHERE id >= x.mid ORDER BY id LIMIT 1) AS m
    WHERE b.lo < b.hi
  )
  SELECT coalesce((SELECT lo FROM b ORDER BY hi - lo LIMIT 1), 1) AS id`;

export async function entryIdAt(client: PoolClient, atMs: number): Promise<string> {
  const { rows } = await client.query<{ id: string }>(ENTRY_AT, [new Date(atMs)]);
  return rows[0]?.id ?? '1';
}

/** A page of a party's entries by their ids, the last id excluded. */
export async function itemsInRange(
  client: PoolClient,
  { party, accountId }: AccountOfParty,
  range: { readonly fromId: string; readonly toId: string; readonly limit: number },
): Promise<readonly OurItem[]> {
  const { rows } = await client.query<ItemRow>(RANGE.replace(':items', IN_RANGE[party.kind]), [
    accountId,
    range.fromId,
    range.toId,
    range.limit,
  ]);
  return rows.map((row) => itemOf(row, party));
}

/** Stages that were let go in a time, of large orders of which the platform has told stage by stage. */
export async function toldReleases(
  client: PoolClient,
  { party }: AccountOfParty,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly OurItem[]> {
  if (party.kind !== 'platform') return [];
  const { rows } = await client.query<ItemRow>(LARGE_RELEASES, [
    party.platformId,
    new Date(fromMs),
    new Date(toMs),
  ]);
  return rows.map((row) => itemOf(row, party));
}

/** The last entry of a page as above, of any kind; null at the end. */
export async function pageEnd(
  client: PoolClient,
  accountId: string,
  range: { readonly fromId: string; readonly toId: string; readonly limit: number },
): Promise<string | null> {
  const { rows } = await client.query<{ entry_id: string | null; count: number }>(
    `SELECT max(entry_id) AS entry_id, count(*)::int AS count FROM (
       SELECT entry_id FROM ledger_postings WHERE account_id = $1 AND id >= $2::bigint * 64 AND id < $3::bigint * 64
       ORDER BY id LIMIT $4) AS page`,
    [accountId, range.fromId, range.toId, range.limit],
  );
  const row = rows[0];
  return row && row.count === range.limit ? row.entry_id : null;
}
