import type { Pool } from 'pg';
import { RELEASE_CALLBACKS } from '../platform/owed-callback.store.js';
import { readOrderStages } from '../large-order/large-order-view.store.js';
import type { OrderStages } from '../large-order/stage-view.js';
import type { CardVault } from '../vault/card-vault.js';
import type { OrderFailCode, OrderStatus } from './order-status.js';
import { UNIT_KEY_FACTOR } from './unit-status.js';
import type { CardView, OrderFacts } from './order-view.js';

/** An order with the codes it was given, for its buyer's eyes only. */
export interface OrderWithCards extends OrderFacts {
  readonly id: string;
  readonly platformId: string;
  readonly productId: string;
  readonly callbackUrl: string | null;
  readonly cards: readonly CardView[];
  /** Of a large order. */
  readonly staged?: OrderStages;
}

interface OrderRow {
  id: string;
  order_no: string;
  platform_id: string;
  merchant_order_no: string;
  product_id: string;
  product_code: string;
  quantity: number;
  delivered_quantity: number;
  unit_price_hao: string;
  amount_hao: string;
  refunded_hao: string;
  status: OrderStatus;
  fail_code: OrderFailCode | null;
  version: number;
  callback_url: string | null;
  released_quantity: number | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `id, order_no, platform_id, merchant_order_no, product_id, product_code, quantity, delivered_quantity,
  unit_price_hao, amount_hao, refunded_hao, status, fail_code, version, callback_url, released_quantity, created_at, updated_at`;

const READ_BY_ID = `SELECT ${COLUMNS} FROM orders WHERE id = $1`;
const READ_BY_NUMBER = `SELECT ${COLUMNS} FROM orders WHERE merchant_order_no = $2 AND platform_id = $1`;

const READ_CARDS = `
  SELECT d.card_id, c.product_id, c.batch_id, c.sealed, c.expires_on::text, b.data_key_sealed
  FROM deliveries d JOIN cards c ON c.id = d.card_id JOIN card_batches b ON b.id = c.batch_id
  WHERE d.unit_id BETWEEN $1::bigint * ${UNIT_KEY_FACTOR} AND $1::bigint * ${UNIT_KEY_FACTOR} + ${UNIT_KEY_FACTOR - 1}
  ORDER BY d.unit_id`;

/** The order under our id, or undefined. */
export async function readOrderById(
  pool: Pool,
  vault: CardVault,
  orderId: string,
): Promise<OrderWithCards | undefined> {
  const found = await pool.query<OrderRow>({
    name: 'read-order-by-id',
    text: READ_BY_ID,
    values: [orderId],
  });
  return found.rows[0] && withCards(pool, vault, found.rows[0]);
}

/** The order under the platform's own number, or undefined; never another platform's. */
export async function readOrderByNumber(
  pool: Pool,
  vault: CardVault,
  platformId: string,
  merchantOrderNo: string,
): Promise<OrderWithCards | undefined> {
  const values = [platformId, merchantOrderNo];
  const found = await pool.query<OrderRow>({
    name: 'read-order-by-number',
    text: READ_BY_NUMBER,
    values,
  });
  return found.rows[0] && withCards(pool, vault, found.rows[0]);
}

async function withCards(pool: Pool, vault: CardVault, row: OrderRow): Promise<OrderWithCards> {
  const cards = row.delivered_quantity > 0 ? await readCards(pool, vault, row.id) : [];
  const staged = row.released_quantity === null ? undefined : await readOrderStages(pool, row.id);
  return {
    id: row.id,
    orderNo: row.order_no,
    platformId: row.platform_id,
    merchantOrderNo: row.merchant_order_no,
    productId: row.product_id,
    productCode: row.product_code,
    quantity: row.quantity,
    deliveredQuantity: row.delivered_quantity,
    unitPriceHao: Number(row.unit_price_hao),
    amountHao: Number(row.amount_hao),
    refundedHao: Number(row.refunded_hao),
    status: row.status,
    failCode: row.fail_code,
    version: row.version,
    callbackUrl: row.callback_url,
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    cards,
    ...(staged ? { staged } : {}),
  };
}

async function readCards(pool: Pool, vault: CardVault, orderId: string): Promise<CardView[]> {
  const { rows } = await pool.query<{
    card_id: string;
    product_id: string;
    batch_id: string;
    sealed: Buffer;
    expires_on: string | null;
    data_key_sealed: Buffer;
  }>({ name: 'read-order-cards', text: READ_CARDS, values: [orderId] });
  return rows.map((row) => ({
    ...vault.open({
      cardId: row.card_id,
      productId: row.product_id,
      batchId: row.batch_id,
      sealed: row.sealed,
      dataKeySealed: row.data_key_sealed,
    }),
    expiresOn: row.expires_on,
  }));
}

const READ_FINAL = `
  SELECT id FROM orders WHERE id = ANY($1::bigint[]) AND status IN ('succeeded', 'partial', 'failed', 'cancelled')`;

/** Which of these orders are final by now. */
export async function finalOrderIds(pool: Pool, orderIds: readonly string[]): Promise<string[]> {
  const found = await pool.query<{ id: string }>({
    name: 'read-final-orders',
    text: READ_FINAL,
    values: [orderIds],
  });
  return found.rows.map((row) => row.id);
}

/** The create calls of these orders have been answered: their callbacks may leave now. */
export async function releaseCallbacks(
  pool: Pool,
  orderIds: readonly string[],
  nowMs: number,
): Promise<void> {
  const values = [orderIds, new Date(nowMs)];
  await pool.query({ name: 'release-callbacks', text: RELEASE_CALLBACKS, values });
}
