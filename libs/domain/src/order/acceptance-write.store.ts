import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import { chargePostings, POSTING_KEY_FACTOR } from '../money/posting.js';
import type { HoldReason } from '../risk/hold.js';
import { openCases } from '../risk/open-cases.store.js';
import { invariant } from '../shared/assert.js';
import { SECOND_MS } from '../shared/business-time.js';
import type { AcceptanceDecision, LargeOffer } from './accept-order.js';
import type { AcceptanceReading, SignedSubmission, StockCard } from './acceptance-facts.store.js';
import { wakeRelay } from '../outbox/wake.store.js';
import { orderNoOf } from './order-no.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import type { OrderStatus } from './order-status.js';
import { UNIT_KEY_FACTOR } from './unit-status.js';
import type { OrderFacts } from './order-view.js';

/** A submit as the API hands it over. */
export interface OrderSubmission extends SignedSubmission {
  readonly platformCode: string;
  /** How long the create call may wait for a final order (`Prefer: wait`); 0 for not at all. */
  readonly waitMs: number;
}

/** An order as it was just written, with the cards it got. */
export interface AcceptedOrder extends OrderFacts {
  readonly id: string;
  readonly productId: string;
  readonly callbackUrl: string | null;
  readonly cards: readonly StockCard[];
}

export interface PlannedOrder extends AcceptedOrder {
  readonly submission: OrderSubmission;
  readonly entryId: string;
  readonly deadlineAtMs: number | null;
  readonly large: LargeOffer | undefined;
  readonly hold: HoldReason | null;
}

/**
 * The api lets a callback go as soon as its create call is answered. This is how long the callback waits where the api
 * died in between, on top of what the call asked to wait.
 */
const REPLY_WITHIN_MS = 2 * SECOND_MS;

/** Turns accepted decisions into rows to be written, handing out the cards in hand in their order. */
export function planOrders(
  reading: AcceptanceReading,
  submissions: readonly OrderSubmission[],
  decisions: readonly AcceptanceDecision[],
): (PlannedOrder | undefined)[] {
  const nowMs = reading.facts.nowMs;
  const takenPerProduct = new Map<string, number>();
  return decisions.map((decision, index) => {
    const submission = submissions[index];
    if (decision.kind !== 'accepted' || !submission) return undefined;
    const { product, isDelivered, hold } = decision;
    const { request } = submission;
    const id = reading.orderIds[index];
    const entryId = reading.entryIds[index];
    invariant(id !== undefined && entryId !== undefined, 'an id was reserved for every submit');
    let cards: readonly StockCard[] = [];
    if (isDelivered) {
      const from = takenPerProduct.get(product.id) ?? 0;
      cards = (reading.cards.get(product.id) ?? []).slice(from, from + request.quantity);
      invariant(cards.length === request.quantity, 'a delivered order has all its cards in hand');
      takenPerProduct.set(product.id, from + request.quantity);
    }
    return {
      id,
      entryId,
      submission,
      productId: product.id,
      callbackUrl: request.callbackUrl,
      cards,
      orderNo: orderNoOf(id, nowMs),
      merchantOrderNo: request.merchantOrderNo,
      productCode: product.code,
      quantity: request.quantity,
      deliveredQuantity: isDelivered ? request.quantity : 0,
      unitPriceHao: decision.unitPriceHao,
      amountHao: decision.amountHao,
      refundedHao: 0,
      status: birthStatus(decision),
      failCode: null,
      version: 1,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      // Time runs for the goods once they may be looked for.
      deadlineAtMs:
        isDelivered || decision.large || hold ? null : nowMs + product.waitSeconds * SECOND_MS,
      large: decision.large,
      hold,
    };
  });
}

function birthStatus({
  isDelivered,
  large,
  hold,
}: Pick<AcceptanceDecision & { kind: 'accepted' }, 'isDelivered' | 'large' | 'hold'>): OrderStatus {
  if (hold) return 'held';
  if (large) return 'awaiting-payment';
  return isDelivered ? 'succeeded' : 'processing';
}

/**
 * All rows of all orders of a batch in one statement. Its last line makes the statement fail (and so the commit behind
 * it a rollback) if a card was no longer in the queue, which the product's lock rules out: better no sale than a double one.
 */
