import fc from 'fast-check';
import { aProduct, aSubmission, PLATFORM, someFacts } from '../../../../test/support/acceptance.js';
import { lineAmountHao } from '../shared/money.js';
import { decideAcceptance, orderKey, type Submission } from './accept-order.js';

const aBatch = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 12 }),
    platformId: fc.constantFrom(PLATFORM, 'platform-2'),
  }),
  { minLength: 1, maxLength: 30 },
);
const someLimits = fc.record({
  availableCount: fc.integer({ min: 0, max: 60 }),
  balanceHao: fc.integer({ min: 0, max: 30_000_000 }),
  floorHao: fc.integer({ min: -5_000_000, max: 5_000_000 }),
  waiting: fc.array(
    fc.integer({ min: 1, max: 20 }).map((quantity) => ({ id: '1', quantity })),
    { maxLength: 4 },
  ),
});

const submissionsOf = (batch: readonly { quantity: number; platformId: string }[]): Submission[] =>
  batch.map(({ quantity, platformId }, index) =>
    aSubmission(
      { quantity, merchantOrderNo: `M${index}` },
      { platformId, fingerprint: `f${index}` },
    ),
  );

describe('a batch of orders', () => {
  it('never gives more cards than are available, also not those that earlier orders wait for', () => {
    fc.assert(
      fc.property(aBatch, someLimits, (batch, { availableCount, waiting }) => {
        const product = aProduct({ availableCount, waiting });
        const decisions = decideAcceptance(someFacts(product), submissionsOf(batch));
        const given = decisions.reduce(
          (sum, decision, index) =>
            decision.kind === 'accepted' && decision.isDelivered
              ? sum + (batch[index]?.quantity ?? 0)
              : sum,
          0,
        );
        expect(given).toBeLessThanOrEqual(availableCount);
      }),
    );
  });

  it('never spends beyond the floor of any platform', () => {
    fc.assert(
      fc.property(aBatch, someLimits, (batch, limits) => {
        const facts = someFacts(aProduct(limits), limits);
        const spentHao = new Map<string, number>();
        for (const [index, decision] of decideAcceptance(facts, submissionsOf(batch)).entries()) {
          const platformId = batch[index]?.platformId ?? '';
          if (decision.kind !== 'accepted') continue;
          expect(decision.amountHao).toBe(lineAmountHao(985_000, batch[index]?.quantity ?? 0));
          spentHao.set(platformId, (spentHao.get(platformId) ?? 0) + decision.amountHao);
        }
        for (const spent of spentHao.values())
          expect(limits.balanceHao - spent).toBeGreaterThanOrEqual(limits.floorHao);
      }),
    );
  });

  it('decides each order as if the accepted ones before it had been alone', () => {
    fc.assert(
      fc.property(aBatch, someLimits, (batch, limits) => {
        const facts = someFacts(aProduct(limits), limits);
        const all = submissionsOf(batch);
        const decisions = decideAcceptance(facts, all);
        const accepted = all.filter((_, index) => decisions[index]?.kind === 'accepted');
        expect(decideAcceptance(facts, accepted)).toEqual(
          decisions.filter((decision) => decision.kind === 'accepted'),
        );
      }),
    );
  });

  it('answers the same when everything accepted is asked for again: the orders that exist', () => {
    fc.assert(
      fc.property(aBatch, someLimits, (batch, limits) => {
        const facts = someFacts(aProduct(limits), limits);
        const all = submissionsOf(batch);
        const decisions = decideAcceptance(facts, all);
        const known = new Map(
          all.flatMap(({ platformId, request, fingerprint }, index) =>
            decisions[index]?.kind === 'accepted'
              ? [
                  [
                    orderKey(platformId, request.merchantOrderNo),
                    { orderId: `${index}`, fingerprint },
                  ],
                ]
              : [],
          ) as [string, { orderId: string; fingerprint: string }][],
        );
        const again = decideAcceptance({ ...facts, known }, all);
        for (const [index, decision] of decisions.entries())
          if (decision.kind === 'accepted')
            expect(again[index]).toEqual({ kind: 'repeat', orderId: `${index}` });
      }),
    );
  });
});
