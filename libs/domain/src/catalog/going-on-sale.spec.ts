import { mayGoOnSale } from './going-on-sale.js';
import { PRODUCT_KINDS } from './product-kind.js';

describe('what may be put on sale', () => {
  it.each(PRODUCT_KINDS)('is no %s without a price', (kind) => {
    expect(mayGoOnSale({ kind, hasPrice: false, hasRoute: true }).lacks).toBe('price');
  });

  it('are cards, also without a supplier', () => {
    expect(mayGoOnSale({ kind: 'card', hasPrice: true, hasRoute: false }).lacks).toBeUndefined();
  });

  it('is anything else only where a supplier can deliver it', () => {
    for (const kind of PRODUCT_KINDS.filter((one) => one !== 'card')) {
      expect(mayGoOnSale({ kind, hasPrice: true, hasRoute: false }).lacks).toBe('route');
      expect(mayGoOnSale({ kind, hasPrice: true, hasRoute: true }).lacks).toBeUndefined();
    }
  });
});
