import type { PoolClient } from 'pg';
import { accountIdOfKind } from '../money/account.store.js';
import { bookEntry } from '../money/book-entry.store.js';
import type { AccountKind, EntryKind, PostingLine } from '../money/posting.js';
import { invariant } from '../shared/assert.js';
import type { LargePaymentSource } from './large-order-phase.js';

export interface LargeMoneyEvent {
  readonly orderId: string;
  readonly platformId: string;
  /** Makes it happen once, together with the order. */
  readonly step: string;
  readonly memo?: string;
  readonly nowMs: number;
}

/** What one event does to the four accounts that large orders touch, in their own direction; together nothing. */
interface Movement {
  readonly bankHao?: number;
  readonly balanceHao?: number;
  readonly prepaymentHao?: number;
  readonly revenueHao?: number;
}

/** A payment has cleared: it is the platform's money still, put aside for this order. */
export function bookLargePayment(
  client: PoolClient,
  event: LargeMoneyEvent,
  payment: { readonly source: LargePaymentSource; readonly amountHao: number },
): Promise<void> {
  const { source, amountHao } = payment;
  const from = source === 'bank' ? { bankHao: amountHao } : { balanceHao: -amountHao };
  return book(client, 'large-order-payment', event, { ...from, prepaymentHao: amountHao });
}

/** A stage is let go: what was paid for it is ours. */
export function bookLargeRelease(
  client: PoolClient,
  event: LargeMoneyEvent,
  amountHao: number,
): Promise<void> {
  return book(client, 'large-order-release', event, {
    prepaymentHao: -amountHao,
    revenueHao: amountHao,
  });
}

/** The order ends: what is put aside still, and what was let go but never delivered, goes back to the balance. */
export function bookLargeRefund(
  client: PoolClient,
  event: LargeMoneyEvent,
  refund: { readonly asideHao: number; readonly undeliveredHao: number },
): Promise<void> {
  const { asideHao, undeliveredHao } = refund;
  return book(client, 'large-order-refund', event, {
    prepaymentHao: -asideHao,
    revenueHao: -undeliveredHao,
    balanceHao: asideHao + undeliveredHao,
  });
}

async function book(
  client: PoolClient,
  kind: EntryKind,
  { orderId, platformId, step, memo, nowMs }: LargeMoneyEvent,
  moved: Movement,
): Promise<void> {
  const { bankHao = 0, balanceHao = 0, prepaymentHao = 0, revenueHao = 0 } = moved;
  // Debit positive, credit negative: what we owe or earn grows by credit.
  const debits: readonly (readonly [AccountKind, number])[] = [
    ['bank', bankHao],
    ['platform-prepayment', 0 - prepaymentHao],
    ['revenue', 0 - revenueHao],
    ['platform-balance', 0 - balanceHao],
  ];
  const lines: PostingLine[] = [];
  for (const [account, amountHao] of debits)
    if (amountHao !== 0)
      lines.push({ accountId: await accountIdOfKind(client, account, platformId), amountHao });
  if (lines.length === 0) return;
  const { isNew } = await bookEntry(client, {
    key: `order:${orderId}:${step}`,
    kind,
    orderId,
    attemptId: null,
    lines,
    subject: { resource: 'LargeOrder', recordId: orderId },
    ...(memo === undefined ? {} : { memo }),
    nowMs,
  });
  invariant(isNew, `${step} of order ${orderId} is booked once`);
}