const WRITE_ORDERS = `
  WITH o AS (
    INSERT INTO orders (id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, customer_no,
      quantity, delivered_quantity, unit_price_hao, amount_hao, status, account, callback_url, sale_channel, remark,
      deadline_at, reply_until, created_at, updated_at)
    SELECT r.id, r.order_no, r.platform_id, r.merchant_order_no, decode(r.fingerprint, 'hex'), r.product_id,
      r.product_code, r.customer_no, r.quantity, r.delivered_quantity, r.unit_price_hao, r.amount_hao, r.status,
      r.account::jsonb, r.callback_url, r.sale_channel, r.remark, r.deadline_at,
      clock_timestamp() + r.reply_ms * interval '1 millisecond', $1, $1
    FROM unnest($2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[],
      $10::int[], $11::int[], $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::text[],
      $18::text[], $19::timestamptz[], $20::int[])
      AS r(id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, customer_no, quantity,
        delivered_quantity, unit_price_hao, amount_hao, status, account, callback_url, sale_channel, remark,
        deadline_at, reply_ms)
    RETURNING id, order_no, version, status, callback_url, reply_until
  ), owing AS (
    SELECT * FROM o WHERE status = 'succeeded'
  ), units AS (
    INSERT INTO order_units (id, order_id, unit_no, status)
    SELECT r.id * ${UNIT_KEY_FACTOR} + unit_no, r.id, unit_no, CASE WHEN r.delivered > 0 THEN 'delivered' ELSE 'pending' END
    FROM unnest($2::bigint[], $10::int[], $11::int[]) AS r(id, quantity, delivered)
    CROSS JOIN LATERAL generate_series(1, r.quantity) AS unit_no
  ), events AS (
    INSERT INTO order_events (order_id, type, to_status, actor_kind, actor_name, created_at)
    SELECT r.id, 'accepted', r.status, 'platform', r.platform_code, $1
    FROM unnest($2::bigint[], $14::text[], $21::text[]) AS r(id, status, platform_code)
  ), delivered AS (
    INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
    SELECT r.order_id * ${UNIT_KEY_FACTOR} + r.unit_no, r.order_id, r.unit_no, r.card_id, $1
    FROM unnest($22::bigint[], $23::int[], $24::bigint[]) AS r(order_id, unit_no, card_id)
  ), taken AS (
    DELETE FROM card_stock WHERE card_id = ANY($24::bigint[]) RETURNING card_id
  ), entries AS (
    INSERT INTO ledger_entries (id, idempotency_key, kind, order_id, posted_at)
    SELECT r.id, 'order:' || r.order_id || ':charge', 'order-charge', r.order_id, $1
    FROM unnest($25::bigint[], $26::bigint[]) AS r(id, order_id)
  ), postings AS (
    INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
    SELECT r.entry_id * ${POSTING_KEY_FACTOR} + r.line_no, r.entry_id, r.line_no,
      coalesce(r.account_id, (SELECT id FROM ledger_accounts WHERE code = 'revenue')), r.amount_hao
    FROM unnest($27::bigint[], $28::int[], $29::uuid[], $30::bigint[]) AS r(entry_id, line_no, account_id, amount_hao)
  ), balances AS (
    UPDATE ledger_accounts a SET balance_hao = a.balance_hao - r.spent_hao
    FROM unnest($31::uuid[], $32::bigint[]) AS r(id, spent_hao) WHERE a.id = r.id
  ), ${owedCallbacksSql('owing', '$1')}, outbox AS (
    INSERT INTO outbox_messages (kind, subject, not_before)
    SELECT 'start-order', r.id::text, $1 FROM unnest($33::bigint[]) AS r(id)
  ), buyers AS (
    INSERT INTO customers (platform_id, customer_no)
    SELECT DISTINCT r.platform_id, r.customer_no FROM unnest($4::uuid[], $9::text[]) AS r(platform_id, customer_no)
    WHERE r.customer_no IS NOT NULL ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  )
  SELECT 1 / (count(*) = cardinality($24::bigint[]))::int AS all_cards_taken FROM taken`;

