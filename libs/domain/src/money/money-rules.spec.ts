import fc from 'fast-check';
import { lineAmountHao } from '../shared/money.js';
import { chargePostings, refundPostings, topUpPostings } from './posting.js';
import { refundDueHao } from './refund.js';

const ACCOUNTS = { platformBalanceId: 'balance', revenueId: 'revenue', bankId: 'bank' };
const anAmount = fc.integer({ min: 1, max: 10 ** 15 });

describe('a recipe of postings', () => {
  it.each([
    { name: 'charge', recipe: chargePostings },
    { name: 'refund', recipe: refundPostings },
    { name: 'top-up', recipe: topUpPostings },
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
