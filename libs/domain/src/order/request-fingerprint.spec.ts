import fc from 'fast-check';
import { canonicalRequest, type OrderRequest } from './request-fingerprint.js';

const aRequest: fc.Arbitrary<OrderRequest> = fc.record({
  merchantOrderNo: fc.string(),
  productCode: fc.string(),
  quantity: fc.integer({ min: 1, max: 10_000 }),
  account: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.string({ maxLength: 5 }), {
    noNullPrototype: true,
  }),
  maxAmountHao: fc.option(fc.integer()),
  callbackUrl: fc.option(fc.string()),
  customerNo: fc.option(fc.string()),
  saleChannel: fc.option(fc.string()),
  remark: fc.option(fc.string()),
});

describe('the canonical text of a request', () => {
  it('does not depend on the order of account fields', () => {
    fc.assert(
      fc.property(aRequest, (request) => {
        const account = Object.fromEntries(Object.entries(request.account).reverse());
        expect(canonicalRequest({ ...request, account })).toBe(canonicalRequest(request));
      }),
    );
  });

  it('is equal for equal requests only', () => {
    fc.assert(
      fc.property(aRequest, aRequest, (one, other) => {
        const sorted = (request: OrderRequest): unknown => ({
          ...request,
          account: Object.entries(request.account).sort(([a], [b]) => (a < b ? -1 : 1)),
        });
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(canonicalRequest(one) === canonicalRequest(other)).toBe(isSame);
      }),
    );
  });

  it('tells an absent remark from an empty one, and a name from a value', () => {
    const request = fc.sample(aRequest, 1)[0] as OrderRequest;
    expect(canonicalRequest({ ...request, remark: null })).not.toBe(
      canonicalRequest({ ...request, remark: '' }),
    );
    expect(canonicalRequest({ ...request, account: { a: 'b,c' } })).not.toBe(
      canonicalRequest({ ...request, account: { 'a,b': 'c' } }),
    );
  });
});
