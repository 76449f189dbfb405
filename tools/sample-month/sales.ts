import { createHash } from 'node:crypto';
import { MINUTE_MS, SECOND_MS } from '#domain';
import { acceptOrders, advanceOrder, claimSend, endOrder, settleAttempt } from '#domain/stores';
import type { MonthBooks, MonthProduct } from './books.js';
import { costOf } from './books.js';
import type { Chance } from './chance.js';

/** An order as it was really sold, with what happened to it; both statements are written from these. */
export interface Sale {
  readonly merchantOrderNo: string;
  readonly orderId: string;
  readonly orderNo: string;
  readonly product: MonthProduct;
  readonly quantity: number;
  readonly amountHao: number;
  readonly atMs: number;
  /** When it failed and was refunded. */
  readonly refundedAtMs: number | null;
  readonly purchase: Purchase | null;
}

export interface Purchase {
  readonly attemptNo: string;
  readonly supplierOrderNo: string;
  readonly costHao: number;
  readonly atMs: number;
  readonly isFailed: boolean;
}

/** Shares of what goes wrong at a source. */
const FAILED_SHARE = 0.08;

/** Sells one order at a moment of the month, over the scripts that the api and the worker run. */
export async function sell(
  books: MonthBooks,
  chance: Chance,
  { atMs, product }: { readonly atMs: number; readonly product: MonthProduct },
): Promise<Sale> {
  const quantity = chance.of([1, 1, 1, 2, 3]);
  const merchantOrderNo = `P${chance.digits(14)}`;
  const order = await accept(books, { merchantOrderNo, product, quantity, atMs });
  const sale = {
    merchantOrderNo,
    orderId: order.id,
    orderNo: order.orderNo,
    product,
    quantity,
    amountHao: order.amountHao,
    atMs,
  };
  if (product.supply === 'stock') return { ...sale, refundedAtMs: null, purchase: null };
  const purchase =
    product.supply === 'supplier' ? await buy(books, chance, { ...sale, atMs }) : null;
  if (purchase && !purchase.isFailed) return { ...sale, refundedAtMs: null, purchase };
  const refundedAtMs = atMs + 10 * MINUTE_MS;
  const end = await endOrder(books.pool, {
    orderId: order.id,
    to: 'failed',
    failCode: purchase ? 'supply-failed' : 'out-of-stock',
    actor: { kind: 'system', name: 'sample month' },
    nowMs: refundedAtMs,
  });
  if (!end.ended) throw new Error(`order ${order.orderNo} did not end`);
  return { ...sale, refundedAtMs, purchase };
}

async function accept(
  { pool, platformId, credentialId }: MonthBooks,
  asked: {
    readonly merchantOrderNo: string;
    readonly product: MonthProduct;
    readonly quantity: number;
    readonly atMs: number;
  },
) {
  const digest = createHash('sha256').update(asked.merchantOrderNo).digest('hex');
  const [answer] = await acceptOrders(
    pool,
    [
      {
        platformId,
        platformCode: 'month-platform',
        credentialId,
        nonce: digest.slice(0, 32),
        fingerprint: digest,
        waitMs: 0,
        request: {
          merchantOrderNo: asked.merchantOrderNo,
          productCode: asked.product.code,
          quantity: asked.quantity,
          account: {},
          maxAmountHao: null,
          callbackUrl: null,
          customerNo: null,
          saleChannel: null,
          remark: null,
        },
      },
    ],
    { nowMs: asked.atMs, startWorkflows: 'waiting' },
  );
  if (answer?.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(answer)}`);
  return answer.order;
}

async function buy(
  { pool, vault }: MonthBooks,
  chance: Chance,
  sale: Omit<Sale, 'refundedAtMs' | 'purchase'>,
): Promise<Purchase> {
  const parts = { pool, vault, clockSpeed: 1 };
  const atMs = sale.atMs + 2 * SECOND_MS;
  const { calls } = await advanceOrder(parts, { orderId: sale.orderId, nowMs: atMs });
  const call = calls[0];
  if (!call) throw new Error(`order ${sale.orderNo} found no source`);
  await claimSend(pool, call.attemptId, atMs);
  const isFailed = chance.isLucky(FAILED_SHARE);
  const costHao = costOf(sale.product) * sale.quantity;
  const supplierOrderNo = `S${chance.digits(16)}`;
  await settleAttempt(parts, {
    attemptId: call.attemptId,
    source: 'query',
    nowMs: atMs + SECOND_MS,
    settlement: {
      kind: 'verdict',
      verdict: {
        verdict: isFailed ? 'failed' : 'succeeded',
        surplus: 0,
        report: {
          said: isFailed ? 'failed' : 'succeeded',
          rawStatus: isFailed ? 'failed' : 'ok',
          supplierOrderNo,
          cards: isFailed
            ? []
            : Array.from({ length: sale.quantity }, () => ({
                cardNo: `G${chance.digits(16)}`,
                cardPassword: chance.digits(10),
                expiresAtMs: undefined,
              })),
          costHao,
          refund: isFailed
            ? { state: 'full', amountHao: costHao }
            : { state: 'none', amountHao: 0 },
          message: '',
        },
      },
    },
  });
  return { attemptNo: call.attemptNo, supplierOrderNo, costHao, atMs, isFailed };
}