/** Sends the statement; the caller sends COMMIT behind it without waiting. */
export function writeOrders(
  client: PoolClient,
  reading: AcceptanceReading,
  orders: readonly PlannedOrder[],
  startWorkflows: 'all' | 'waiting',
): Promise<unknown> {
  const nowMs = reading.facts.nowMs;
  const values = [
    new Date(nowMs),
    ...orderColumns(orders),
    ...deliveryColumns(orders),
    ...moneyColumns(orders, reading.accountIds),
    ...followUpColumns(orders, startWorkflows),
  ];
  const written = client.query({ name: 'write-orders', text: WRITE_ORDERS, values });
  const held = orders
    .filter(({ hold }) => hold !== null)
    .map(({ id, hold, amountHao, submission: { platformId, request } }) => ({
      id,
      hold,
      amountHao,
      platformId,
      customerNo: request.customerNo,
    }));
  return settled([
    written,
    held.length > 0 ? openCases(client, held, nowMs) : nothing,
    orders.some(({ status }) => status !== 'succeeded')
      ? wakeRelay(client, 'start-order')
      : nothing,
  ]);
}

const nothing = Promise.resolve();
const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

function orderColumns(orders: readonly PlannedOrder[]): unknown[] {
  const column = (pick: (order: PlannedOrder) => unknown): unknown[] => orders.map(pick);
  const requested = (pick: (request: OrderSubmission['request']) => unknown): unknown[] =>
    orders.map((order) => pick(order.submission.request));
  return [
    column((order) => order.id),
    column((order) => order.orderNo),
    column((order) => order.submission.platformId),
    column((order) => order.merchantOrderNo),
    column((order) => order.submission.fingerprint),
    column((order) => order.productId),
    column((order) => order.productCode),
    requested((request) => request.customerNo),
    column((order) => order.quantity),
    column((order) => order.deliveredQuantity),
    column((order) => order.unitPriceHao),
    column((order) => order.amountHao),
    column((order) => order.status),
    requested(({ account }) =>
      Object.keys(account).length === 0 ? null : JSON.stringify(account),
    ),
    requested((request) => request.callbackUrl),
    requested((request) => request.saleChannel),
    requested((request) => request.remark),
    column((order) => instant(order.deadlineAtMs)),
    column(({ submission: { waitMs, request } }) =>
      request.callbackUrl === null ? null : waitMs + REPLY_WITHIN_MS,
    ),
    column((order) => order.submission.platformCode),
  ];
}

function deliveryColumns(orders: readonly PlannedOrder[]): unknown[] {
  const rows = orders.flatMap((order) =>
    order.cards.map((card, index) => ({
      orderId: order.id,
      unitNo: index + 1,
      cardId: card.cardId,
    })),
  );
  return [
    rows.map((row) => row.orderId),
    rows.map((row) => row.unitNo),
    rows.map((row) => row.cardId),
  ];
}

/** A large order is paid in stages. An order that costs nothing (a price that rounds to no fen) has no entry: a posting is never zero. */
function moneyColumns(
  orders: readonly PlannedOrder[],
  accountIds: ReadonlyMap<string, string>,
): unknown[] {
  const charged = orders.filter((order) => order.amountHao > 0 && !order.large);
  const spent = new Map<string, number>();
  const postings = charged.flatMap((order) => {
    const platformBalanceId = accountIds.get(order.submission.platformId);
    invariant(platformBalanceId, 'a charged platform has a balance account');
    spent.set(platformBalanceId, (spent.get(platformBalanceId) ?? 0) + order.amountHao);
    // The statement itself knows the one revenue account: it stands for the lines without an account.
    const lines = chargePostings({ platformBalanceId, revenueId: 'revenue' }, order.amountHao);
    return lines.map((line, index) => ({ ...line, entryId: order.entryId, lineNo: index + 1 }));
  });
  return [
    charged.map((order) => order.entryId),
    charged.map((order) => order.id),
    postings.map((line) => line.entryId),
    postings.map((line) => line.lineNo),
    postings.map((line) => (line.accountId === 'revenue' ? null : line.accountId)),
    postings.map((line) => line.amountHao),
    [...spent.keys()],
    [...spent.values()],
  ];
}

/** Orders whose runs are to be started. */
function followUpColumns(
  orders: readonly PlannedOrder[],
  startWorkflows: 'all' | 'waiting',
): unknown[] {
  const started = orders.filter(
    (order) => startWorkflows === 'all' || order.status !== 'succeeded',
  );
  return [started.map((order) => order.id)];
}
