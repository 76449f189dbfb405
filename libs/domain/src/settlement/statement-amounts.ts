import type { EntryKind } from '../money/posting.js';

/** What a statement adds up separately. Each is the change of the platform's balance: what it buys is negative. */
export const STATEMENT_CATEGORIES = [
  'orders',
  'refunds',
  'compensation',
  'fees',
  'top-ups',
  'payments',
  'others',
] as const;
export type StatementCategory = (typeof STATEMENT_CATEGORIES)[number];

const CATEGORY_OF: Readonly<Partial<Record<EntryKind, StatementCategory>>> = {
  'order-charge': 'orders',
  'large-order-payment': 'orders',
  'order-refund': 'refunds',
  'large-order-refund': 'refunds',
  compensation: 'compensation',
  'platform-fee': 'fees',
  'platform-top-up': 'top-ups',
  'platform-grant': 'top-ups',
  'grant-expiry': 'top-ups',
  'platform-payout': 'top-ups',
  'statement-payment': 'payments',
};

export const categoryOf = (kind: EntryKind): StatementCategory => CATEGORY_OF[kind] ?? 'others';

/** The categories that goods are paid for in: what a platform owes for a period's deliveries. */
const FOR_GOODS: readonly StatementCategory[] = ['orders', 'refunds', 'compensation', 'fees'];

export const DUE_METHODS = ['credit-used', 'delivered-value'] as const;
/** `credit-used`: what the balance lies below zero. `delivered-value`: what the goods of the period cost. */
export type DueMethod = (typeof DUE_METHODS)[number];

export type CategorySums = Readonly<Record<StatementCategory, number>>;

/** What the platform is asked to pay. Debt that an earlier statement asks for is not asked for twice. */
export function amountDueHao(
  method: DueMethod,
  amounts: {
    readonly closingHao: number;
    readonly sums: CategorySums;
    readonly askedBeforeHao: number;
  },
): number {
  const { closingHao, sums, askedBeforeHao } = amounts;
  if (method === 'credit-used') return Math.max(0, 0 - closingHao - askedBeforeHao);
  return Math.max(0, 0 - FOR_GOODS.reduce((sum, category) => sum + sums[category], 0));
}
