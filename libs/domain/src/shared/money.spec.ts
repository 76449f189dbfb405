import fc from 'fast-check';
import {
  formatAmount,
  formatUnitPrice,
  HAO_PER_FEN,
  HAO_PER_YUAN,
  lineAmountHao,
  parseYuan,
  requireHao,
} from './money.js';

const AMOUNT_HAO_MAX = 99_999_999_999 * HAO_PER_YUAN;
const anAmount = fc.integer({ min: -AMOUNT_HAO_MAX, max: AMOUNT_HAO_MAX });
const aUnitPrice = fc.integer({ min: 1, max: 100_000 * HAO_PER_YUAN });
const aQuantity = fc.integer({ min: 1, max: 10_000 });

describe('the amount of an order line', () => {
  it.each([
    { unitPriceHao: 453_333, quantity: 1, amountHao: 453_300 },
    { unitPriceHao: 453_333, quantity: 2, amountHao: 906_700 },
    { unitPriceHao: 453_333, quantity: 3, amountHao: 1_360_000 },
    { unitPriceHao: 50, quantity: 1, amountHao: 100 },
    { unitPriceHao: 49, quantity: 1, amountHao: 0 },
    { unitPriceHao: 985_000, quantity: 2, amountHao: 1_970_000 },
    { unitPriceHao: 985_000, quantity: 0, amountHao: 0 },
  ])('$unitPriceHao hao × $quantity is $amountHao hao', (example) => {
    expect(lineAmountHao(example.unitPriceHao, example.quantity)).toBe(example.amountHao);
  });

  it('is whole fen and at most half a fen away from the exact product', () => {
    fc.assert(
      fc.property(aUnitPrice, aQuantity, (unitPriceHao, quantity) => {
        const amountHao = lineAmountHao(unitPriceHao, quantity);
        const off = BigInt(amountHao) - BigInt(unitPriceHao) * BigInt(quantity);
        expect(amountHao % HAO_PER_FEN).toBe(0);
        expect(off > -HAO_PER_FEN / 2 && off <= HAO_PER_FEN / 2).toBe(true);
      }),
    );
  });

  it('never falls when more is bought', () => {
    fc.assert(
      fc.property(aUnitPrice, aQuantity, (unitPriceHao, quantity) => {
        const next = lineAmountHao(unitPriceHao, quantity + 1);
        expect(next).toBeGreaterThanOrEqual(lineAmountHao(unitPriceHao, quantity));
      }),
    );
  });

  it('refuses a price that is not whole hao, and a product beyond exact numbers', () => {
    expect(() => lineAmountHao(0.5, 2)).toThrow('whole number of hao');
    expect(() => lineAmountHao(Number.MAX_SAFE_INTEGER, 10_000)).toThrow('whole number of hao');
  });
});

describe('amounts as decimal yuan', () => {
  it.each([
    { hao: 1_970_000, text: '197.00' },
    { hao: 453_333, text: '45.3333' },
    { hao: 0, text: '0.00' },
    { hao: 1, text: '0.0001' },
    { hao: -100, text: '-0.01' },
    { hao: -15_000, text: '-1.50' },
  ])('$hao hao are written $text', ({ hao, text }) => {
    expect(formatAmount(hao)).toBe(text);
  });

  it('come back unchanged from text', () => {
    fc.assert(
      fc.property(anAmount, (hao) => {
        expect(parseYuan(formatAmount(hao))).toBe(hao);
        expect(parseYuan(formatUnitPrice(hao))).toBe(hao);
      }),
    );
  });

  it('show four digits for every unit price', () => {
    expect(formatUnitPrice(985_000)).toBe('98.5000');
  });

  it.each(['', '1.', '.5', '1,000', '1e3', ' 1', '1.00001', '123456789012', '--1', '٣', 'NaN'])(
    'refuse %p as an amount',
    (text) => {
      expect(parseYuan(text)).toBeUndefined();
    },
  );
});

it('requires whole, exact numbers of hao', () => {
  expect(requireHao(-7)).toBe(-7);
  expect(() => requireHao(Number.NaN)).toThrow();
  expect(() => requireHao(1.5)).toThrow();
});
