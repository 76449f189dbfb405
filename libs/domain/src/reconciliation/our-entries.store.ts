import type { PartyKind } from './reconciliation-lists.js';

/** Which entry of our ledger can be spoken of in a statement, under which numbers and with which sign. */
const IS_TAKEN = `EXISTS (SELECT 1 FROM reconciliation_matches m WHERE m.our_kind = 'entry' AND m.our_key = e.id
  AND m.status IN ('sure', 'confirmed'))`;

const NO_PART = 'NULL::text AS part, NULL::bigint AS open_whole_hao';
const NUMBERS = 'ARRAY[o.order_no, o.merchant_order_no]::text[] AS numbers';
const IN_WHOLE = `e.kind IN ('order-charge', 'order-refund')`;

/** Of an order; what is only a part of its money, or comes on top of it, is never guessed by its goods. */
const ORDER_FACTS = `
  o.id AS order_id, NULL::bigint AS attempt_id, ${NUMBERS}, o.product_code,
  CASE WHEN ${IN_WHOLE} THEN o.quantity END AS quantity, o.account,
  CASE WHEN NOT ${IN_WHOLE} THEN NULL WHEN o.status IN ('succeeded', 'partial') THEN 'succeeded'
    WHEN o.status IN ('failed', 'cancelled') THEN 'failed' ELSE 'processing' END AS told,
  CASE e.kind WHEN 'large-order-payment' THEN 'balance' WHEN 'large-order-refund' THEN 'refund' END AS part,
  NULL::bigint AS open_whole_hao`;
const ATTEMPT_FACTS = `
  a.order_id, a.id AS attempt_id, array_remove(ARRAY[a.attempt_no, a.supplier_order_no], NULL)::text[] AS numbers,
  a.supplier_product_id AS product_code, CASE WHEN e.kind IN ('supply-cost', 'supply-refund') THEN a.quantity END AS quantity,
  (SELECT o.account FROM orders o WHERE o.id = a.order_id) AS account,
  CASE WHEN a.status IN ('succeeded', 'partial', 'late-success', 'reversed') THEN 'succeeded'
    WHEN a.status IN ('prepared', 'accepted', 'unknown') THEN 'processing' ELSE 'failed' END AS told, ${NO_PART}`;
const BANK_FACTS = `
  e.order_id, NULL::bigint AS attempt_id, string_to_array(e.idempotency_key || ':' || coalesce(e.memo, ''), ':') AS numbers,
  NULL::text AS product_code, NULL::int AS quantity, NULL::jsonb AS account, NULL::text AS told, ${NO_PART}`;

/** Parts of a large order that do not touch the platform's balance: what it paid at the bank, what was let go. */
const asideFacts = (part: string): string => `
  o.id AS order_id, NULL::bigint AS attempt_id, ${NUMBERS}, o.product_code, NULL::int AS quantity, o.account, NULL::text AS told,
  ${part} AS part, (SELECT w.amount_hao FROM large_orders w WHERE w.order_id = o.id AND w.phase <> 'ended') AS open_whole_hao`;

const head = (sign: '' | '-'): string =>
  `SELECT e.id AS entry_id, ${sign}p.amount_hao AS amount_hao, e.posted_at, ${IS_TAKEN} AS is_taken, `;
const POSTING = `JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63 AND p.account_id = $1`;
const ASIDE = `
  JOIN ledger_accounts x ON x.kind = 'platform-prepayment' AND x.platform_id = o.platform_id
  JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63 AND p.account_id = x.id`;
const RELEASE = `JOIN ledger_entries e ON e.idempotency_key = 'order:' || o.id || ':stage-' || d.stage_no ${ASIDE}`;

