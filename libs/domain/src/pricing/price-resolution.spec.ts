import { priceFor, type PriceCandidate } from './price-resolution.js';

const NOW_MS = 1_795_000_000_000;
const aLine = (given: Partial<PriceCandidate>): PriceCandidate => ({
  platformId: null,
  unitPriceHao: 100,
  minQuantity: 1,
  maxQuantity: null,
  validFromMs: 0,
  validToMs: null,
  ...given,
});
const priceOf = (lines: readonly PriceCandidate[], quantity = 1): number | undefined =>
  priceFor(lines, quantity, NOW_MS)?.unitPriceHao;

describe('the price of one unit', () => {
  it("is the platform's own before the list price, even when it is higher", () => {
    const lines = [aLine({}), aLine({ platformId: 'p', unitPriceHao: 120 })];
    expect(priceFor(lines, 1, NOW_MS)).toEqual({ unitPriceHao: 120, reason: 'platform-price' });
    expect(priceFor([aLine({})], 1, NOW_MS)).toEqual({ unitPriceHao: 100, reason: 'list-price' });
  });

  it('is that of the largest quantity step that is reached', () => {
    const lines = [aLine({}), aLine({ minQuantity: 10, unitPriceHao: 90 })];
    expect(priceOf(lines, 9)).toBe(100);
    expect(priceOf(lines, 10)).toBe(90);
  });

  it('holds up to and with the largest quantity; an open end hides nothing', () => {
    const lines = [aLine({ maxQuantity: 5 })];
    expect(priceOf(lines, 5)).toBe(100);
    expect(priceOf(lines, 6)).toBeUndefined();
    expect(priceOf([aLine({ maxQuantity: null })], 10_000)).toBe(100);
  });

  it('holds from its first moment until just before its end', () => {
    expect(priceOf([aLine({ validFromMs: NOW_MS })])).toBe(100);
    expect(priceOf([aLine({ validFromMs: NOW_MS + 1 })])).toBeUndefined();
    expect(priceOf([aLine({ validToMs: NOW_MS + 1 })])).toBe(100);
    expect(priceOf([aLine({ validToMs: NOW_MS })])).toBeUndefined();
  });

  it('is the younger of two equal lines', () => {
    const lines = [aLine({ validFromMs: 2, unitPriceHao: 80 }), aLine({ validFromMs: 1 })];
    expect(priceOf(lines)).toBe(80);
    expect(priceOf([...lines].reverse())).toBe(80);
  });

  it('does not exist where nothing is priced', () => {
    expect(priceOf([])).toBeUndefined();
  });
});
