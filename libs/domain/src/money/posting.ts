import { invariant } from '../shared/assert.js';
import { requireHao } from '../shared/money.js';

/**
 * The chart of accounts. Kinds that begin with `platform-` (but the fee) exist once per platform that needs them, those
 * that begin with `supplier-b` once per supplier, all others once.
 */
export const ACCOUNT_KINDS = [
  'platform-balance',
  'platform-held',
  'platform-deposit',
  'platform-prepayment',
  'bank',
  'settlement-in-transit',
  'refund-payable',
  'revenue',
  'platform-fee',
  'rounding',
  'supplier-balance',
  'cost-of-goods',
  'supplier-claims',
  'granted-cost',
  'compensation-cost',
  'compensation-payable',
  'bad-debt',
  'suspense-long',
  'suspense-short',
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const ENTRY_KINDS = [
  'order-charge',
  'order-refund',
  'platform-top-up',
  'supply-cost',
  'supply-refund',
  'platform-grant',
  'grant-expiry',
  'platform-payout',
  'deposit-received',
  'deposit-returned',
  'deposit-used',
  'hold',
  'hold-posted',
  'hold-voided',
  'hold-expired',
  'large-order-payment',
  'large-order-release',
  'large-order-refund',
  'statement-payment',
  'platform-fee',
  'settlement-adjustment',
  'suspense',
  'suspense-cleared',
  'rounding',
  'write-off',
  'compensation',
  'compensation-recovery',
  'service-days',
  'claim-recovered',
  'claim-written-off',
  'manual',
  'reversal',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A posting's key is `entry id × 64 + line number` (a CHECK in the database). */
export const POSTING_KEY_FACTOR = 64;

/** One line of an entry: debit positive, credit negative, in hao, never zero. */
export interface PostingLine {
  readonly accountId: string;
  readonly amountHao: number;
}

function balanced(lines: readonly PostingLine[]): readonly PostingLine[] {
  invariant(
    lines.length >= 2 && lines.reduce((sum, line) => sum + requireHao(line.amountHao), 0) === 0,
    'an entry has at least two lines that sum to zero',
  );
  invariant(
    lines.every((line) => line.amountHao !== 0),
    'a posting is never zero',
  );
  return lines;
}

/** Recipe: a platform pays an order from its balance. */
export function chargePostings(
  accounts: { readonly platformBalanceId: string; readonly revenueId: string },
  amountHao: number,
): readonly PostingLine[] {
  return balanced([
    { accountId: accounts.platformBalanceId, amountHao },
    { accountId: accounts.revenueId, amountHao: -amountHao },
  ]);
}

/** Recipe: what was not delivered goes back to the balance it came from. */
export function refundPostings(
  accounts: { readonly platformBalanceId: string; readonly revenueId: string },
  amountHao: number,
): readonly PostingLine[] {
  return balanced([
    { accountId: accounts.revenueId, amountHao },
    { accountId: accounts.platformBalanceId, amountHao: -amountHao },
  ]);
}

/** Recipe: a supplier has delivered; what it took from our account there is cost. */
export function supplyCostPostings(
  accounts: { readonly supplierBalanceId: string; readonly costId: string },
  paidHao: number,
): readonly PostingLine[] {
  return balanced([
    { accountId: accounts.costId, amountHao: paidHao },
    { accountId: accounts.supplierBalanceId, amountHao: -paidHao },
  ]);
}

/** Recipe: a supplier has paid back what was booked as cost (or as a claim) before. */
export function supplyRefundPostings(
  accounts: { readonly supplierBalanceId: string; readonly costId: string },
  refundedHao: number,
): readonly PostingLine[] {
  return balanced([
    { accountId: accounts.supplierBalanceId, amountHao: refundedHao },
    { accountId: accounts.costId, amountHao: -refundedHao },
  ]);
}

/** Recipe: a customer is compensated; it is our cost until somebody is charged back. */
export function compensationPostings(
  accounts: { readonly platformBalanceId: string; readonly compensationCostId: string },
  amountHao: number,
): readonly PostingLine[] {
  return balanced([
    { accountId: accounts.compensationCostId, amountHao },
    { accountId: accounts.platformBalanceId, amountHao: -amountHao },
  ]);
}