const OF_PLATFORM = `
  WITH known AS MATERIALIZED (
    SELECT id FROM orders WHERE platform_id = $3 AND merchant_order_no = ANY($2::text[])
    UNION SELECT id FROM orders WHERE platform_id = $3 AND order_no = ANY($2::text[]))
  ${head('')}${ORDER_FACTS} FROM known JOIN orders o ON o.id = known.id
  JOIN ledger_entries e ON e.idempotency_key IN ('order:' || o.id || ':charge', 'order:' || o.id || ':refund') ${POSTING}
  UNION ALL
  ${head('')}${ORDER_FACTS} FROM known JOIN orders o ON o.id = known.id JOIN compensations c ON c.order_id = o.id
  JOIN ledger_entries e ON e.idempotency_key = 'compensation:' || c.id ${POSTING}
  UNION ALL
  ${head('-')}${asideFacts('y.source')} FROM known JOIN orders o ON o.id = known.id JOIN large_order_payments y ON y.order_id = o.id
  JOIN ledger_entries e ON e.idempotency_key = 'order:' || o.id || ':' || y.source || ':' || y.reference ${ASIDE}
  UNION ALL
  ${head('')}${asideFacts(`'release'`)} FROM known JOIN orders o ON o.id = known.id JOIN delivery_stages d ON d.order_id = o.id
  ${RELEASE}`;

const OF_SUPPLIER = `
  WITH known AS MATERIALIZED (
    SELECT id FROM attempts WHERE supplier_id = $3 AND attempt_no = ANY($2::text[])
    UNION SELECT id FROM attempts WHERE supplier_id = $3 AND supplier_order_no = ANY($2::text[]))
  ${head('-')}${ATTEMPT_FACTS} FROM known JOIN attempts a ON a.id = known.id
  JOIN ledger_entries e ON e.idempotency_key IN ('attempt:' || a.id || ':cost', 'attempt:' || a.id || ':unrefunded',
    'attempt:' || a.id || ':withdrawn', 'attempt:' || a.id || ':refund', 'attempt:' || a.id || ':reversal') ${POSTING}
  UNION ALL
  ${head('-')}${ATTEMPT_FACTS} FROM known JOIN attempts a ON a.id = known.id JOIN supply_claims c ON c.attempt_id = a.id
  CROSS JOIN LATERAL generate_series(1, c.version) AS v(no)
  JOIN ledger_entries e ON e.idempotency_key = 'claim:' || c.id || ':recovered:' || v.no ${POSTING}`;

/** What carries one of the numbers `$2`, on the account `$1` of the party `$3`. */
export const itemsByNumberSql = (party: Exclude<PartyKind, 'bank'>): string =>
  party === 'platform' ? OF_PLATFORM : OF_SUPPLIER;

const ITS_ATTEMPT = `JOIN attempts a ON a.id = CASE WHEN e.kind IN ('claim-recovered', 'compensation-recovery')
  THEN (SELECT c.attempt_id FROM supply_claims c WHERE c.id = split_part(e.idempotency_key, ':', 2)::uuid) ELSE e.attempt_id END`;

/** Entries of a party's account in a range of ids, oldest first; those of reconciling itself left out. */
export const IN_RANGE: Readonly<Record<PartyKind, string>> = {
  platform: `${head('')}${ORDER_FACTS} FROM ledger_entries e ${POSTING} JOIN orders o ON o.id = e.order_id
    WHERE e.kind IN ('order-charge', 'order-refund', 'large-order-payment', 'large-order-refund', 'compensation')`,
  supplier: `${head('-')}${ATTEMPT_FACTS} FROM ledger_entries e ${POSTING} ${ITS_ATTEMPT}
    WHERE e.kind IN ('supply-cost', 'supply-refund', 'claim-recovered', 'compensation-recovery')`,
  bank: `${head('')}${BANK_FACTS} FROM ledger_entries e ${POSTING}
    WHERE e.kind NOT IN ('suspense', 'suspense-cleared', 'rounding', 'settlement-adjustment', 'reversal')`,
};

/** Stages of a platform's large orders that were let go in a time, where another stage of the order was told as such. */
export const LARGE_RELEASES = `
  ${head('')}${asideFacts(`'release'`)} FROM large_orders g JOIN orders o ON o.id = g.order_id JOIN delivery_stages d ON d.order_id = o.id
  ${RELEASE}
  WHERE g.platform_id = $1 AND d.released_at >= $2 AND d.released_at < $3 AND EXISTS (
    SELECT 1 FROM reconciliation_matches m JOIN ledger_entries r ON r.id = m.our_key AND r.kind = 'large-order-release'
    WHERE m.order_id = o.id AND m.our_kind = 'entry' AND m.status IN ('sure', 'confirmed'))
  ORDER BY e.id`;
