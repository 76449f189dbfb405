import { WAITING_STATUSES_SQL } from './order-status.js';
import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import type { AccountField } from '../catalog/account-fields.js';
import type { ProductStatus } from '../catalog/product-status.js';
import { isSuppliedSql } from '../supply/supplied-sql.js';
import { gatesSql } from '../licence/gate-sql.js';
import type { SellingGate } from '../licence/sale-gate.js';
import { priceLinesSql } from '../pricing/price-lines.store.js';
import { shanghaiDate } from '../shared/business-time.js';
import { markFresh, recordNoncesQuery, type UsedNonce } from '../platform/credential.store.js';
import type { SealedCard } from '../vault/card-vault.js';
import {
  orderKey,
  type AcceptanceFacts,
  type ProductFacts,
  type Submission,
} from './accept-order.js';
import { balanceFacts, lockBalancesQuery, type BalanceRow } from './locked-balance.store.js';
import { LOCK_PRODUCTS } from '../inventory/product-lock.store.js';

/** A submit with the signing facts that the transaction must record. */
export interface SignedSubmission extends Submission, UsedNonce {}

export interface StockCard extends SealedCard {
  readonly expiresOn: string | null;
}

/** Everything read under the locks of one accepting transaction. */
export interface AcceptanceReading {
  readonly facts: AcceptanceFacts;
  /** Which submissions carry a nonce never seen before; the others are replays. */
  readonly isFresh: readonly boolean[];
  readonly accountIds: ReadonlyMap<string, string>;
  /** Cards in hand per product id, first-expiring first. */
  readonly cards: ReadonlyMap<string, readonly StockCard[]>;
  readonly orderIds: readonly string[];
  readonly entryIds: readonly string[];
}

const WAITING_READ_MAX = 200;
/** Stock is counted no further than this where orders wait. */
const COUNT_MAX = 60_000;

const READ_PRODUCTS = `
  SELECT p.id, p.code, p.status, p.min_quantity, p.max_quantity, p.quantity_step, p.may_wait, p.wait_seconds,
    p.account_fields, p.banned_channels, w.ids AS waiting_ids, w.quantities AS waiting_quantities,
    ${priceLinesSql('= ANY($2::uuid[])')} AS prices,
    CASE WHEN w.ids IS NULL THEN NULL ELSE (SELECT count(*) FROM (SELECT 1 FROM card_stock s
       WHERE s.product_id = p.id AND s.expires_on >= $3::date LIMIT ${COUNT_MAX}) AS counted) END AS available_count,
    ${isSuppliedSql('p.id')} AS is_supplied, ${gatesSql('p.id', '= ANY($2::uuid[])')} AS gates
  FROM products p
  LEFT JOIN LATERAL (
    SELECT array_agg(o.id ORDER BY o.id) AS ids, array_agg(o.wanted ORDER BY o.id) AS quantities
    FROM (SELECT id, coalesce(released_quantity, quantity) - delivered_quantity AS wanted FROM orders
          WHERE product_id = p.id AND status IN ${WAITING_STATUSES_SQL} AND sourcing_quantity = 0
          ORDER BY id LIMIT ${WAITING_READ_MAX + 1}) AS o) AS w ON true
  WHERE p.code = ANY($1::text[])`;

const READ_CARDS = `
  SELECT s.card_id, s.product_id, s.batch_id, c.sealed, c.expires_on::text, b.data_key_sealed
  FROM unnest($1::text[], $2::int[]) AS d(code, wanted)
  JOIN products p ON p.code = d.code
  CROSS JOIN LATERAL (
    SELECT q.card_id, q.product_id, q.batch_id, q.expires_on FROM card_stock q
    WHERE q.product_id = p.id AND q.expires_on >= $3::date
    ORDER BY q.expires_on, q.card_id LIMIT d.wanted) AS s
  JOIN cards c ON c.id = s.card_id
  JOIN card_batches b ON b.id = s.batch_id
  ORDER BY s.product_id, s.expires_on, s.card_id`;

const READ_KNOWN = `
  SELECT o.platform_id, o.merchant_order_no, o.id, encode(o.fingerprint, 'hex') AS fingerprint
  FROM unnest($1::uuid[], $2::text[]) AS k(platform_id, merchant_order_no)
  JOIN orders o ON o.merchant_order_no = k.merchant_order_no AND o.platform_id = k.platform_id`;

const NEXT_IDS = `
  SELECT nextval('orders_id_seq') AS order_id, nextval('ledger_entries_id_seq') AS entry_id
  FROM generate_series(1, $1::int)`;

interface ProductRow {
  id: string;
  code: string;
  status: ProductStatus;
  min_quantity: number;
  max_quantity: number;
  quantity_step: number;
  may_wait: boolean;
  wait_seconds: number;
  account_fields: AccountField[];
  banned_channels: string[];
  prices: ProductFacts['prices'];
  waiting_ids: string[] | null;
  waiting_quantities: string[] | null;
  available_count: string | null;
  is_supplied: boolean;
  gates: SellingGate[] | null;
}

