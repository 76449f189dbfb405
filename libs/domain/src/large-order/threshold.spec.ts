import { largeOrderFromHao, mayBeLarge } from './threshold.js';

const YUAN = 10_000;
const terms = {
  customerFromHao: null,
  platformFromHao: null,
  averageOrderHao: 0,
  creditLimitHao: 0,
};

describe('an order is large', () => {
  it.each([
    { name: 'from 50,000 yuan on where nothing is known', given: {}, yuan: 50_000 },
    {
      name: 'from three average orders on',
      given: { averageOrderHao: 20_000 * YUAN },
      yuan: 60_000,
    },
    {
      name: 'from 30 % of the credit limit on',
      given: { creditLimitHao: 1_000_000 * YUAN },
      yuan: 300_000,
    },
    {
      name: 'from the platform’s setting on, whatever the rule says',
      given: { platformFromHao: 500_000 * YUAN, averageOrderHao: 900_000 * YUAN },
      yuan: 500_000,
    },
    {
      name: 'from the customer’s own setting on before all others',
      given: { customerFromHao: 2_000 * YUAN, platformFromHao: 500_000 * YUAN },
      yuan: 2_000,
    },
  ])('$name', ({ given, yuan }) => {
    expect(largeOrderFromHao({ ...terms, ...given })).toBe(yuan * YUAN);
  });

  it('only where its terms were read, and they are read wherever a rule could make it large', () => {
    const platform = { platformFromHao: null, hasCustomer: false };
    expect(mayBeLarge(49_999 * YUAN, platform)).toBe(false);
    expect(mayBeLarge(50_000 * YUAN, platform)).toBe(true);
    expect(mayBeLarge(1_000 * YUAN, { ...platform, hasCustomer: true })).toBe(true);
    expect(mayBeLarge(60_000 * YUAN, { ...platform, platformFromHao: 500_000 * YUAN })).toBe(false);
  });
});
