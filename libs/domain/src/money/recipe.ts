import { invariant } from '../shared/assert.js';
import { HAO_PER_FEN, requireHao } from '../shared/money.js';
import type { AccountKind, EntryKind, PostingLine } from './posting.js';

/**
 * Which accounts a business event moves money between. The first of each side is the usual one. A recipe that changes
 * gets a new version: entries keep the one they were made by.
 */
export interface Recipe {
  readonly version: number;
  readonly debit: readonly [AccountKind, ...AccountKind[]];
  readonly credit: readonly [AccountKind, ...AccountKind[]];
}

const one = (debit: Recipe['debit'][0], credit: Recipe['credit'][0]): Recipe => ({
  version: 1,
  debit: [debit],
  credit: [credit],
});

/** What a person or a settlement books: any account may stand on either side. */
const ANYTHING = 'anything';

/** One recipe for each kind of entry. */
export const RECIPES: Readonly<Record<EntryKind, Recipe | typeof ANYTHING>> = {
  'order-charge': one('platform-balance', 'revenue'),
  'order-refund': one('revenue', 'platform-balance'),
  'platform-top-up': one('bank', 'platform-balance'),
  'supply-cost': {
    version: 1,
    debit: ['cost-of-goods', 'supplier-claims'],
    credit: ['supplier-balance'],
  },
  'supply-refund': {
    version: 1,
    debit: ['supplier-balance'],
    credit: ['cost-of-goods', 'supplier-claims'],
  },
  'platform-grant': one('granted-cost', 'platform-balance'),
  'grant-expiry': one('platform-balance', 'granted-cost'),
  'platform-payout': {
    version: 1,
    debit: ['platform-balance', 'rounding'],
    credit: ['bank', 'rounding'],
  },
  'deposit-received': one('bank', 'platform-deposit'),
  'deposit-returned': one('platform-deposit', 'bank'),
  'deposit-used': one('platform-deposit', 'platform-balance'),
  hold: one('platform-balance', 'platform-held'),
  'hold-posted': one('platform-held', 'revenue'),
  'hold-voided': one('platform-held', 'platform-balance'),
  'hold-expired': one('platform-held', 'platform-balance'),
  'large-order-payment': {
    version: 1,
    debit: ['platform-balance', 'bank', 'platform-deposit'],
    credit: ['platform-prepayment'],
  },
  'large-order-release': one('platform-prepayment', 'revenue'),
  'large-order-refund': {
    version: 1,
    debit: ['platform-prepayment', 'revenue'],
    credit: ['platform-balance', 'bank'],
  },
  'statement-payment': ANYTHING,
  'platform-fee': ANYTHING,
  'settlement-adjustment': ANYTHING,
  suspense: ANYTHING,
  'suspense-cleared': ANYTHING,
  rounding: ANYTHING,
  'write-off': ANYTHING,
  compensation: {
    version: 1,
    debit: ['compensation-cost'],
    credit: ['platform-balance', 'refund-payable', 'bank'],
  },
  'compensation-recovery': ANYTHING,
  'service-days': one('compensation-cost', 'compensation-payable'),
  'claim-recovered': ANYTHING,
  'claim-written-off': ANYTHING,
  manual: ANYTHING,
  reversal: ANYTHING,
};

/** The version that entries of this kind are made by today. */
export function recipeVersionOf(kind: EntryKind): number {
  const recipe = RECIPES[kind];
  return recipe === ANYTHING ? 1 : recipe.version;
}

/** The usual pair of accounts of an event that has one. */
export function accountsOfRecipe(kind: EntryKind): {
  readonly debit: AccountKind;
  readonly credit: AccountKind;
} {
  const recipe = RECIPES[kind];
  invariant(recipe !== ANYTHING, `entries of the kind ${kind} name their accounts themselves`);
  return { debit: recipe.debit[0], credit: recipe.credit[0] };
}

/** Two lines: an amount goes from one account to another. */
export function movePostings(
  accounts: { readonly debitId: string; readonly creditId: string },
  amountHao: number,
): readonly PostingLine[] {
  invariant(requireHao(amountHao) > 0, 'an amount that moves is above zero');
  return [
    { accountId: accounts.debitId, amountHao },
    { accountId: accounts.creditId, amountHao: -amountHao },
  ];
}

/** The whole fen nearest to an amount, half up: a bank knows no fraction of a fen. */
export function nearestFenHao(amountHao: number): number {
  return Math.floor((requireHao(amountHao) + HAO_PER_FEN / 2) / HAO_PER_FEN) * HAO_PER_FEN;
}

/** Recipe: money goes back to who paid it in, in whole fen; what is left of a fen is rounding. */
export function payoutPostings(
  accounts: {
    readonly platformBalanceId: string;
    readonly bankId: string;
    readonly roundingId: string;
  },
  amountHao: number,
): readonly PostingLine[] {
  const paidHao = nearestFenHao(amountHao);
  invariant(paidHao > 0, 'a payout is at least one fen');
  const restHao = paidHao - requireHao(amountHao);
  return [
    { accountId: accounts.platformBalanceId, amountHao },
    { accountId: accounts.bankId, amountHao: -paidHao },
    ...(restHao === 0 ? [] : [{ accountId: accounts.roundingId, amountHao: restHao }]),
  ];
}

/** Entries that a person may reverse: nothing but the ledger knows of them. Others are undone by their own noun. */
const REVERSIBLE_BY_HAND: readonly EntryKind[] = [
  'platform-top-up',
  'platform-grant',
  'platform-payout',
  'deposit-received',
  'deposit-returned',
  'deposit-used',
  'manual',
  'suspense',
  'suspense-cleared',
  'rounding',
];

export const isReversibleByHand = (kind: EntryKind): boolean => REVERSIBLE_BY_HAND.includes(kind);
