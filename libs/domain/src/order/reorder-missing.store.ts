import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { isSaleShutSql } from '../licence/gate-sql.js';
import { chargePostings } from '../money/posting.js';
import { postEntry } from '../money/post-entry.store.js';
import { holdReason } from '../risk/hold.js';
import { openCases } from '../risk/open-cases.store.js';
import { invariant } from '../shared/assert.js';
import { shanghaiDate } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { formatAmount, lineAmountHao } from '../shared/money.js';
import { spendableOf } from './accept-order.js';
import { lockBalance } from './locked-balance.store.js';
import { missingUnits } from './linked-order.js';
import { type LinkedOrder, writeLinkedOrder } from './linked-order.store.js';
import type { Actor } from './order-event-type.js';
import { isFinal, type OrderStatus } from './order-status.js';

export interface ReorderMissing {
  readonly orderId: string;
  readonly actor: Actor;
  readonly nowMs: number;
  /** How many re-orders there may be in all; undefined is no limit (a person asks). */
  readonly timesMax?: number;
}

const LOCK = `
  SELECT o.id, o.status, o.quantity, o.delivered_quantity, o.unit_price_hao::float8 AS unit_price_hao, o.platform_id,
    o.customer_no, o.origin_kind, o.released_quantity IS NOT NULL AS is_staged, p.status AS product_status, p.code AS product_code,
    ${isSaleShutSql({ productId: 'o.product_id', platformId: 'o.platform_id' }, '$2::date', '$3::timestamptz')} AS is_shut
  FROM orders o JOIN products p ON p.id = o.product_id WHERE o.id = $1 FOR UPDATE OF o`;

const REORDERS = `
  SELECT quantity, delivered_quantity, status FROM orders WHERE origin_order_id = $1 AND origin_kind = 're-order'`;

interface OrderRow {
  id: string;
  status: OrderStatus;
  quantity: number;
  delivered_quantity: number;
  unit_price_hao: number;
  platform_id: string;
  customer_no: string | null;
  origin_kind: string | null;
  is_staged: boolean;
  product_status: string;
  product_code: string;
  is_shut: boolean;
}

/**
 * Orders again what an ended order lacks, at its old price, which had gone back: under the order's lock, and only what no
 * other re-order has delivered or may still deliver. What may stop or hold an order does so here too: nothing for who is
 * stopped, and who is on watch waits for a person. Undefined where nothing is missing or the times are used up. Throws
 * `order.not-found`, `order.not-reorderable`, `product.off-sale`, `product.licence-lapsed`, `credit.exceeded`.
 */
export async function reorderMissing(
  pool: Pool,
  command: ReorderMissing,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<LinkedOrder | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OrderRow>(LOCK, [
      command.orderId,
      shanghaiDate(command.nowMs),
      new Date(command.nowMs),
    ]);
    const order = rows[0];
    if (!order) throw new DomainError('order.not-found');
    if (!isFinal(order.status) || order.origin_kind !== null || order.is_staged)
      throw new DomainError('order.not-reorderable');
    const reorders = await client.query<{
      quantity: number;
      delivered_quantity: number;
      status: OrderStatus;
    }>(REORDERS, [order.id]);
    const { timesMax = Infinity } = command;
    const quantity = missingUnits(
      { quantity: order.quantity, deliveredQuantity: order.delivered_quantity },
      reorders.rows.map((row) => ({
        quantity: row.quantity,
        deliveredQuantity: row.delivered_quantity,
        isFinal: isFinal(row.status),
      })),
    );
    if (quantity === 0 || reorders.rows.length >= timesMax) return undefined;
    if (order.product_status !== 'on-sale')
      throw new DomainError('product.off-sale', { productCode: order.product_code });
    if (order.is_shut)
      throw new DomainError('product.licence-lapsed', { productCode: order.product_code });
    const made = await orderAgain(client, { order, quantity, command });
    await afterChange(client);
    return made;
  });
}

/** How often the order's platform wants what it lacks to be ordered again. */
export async function readPlatformReorders(pool: Pool, orderId: string): Promise<number> {
  const { rows } = await pool.query<{ reorder_times: number }>(
    'SELECT p.reorder_times FROM orders o JOIN platforms p ON p.id = o.platform_id WHERE o.id = $1',
    [orderId],
  );
  return rows[0]?.reorder_times ?? 0;
}

async function orderAgain(
  client: PoolClient,
  given: {
    readonly order: OrderRow;
    readonly quantity: number;
    readonly command: ReorderMissing;
  },
): Promise<LinkedOrder> {
  const { order, quantity, command } = given;
  const { actor, nowMs } = command;
  const amountHao = lineAmountHao(order.unit_price_hao, quantity);
  const buyer = { platformId: order.platform_id, customerNo: order.customer_no };
  const { accountId, facts } = await lockBalance(client, buyer, nowMs);
  if (amountHao > spendableOf(facts))
    throw new DomainError('credit.exceeded', { amount: formatAmount(amountHao) });
  const hold = holdReason(facts, { customerNo: order.customer_no, amountHao });
  const made = await writeLinkedOrder(client, {
    originOrderId: order.id,
    origin: 're-order',
    quantity,
    unitPriceHao: order.unit_price_hao,
    amountHao,
    isHeld: hold !== null,
    actor,
    nowMs,
  });
  if (hold !== null) await openCases(client, [{ id: made.id, hold, amountHao, ...buyer }], nowMs);
  await client.query(
    `INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at) VALUES ($1, 're-ordered', $2, $3, $4, $5)`,
    [
      order.id,
      actor.kind,
      actor.name,
      { quantity, merchantOrderNo: made.merchantOrderNo },
      new Date(nowMs),
    ],
  );
  if (amountHao > 0) await charge(client, { orderId: made.id, accountId, amountHao, nowMs });
  return made;
}

async function charge(
  client: PoolClient,
  given: {
    readonly orderId: string;
    readonly accountId: string;
    readonly amountHao: number;
    readonly nowMs: number;
  },
): Promise<void> {
  const { orderId, accountId, amountHao, nowMs } = given;
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM ledger_accounts WHERE code = 'revenue'`,
  );
  const revenueId = rows[0]?.id;
  invariant(revenueId, 'there is an account for revenue');
  await postEntry(client, {
    key: `order:${orderId}:charge`,
    kind: 'order-charge',
    orderId,
    attemptId: null,
    lines: chargePostings({ platformBalanceId: accountId, revenueId }, amountHao),
    nowMs,
  });
  await client.query(
    'UPDATE ledger_accounts SET balance_hao = balance_hao - $2::bigint WHERE id = $1',
    [accountId, amountHao],
  );
}