interface CardRow {
  card_id: string;
  product_id: string;
  batch_id: string;
  sealed: Buffer;
  expires_on: string | null;
  data_key_sealed: Buffer;
}

/**
 * Begins the transaction, takes its locks and reads what the rules need, in one round trip: every statement is sent
 * before the first answer is awaited, and each reads what was committed when its turn came, after the locks.
 */
export async function beginAndRead(
  client: PoolClient,
  batch: readonly SignedSubmission[],
  nowMs: number,
): Promise<AcceptanceReading> {
  const today = shanghaiDate(nowMs);
  const wanted = wantedPerProduct(batch);
  const codes = [...wanted.keys()].sort();
  const platformIds = [...new Set(batch.map((one) => one.platformId))];
  const known = [
    batch.map((one) => one.platformId),
    batch.map((one) => one.request.merchantOrderNo),
  ];
  const [, , balances, fresh, products, cards, existing, ids] = await settled([
    client.query('BEGIN'),
    client.query({ name: 'lock-products', text: LOCK_PRODUCTS, values: [codes] }),
    client.query<BalanceRow>(
      lockBalancesQuery(
        { platformIds, customerNos: batch.map((one) => one.request.customerNo) },
        nowMs,
      ),
    ),
    client.query<NonceRow>(recordNoncesQuery(batch, nowMs)),
    client.query<ProductRow>({
      name: 'read-products',
      text: READ_PRODUCTS,
      values: [codes, platformIds, today],
    }),
    client.query<CardRow>({
      name: 'read-cards',
      text: READ_CARDS,
      values: [codes, codes.map((code) => wanted.get(code)), today],
    }),
    client.query<KnownRow>({ name: 'read-known', text: READ_KNOWN, values: known }),
    client.query<IdRow>({ name: 'next-ids', text: NEXT_IDS, values: [batch.length] }),
  ]);
  const cardsByProduct = groupCards(cards.rows);
  return {
    facts: {
      nowMs,
      productsByCode: new Map(
        products.rows.map((row) => [
          row.code,
          productFacts(row, cardsByProduct.get(row.id)?.length ?? 0),
        ]),
      ),
      balancesByPlatform: new Map(balances.rows.map((row) => [row.platform_id, balanceFacts(row)])),
      known: new Map(
        existing.rows.map((row) => [
          orderKey(row.platform_id, row.merchant_order_no),
          { orderId: row.id, fingerprint: row.fingerprint },
        ]),
      ),
    },
    isFresh: markFresh(batch, fresh.rows),
    accountIds: new Map(balances.rows.map((row) => [row.platform_id, row.id])),
    cards: cardsByProduct,
    orderIds: ids.rows.map((row) => row.order_id),
    entryIds: ids.rows.map((row) => row.entry_id),
  };
}

interface NonceRow {
  credential_id: string;
  nonce: string;
}
interface KnownRow {
  platform_id: string;
  merchant_order_no: string;
  id: string;
  fingerprint: string;
}
interface IdRow {
  order_id: string;
  entry_id: string;
}

function wantedPerProduct(batch: readonly SignedSubmission[]): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { request } of batch)
    wanted.set(request.productCode, (wanted.get(request.productCode) ?? 0) + request.quantity);
  return wanted;
}

function groupCards(rows: readonly CardRow[]): Map<string, StockCard[]> {
  const groups = new Map<string, StockCard[]>();
  for (const row of rows) {
    const card: StockCard = {
      cardId: row.card_id,
      productId: row.product_id,
      batchId: row.batch_id,
      sealed: row.sealed,
      dataKeySealed: row.data_key_sealed,
      expiresOn: row.expires_on,
    };
    const group = groups.get(card.productId);
    if (group) group.push(card);
    else groups.set(card.productId, [card]);
  }
  return groups;
}

function productFacts(row: ProductRow, cardsInHand: number): ProductFacts {
  const waiting = (row.waiting_ids ?? []).map((id, index) => ({
    id,
    quantity: Number(row.waiting_quantities?.[index] ?? 0),
  }));
  return {
    id: row.id,
    code: row.code,
    status: row.status,
    minQuantity: row.min_quantity,
    maxQuantity: row.max_quantity,
    quantityStep: row.quantity_step,
    mayWait: row.may_wait,
    isSupplied: row.is_supplied,
    waitSeconds: row.wait_seconds,
    accountFields: row.account_fields,
    bannedChannels: row.banned_channels,
    prices: row.prices,
    availableCount: row.available_count === null ? cardsInHand : Number(row.available_count),
    waiting: waiting.slice(0, WAITING_READ_MAX),
    hasMoreWaiting: waiting.length > WAITING_READ_MAX,
    gates: row.gates,
  };
}
