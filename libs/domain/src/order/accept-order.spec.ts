import { aProduct, aSubmission, PLATFORM, someFacts } from '../../../../test/support/acceptance.js';
import {
  decideAcceptance,
  orderKey,
  type AcceptanceDecision,
  type AcceptanceFacts,
  type Submission,
} from './accept-order.js';

const decide = (facts: AcceptanceFacts, submission: Submission): AcceptanceDecision | undefined =>
  decideAcceptance(facts, [submission])[0];
const refusalOf = (decision: AcceptanceDecision | undefined): string | undefined =>
  decision?.kind === 'refused' ? decision.refusal.code : decision?.kind;

describe('accepting one order', () => {
  it('delivers from stock when there are enough cards, at the price of this platform', () => {
    const product = aProduct();
    expect(decide(someFacts(product), aSubmission({ quantity: 2 }))).toEqual({
      kind: 'accepted',
      product,
      unitPriceHao: 985_000,
      amountHao: 1_970_000,
      isDelivered: true,
      hold: null,
    });
  });

  it('lets the order wait when stock is short and the product may wait', () => {
    const decision = decide(
      someFacts(aProduct({ availableCount: 1 })),
      aSubmission({ quantity: 2 }),
    );
    expect(decision).toMatchObject({ kind: 'accepted', isDelivered: false });
  });

  it.each([
    {
      why: 'stock is short and the product may not wait',
      product: { availableCount: 0, mayWait: false },
      request: {},
      code: 'product.out-of-stock',
    },
    {
      why: 'the product is not known',
      product: {},
      request: { productCode: 'OTHER' },
      code: 'product.not-found',
    },
    {
      why: 'the product is a draft',
      product: { status: 'draft' as const },
      request: {},
      code: 'product.not-found',
    },
    {
      why: 'the product is off sale',
      product: { status: 'off-sale' as const },
      request: {},
      code: 'product.off-sale',
    },
    { why: 'nothing is priced', product: { prices: [] }, request: {}, code: 'product.not-found' },
    {
      why: 'the quantity is outside the limits',
      product: { maxQuantity: 5 },
      request: { quantity: 6 },
      code: 'order.quantity-out-of-range',
    },
    {
      why: 'the quantity is between two steps',
      product: { quantityStep: 5 },
      request: { quantity: 3 },
      code: 'order.quantity-out-of-range',
    },
    {
      why: 'the channel is banned',
      product: { bannedChannels: ['taobao'] },
      request: { saleChannel: 'taobao' },
      code: 'product.banned-channel',
    },
    {
      why: 'an account field is not asked for',
      product: {},
      request: { account: { phone: '1' } },
      code: 'order.account-invalid',
    },
    {
      why: 'it costs more than the platform will pay',
      product: {},
      request: { maxAmountHao: 984_999 },
      code: 'order.price-above-max',
    },
  ])('refuses with $code when $why', ({ product, request, code }) => {
    expect(refusalOf(decide(someFacts(aProduct(product)), aSubmission(request)))).toBe(code);
  });

  it('accepts an amount that is exactly the most the platform will pay', () => {
    const decision = decide(someFacts(aProduct()), aSubmission({ maxAmountHao: 985_000 }));
    expect(decision?.kind).toBe('accepted');
  });

  it('spends to the floor and not one hao beyond it', () => {
    const facts = (balanceHao: number): AcceptanceFacts =>
      someFacts(aProduct(), { balanceHao, floorHao: -500_000 });
    expect(decide(facts(485_000), aSubmission())?.kind).toBe('accepted');
    expect(refusalOf(decide(facts(484_999), aSubmission()))).toBe('credit.exceeded');
  });

  it('never overtakes a waiting order that could have been filled', () => {
    const waiting = [{ id: '7', quantity: 9 }];
    const decision = decide(someFacts(aProduct({ waiting })), aSubmission({ quantity: 2 }));
    expect(decision).toMatchObject({ kind: 'accepted', isDelivered: false });
  });

  it('overtakes a waiting order that could not have been filled', () => {
    const waiting = [{ id: '7', quantity: 11 }];
    const decision = decide(someFacts(aProduct({ waiting })), aSubmission({ quantity: 2 }));
    expect(decision).toMatchObject({ kind: 'accepted', isDelivered: true });
  });

  it('overtakes nobody while the line is longer than what was read', () => {
    const decision = decide(someFacts(aProduct({ hasMoreWaiting: true })), aSubmission());
    expect(decision).toMatchObject({ kind: 'accepted', isDelivered: false });
  });
});

describe('an order number that is known', () => {
  const known = new Map([[orderKey(PLATFORM, 'M0001'), { orderId: '42', fingerprint: 'f1' }]]);

  it('finds its order when the content is the same, whatever has become of product and money', () => {
    const facts = { ...someFacts(aProduct({ status: 'off-sale' }), { balanceHao: 0 }), known };
    expect(decide(facts, aSubmission())).toEqual({ kind: 'repeat', orderId: '42' });
  });

  it('is refused when the content differs', () => {
    const facts = { ...someFacts(aProduct()), known };
    expect(refusalOf(decide(facts, aSubmission({ quantity: 2 }, { fingerprint: 'f2' })))).toBe(
      'order.number-reused',
    );
  });

  it('of one platform means nothing to another', () => {
    const facts = { ...someFacts(aProduct()), known };
    expect(decide(facts, aSubmission({}, { platformId: 'platform-2' }))?.kind).toBe('accepted');
  });
});
