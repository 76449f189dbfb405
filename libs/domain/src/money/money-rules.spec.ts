import fc from 'fast-check';
import { lineAmountHao } from '../shared/money.js';
import { chargePostings, type EntryKind, refundPostings } from './posting.js';
import {
  accountsOfRecipe,
  movePostings,
  nearestFenHao,
  payoutPostings,
  recipeVersionOf,
} from './recipe.js';
import { refundDueHao } from './refund.js';

const ACCOUNTS = { platformBalanceId: 'balance', revenueId: 'revenue' };
const anAmount = fc.integer({ min: 1, max: 10 ** 15 });

describe('a recipe of postings', () => {
  it.each([
    { name: 'charge', recipe: chargePostings },
    { name: 'refund', recipe: refundPostings },
  ])('of a $name sums to zero for every amount', ({ recipe }) => {
    fc.assert(
      fc.property(anAmount, (amountHao) => {
        const lines = recipe(ACCOUNTS, amountHao);
        expect(lines.reduce((sum, line) => sum + line.amountHao, 0)).toBe(0);
      }),
    );
  });

  it('of a refund undoes the charge, line by line', () => {
    const charge = new Map(chargePostings(ACCOUNTS, 700).map((l) => [l.accountId, l.amountHao]));
    for (const line of refundPostings(ACCOUNTS, 700))
      expect(line.amountHao).toBe(-(charge.get(line.accountId) ?? 0));
  });

  it('refuses an entry over nothing and one that is not whole hao', () => {
    expect(() => chargePostings(ACCOUNTS, 0)).toThrow('never zero');
    expect(() => chargePostings(ACCOUNTS, 0.5)).toThrow('whole number of hao');
  });
});

describe('the recipe of an event', () => {
  it.each<[EntryKind, string, string]>([
    ['order-charge', 'platform-balance', 'revenue'],
    ['order-refund', 'revenue', 'platform-balance'],
    ['platform-top-up', 'bank', 'platform-balance'],
    ['platform-grant', 'granted-cost', 'platform-balance'],
    ['grant-expiry', 'platform-balance', 'granted-cost'],
    ['platform-payout', 'platform-balance', 'bank'],
    ['deposit-received', 'bank', 'platform-deposit'],
    ['deposit-returned', 'platform-deposit', 'bank'],
    ['deposit-used', 'platform-deposit', 'platform-balance'],
    ['hold', 'platform-balance', 'platform-held'],
    ['hold-posted', 'platform-held', 'revenue'],
    ['hold-voided', 'platform-held', 'platform-balance'],
    ['hold-expired', 'platform-held', 'platform-balance'],
    ['large-order-payment', 'platform-balance', 'platform-prepayment'],
    ['large-order-release', 'platform-prepayment', 'revenue'],
    ['large-order-refund', 'platform-prepayment', 'platform-balance'],
    ['supply-cost', 'cost-of-goods', 'supplier-balance'],
    ['supply-refund', 'supplier-balance', 'cost-of-goods'],
    ['compensation', 'compensation-cost', 'platform-balance'],
  ])('%s takes from the debit of %s to the credit of %s', (kind, debit, credit) => {
    expect(accountsOfRecipe(kind)).toEqual({ debit, credit });
    expect(movePostings({ debitId: debit, creditId: credit }, 7)).toEqual([
      { accountId: debit, amountHao: 7 },
      { accountId: credit, amountHao: -7 },
    ]);
  });

  it('has the version that the hot path writes without saying so', () => {
    expect([recipeVersionOf('order-charge'), recipeVersionOf('order-refund')]).toEqual([1, 1]);
  });
});

describe('a payout', () => {
  const accounts = { platformBalanceId: 'balance', bankId: 'bank', roundingId: 'rounding' };

  it('pays whole fen and books what is left of a fen to rounding', () => {
    expect(payoutPostings(accounts, 123_456)).toEqual([
      { accountId: 'balance', amountHao: 123_456 },
      { accountId: 'bank', amountHao: -123_500 },
      { accountId: 'rounding', amountHao: 44 },
    ]);
    expect(payoutPostings(accounts, 123_400)).toHaveLength(2);
  });

  it('sums to zero and rounds by half a fen at most, for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 10 ** 14 }), (amountHao) => {
        const lines = payoutPostings(accounts, amountHao);
        expect(lines.reduce((sum, line) => sum + line.amountHao, 0)).toBe(0);
        expect(nearestFenHao(amountHao) % 100).toBe(0);
        expect(Math.abs(nearestFenHao(amountHao) - amountHao)).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe('what goes back when an order ends', () => {
  it('is everything where nothing was delivered, and nothing where all was', () => {
    const order = { amountHao: 906_700, unitPriceHao: 453_333, refundedHao: 0 };
    expect(refundDueHao({ ...order, deliveredQuantity: 0 })).toBe(906_700);
    expect(refundDueHao({ ...order, deliveredQuantity: 2 })).toBe(0);
    expect(refundDueHao({ ...order, deliveredQuantity: 0, refundedHao: 906_700 })).toBe(0);
  });

  it('leaves exactly the price of what was delivered, never less than nothing', () => {
    const prices = fc.integer({ min: 1, max: 10 ** 9 });
    const quantities = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(
        prices,
        quantities,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (unitPriceHao, quantity, share) => {
          const deliveredQuantity = Math.floor(quantity * share);
          const amountHao = lineAmountHao(unitPriceHao, quantity);
          const order = { amountHao, unitPriceHao, deliveredQuantity, refundedHao: 0 };
          const refundHao = refundDueHao(order);
          expect(refundHao).toBeGreaterThanOrEqual(0);
          expect(amountHao - refundHao).toBe(lineAmountHao(unitPriceHao, deliveredQuantity));
          expect(refundDueHao({ ...order, refundedHao: refundHao })).toBe(0);
        },
      ),
    );
  });
});
