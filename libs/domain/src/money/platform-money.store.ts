import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { invariant } from '../shared/assert.js';
import { DomainError } from '../shared/domain-error.js';
import { formatAmount, HAO_PER_FEN, requireHao } from '../shared/money.js';
import { accountIdOfKind } from './account.store.js';
import { bookEntry, bookMove, type BookedEntry } from './book-entry.store.js';
import { spreadBalance } from './lot.store.js';
import { payoutPostings } from './recipe.js';

/** Money of a platform that moves by a decision of ours. */
export interface PlatformMoney {
  readonly platformId: string;
  readonly amountHao: number;
  /** The same key books once. */
  readonly key: string;
  readonly memo: string;
  readonly nowMs: number;
}

export interface PaymentIn extends PlatformMoney {
  /** The bank's own number of the payment; nothing with the same number is booked again. */
  readonly receiptNo: string;
  readonly payer: string;
  /** When the bank had it, where that was earlier. */
  readonly effectiveMs?: number;
}

const ANNOUNCE = `
  INSERT INTO balance_lots (id, platform_id, kind, receipt_no, payer, expires_at, brought_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** Books a prepayment that has arrived at the bank, with its receipt: a lot of its own. */
export async function bookPayment(client: PoolClient, payment: PaymentIn): Promise<BookedEntry> {
  requireWholeFen(payment.amountHao);
  const booked = await bookMove(client, {
    ...payment,
    key: `top-up:${payment.key}`,
    kind: 'platform-top-up',
  });
  if (!booked.isNew) return booked;
  await client
    .query(ANNOUNCE, [
      booked.entryId,
      payment.platformId,
      'paid',
      payment.receiptNo,
      payment.payer,
      null,
      new Date(payment.nowMs),
    ])
    .catch((error: unknown) => {
      const { constraint } = error as { readonly constraint?: string };
      if (constraint !== 'ix_balance_lots_receipt_no') throw error;
      throw new DomainError('ledger.receipt-booked', { receiptNo: payment.receiptNo });
    });
  return booked;
}

/** Grants money that nobody has paid in; it may expire. */
export async function bookGrant(
  client: PoolClient,
  grant: PlatformMoney & { readonly expiresAtMs: number | null },
): Promise<BookedEntry> {
  const booked = await bookMove(client, {
    ...grant,
    key: `grant:${grant.key}`,
    kind: 'platform-grant',
  });
  if (booked.isNew)
    await client.query(ANNOUNCE, [
      booked.entryId,
      grant.platformId,
      'granted',
      null,
      null,
      grant.expiresAtMs === null ? null : new Date(grant.expiresAtMs),
      new Date(grant.nowMs),
    ]);
  return booked;
}

const LOCK_BALANCE = `
  SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1 FOR NO KEY UPDATE`;

/**
 * Pays money back to who had paid it in, and to nobody else: not more than is left of what this payer has paid. What is
 * held or granted is not paid out.
 */
export async function bookPayout(
  client: PoolClient,
  payout: PlatformMoney & { readonly payer: string },
): Promise<BookedEntry> {
  const { platformId, amountHao, payer, nowMs } = payout;
  await client.query(LOCK_BALANCE, [platformId]);
  const key = `payout:${payout.key}`;
  if (!(await isBooked(client, key))) {
    await spreadBalance(client, platformId, nowMs);
    const leftHao = await paidBackable(client, platformId, payer);
    if (leftHao < amountHao)
      throw new DomainError('ledger.not-the-payer', { payer, amount: formatAmount(leftHao) });
  }
  const lines = payoutPostings(
    {
      platformBalanceId: await accountIdOfKind(client, 'platform-balance', platformId),
      bankId: await accountIdOfKind(client, 'bank', null),
      roundingId: await accountIdOfKind(client, 'rounding', null),
    },
    amountHao,
  );
  const booked = await bookEntry(client, {
    key,
    kind: 'platform-payout',
    orderId: null,
    attemptId: null,
    memo: payout.memo,
    // Whose money it is decides from which lots it comes.
    subject: { resource: 'Payer', recordId: payer },
    lines,
    nowMs,
  });
  await spreadBalance(client, platformId, nowMs);
  return booked;
}

const isBooked = async (client: PoolClient, key: string): Promise<boolean> => {
  const found = await client.query('SELECT 1 FROM ledger_entries WHERE idempotency_key = $1', [
    key,
  ]);
  return found.rowCount === 1;
};

async function paidBackable(
  client: PoolClient,
  platformId: string,
  payer: string,
): Promise<number> {
  const { rows } = await client.query<{ hao: string }>(
    `SELECT coalesce(sum(remaining_hao), 0) AS hao FROM balance_lots
     WHERE platform_id = $1 AND kind = 'paid' AND payer = $2`,
    [platformId, payer],
  );
  return Number(rows[0]?.hao ?? 0);
}

/** One that has brought nothing yet has not been spread: nobody knows what is left of it. */
const EXPIRED = `
  SELECT id, platform_id FROM balance_lots
  WHERE kind = 'granted' AND expires_at <= $1 AND (remaining_hao > 0 OR brought_hao = 0) ORDER BY expires_at LIMIT 200`;

/** Takes back what is left of grants whose time is over; answers how many. */
export async function expireGrants(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string; platform_id: string }>(EXPIRED, [
    new Date(nowMs),
  ]);
  for (const { id, platform_id: platformId } of rows)
    await inTransaction(pool, (client) => expireGrant(client, { lotId: id, platformId, nowMs }));
  return rows.length;
}

/** What was spent of it before this moment stays spent: the postings are spread first, under the balance's lock. */
async function expireGrant(
  client: PoolClient,
  grant: { readonly lotId: string; readonly platformId: string; readonly nowMs: number },
): Promise<void> {
  const { lotId, platformId, nowMs } = grant;
  await client.query(LOCK_BALANCE, [platformId]);
  await spreadBalance(client, platformId, nowMs);
  const { rows } = await client.query<{ remaining: string; expiries: number }>(
    `SELECT remaining_hao AS remaining, (SELECT count(*)::int FROM ledger_entries e
       WHERE e.resource = 'BalanceLot' AND e.record_id = $1::text AND e.kind = 'grant-expiry') AS expiries
     FROM balance_lots WHERE id = $1::bigint`,
    [lotId],
  );
  const amountHao = Number(rows[0]?.remaining ?? 0);
  if (amountHao === 0) return;
  await bookMove(client, {
    // A refund may fill an expired lot again: it expires again.
    key: `grant-expiry:${lotId}:${(rows[0]?.expiries ?? 0) + 1}`,
    kind: 'grant-expiry',
    platformId,
    amountHao,
    memo: 'its time is over',
    subject: { resource: 'BalanceLot', recordId: lotId },
    nowMs,
  });
  await spreadBalance(client, platformId, nowMs);
}

export const DEPOSIT_KINDS = ['deposit-received', 'deposit-returned', 'deposit-used'] as const;
export type DepositKind = (typeof DEPOSIT_KINDS)[number];

/** A deposit comes in, goes back, or pays what its platform owes. */
export function bookDeposit(
  client: PoolClient,
  kind: DepositKind,
  deposit: PlatformMoney,
): Promise<BookedEntry> {
  if (kind !== 'deposit-used') requireWholeFen(deposit.amountHao);
  return bookMove(client, { ...deposit, key: `deposit:${deposit.key}`, kind });
}

/** What goes over a bank account is whole fen. */
function requireWholeFen(amountHao: number): void {
  invariant(
    requireHao(amountHao) > 0 && amountHao % HAO_PER_FEN === 0,
    'what goes over the bank is a positive amount of whole fen',
  );
}
