import type { PoolClient } from 'pg';
import type { OurItem } from './match-facts.js';
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
  is_taken: boolean;
}

const IS_TAKEN = `EXISTS (SELECT 1 FROM reconciliation_matches m WHERE m.our_kind = 'entry' AND m.our_key = e.id
  AND m.status IN ('sure', 'confirmed'))`;

const ORDER_FACTS = `
  o.id AS order_id, NULL::bigint AS attempt_id, ARRAY[o.order_no, o.merchant_order_no]::text[] AS numbers, o.product_code,
  o.quantity, o.account,
  CASE WHEN o.status IN ('succeeded', 'partial') THEN 'succeeded' WHEN o.status IN ('failed', 'cancelled') THEN 'failed'
    ELSE 'processing' END AS told`;
const ATTEMPT_FACTS = `
  a.order_id, a.id AS attempt_id, array_remove(ARRAY[a.attempt_no, a.supplier_order_no], NULL)::text[] AS numbers,
  a.supplier_product_id AS product_code, a.quantity, (SELECT o.account FROM orders o WHERE o.id = a.order_id) AS account,
  CASE WHEN a.status IN ('succeeded', 'partial', 'late-success', 'reversed') THEN 'succeeded'
    WHEN a.status IN ('prepared', 'accepted', 'unknown') THEN 'processing' ELSE 'failed' END AS told`;
const BANK_FACTS = `
  e.order_id, NULL::bigint AS attempt_id, string_to_array(e.idempotency_key || ':' || coalesce(e.memo, ''), ':') AS numbers,
  NULL::text AS product_code, NULL::int AS quantity, NULL::jsonb AS account, NULL::text AS told`;

const head = (sign: '' | '-'): string =>
  `SELECT e.id AS entry_id, ${sign}p.amount_hao AS amount_hao, e.posted_at, ${IS_TAKEN} AS is_taken, `;
const POSTING = `JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63 AND p.account_id = $1`;

const BY_NUMBERS = {
  platform: `
    WITH known AS MATERIALIZED (
      SELECT id FROM orders WHERE platform_id = $3 AND merchant_order_no = ANY($2::text[])
      UNION SELECT id FROM orders WHERE platform_id = $3 AND order_no = ANY($2::text[]))
    ${head('')}${ORDER_FACTS} FROM known JOIN orders o ON o.id = known.id
    JOIN ledger_entries e ON e.idempotency_key IN ('order:' || o.id || ':charge', 'order:' || o.id || ':refund') ${POSTING}`,
  supplier: `
    WITH known AS MATERIALIZED (
      SELECT id FROM attempts WHERE supplier_id = $3 AND attempt_no = ANY($2::text[])
      UNION SELECT id FROM attempts WHERE supplier_id = $3 AND supplier_order_no = ANY($2::text[]))
    ${head('-')}${ATTEMPT_FACTS} FROM known JOIN attempts a ON a.id = known.id
    JOIN ledger_entries e ON e.idempotency_key IN ('attempt:' || a.id || ':cost', 'attempt:' || a.id || ':unrefunded',
      'attempt:' || a.id || ':withdrawn', 'attempt:' || a.id || ':refund', 'attempt:' || a.id || ':reversal') ${POSTING}`,
} as const;

const ITS_ORDER = `JOIN orders o ON o.id = e.order_id`;
const ITS_ATTEMPT = `JOIN attempts a ON a.id = e.attempt_id`;

/** Entries of a party's account in a range of ids, oldest first; those of reconciling itself left out. */
const IN_RANGE = {
  platform: `${head('')}${ORDER_FACTS} FROM ledger_entries e ${POSTING} ${ITS_ORDER}
    WHERE e.kind IN ('order-charge', 'order-refund')`,
  supplier: `${head('-')}${ATTEMPT_FACTS} FROM ledger_entries e ${POSTING} ${ITS_ATTEMPT}
    WHERE e.kind IN ('supply-cost', 'supply-refund')`,
  bank: `${head('')}${BANK_FACTS} FROM ledger_entries e ${POSTING}
    WHERE e.kind NOT IN ('suspense', 'suspense-cleared', 'rounding', 'settlement-adjustment', 'reversal')`,
} as const;

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
  const { rows } = await client.query<ItemRow>(BY_NUMBERS[party.kind], [
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
