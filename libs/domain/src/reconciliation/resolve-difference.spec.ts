import fc from 'fast-check';
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_KINDS,
  PARTY_KINDS,
  RESOLUTIONS,
} from './reconciliation-lists.js';
import { type DifferenceToResolve, planResolution } from './resolve-difference.js';

const aDifference = (given: Partial<DifferenceToResolve> = {}): DifferenceToResolve => ({
  kind: 'amount-short',
  status: 'open',
  party: 'platform',
  favourHao: -5_000,
  hasAttempt: true,
  ...given,
});

const anyDifference = fc.record({
  kind: fc.constantFrom(...DIFFERENCE_KINDS),
  status: fc.constantFrom('open' as const, 'suspended' as const),
  party: fc.constantFrom(...PARTY_KINDS),
  favourHao: fc.integer({ min: -1e9, max: 1e9 }),
  hasAttempt: fc.boolean(),
});

it('books what sums to nothing, and takes exactly what the difference is worth', () => {
  fc.assert(
    fc.property(
      anyDifference,
      fc.constantFrom(...RESOLUTIONS),
      fc.constantFrom(...DIFFERENCE_CAUSES),
      (difference, resolution, cause) => {
        const plan = planResolution(difference, resolution, cause);
        if (typeof plan === 'string' || plan.entry === null) return;
        const amounts = plan.entry.lines.map(({ amountHao }) => amountHao);
        expect(amounts.reduce((sum, hao) => sum + hao, 0)).toBe(0);
        expect(amounts[0]).toBe(difference.favourHao);
      },
    ),
  );
});

it('never lets money that nobody can explain become revenue', () => {
  fc.assert(
    fc.property(anyDifference, fc.constantFrom(...RESOLUTIONS), (difference, resolution) => {
      const plan = planResolution(difference, resolution, 'unknown');
      if (typeof plan === 'string') return;
      const gains = plan.entry?.lines.filter(
        ({ account, amountHao }) => account === 'revenue' && amountHao < 0,
      );
      expect(gains ?? []).toEqual([]);
    }),
  );
});

it.each([
  ['suspense', {}, 'suspended', 'suspense-short'],
  ['suspense', { favourHao: 5_000 }, 'suspended', 'suspense-long'],
  ['refund', {}, 'resolved', 'revenue'],
  ['claim', { party: 'supplier' }, 'resolved', 'cost-of-goods'],
  ['rounding', { favourHao: -100 }, 'resolved', 'rounding'],
  ['adjustment', { kind: 'deduction-unexplained' }, 'resolved', 'platform-fee'],
  ['adjustment', { party: 'bank' }, 'resolved', 'settlement-in-transit'],
  ['adjustment', { party: 'supplier' }, 'resolved', 'cost-of-goods'],
] as const)('%s of %p ends %s, explained by %s', (resolution, given, to, account) => {
  const plan = planResolution(aDifference(given), resolution, 'their-mistake');
  expect(plan).toMatchObject({ to, entry: { lines: [{ account: 'party' }, { account }] } });
});

it('takes money out of suspense again, and never puts it there twice', () => {
  const suspended = aDifference({ status: 'suspended', favourHao: 5_000 });
  expect(planResolution(suspended, 'adjustment', 'timing')).toMatchObject({
    entry: {
      kind: 'suspense-cleared',
      lines: [{ account: 'suspense-long', amountHao: 5_000 }, { account: 'revenue' }],
    },
  });
  expect(planResolution(suspended, 'nothing', 'timing')).toMatchObject({
    entry: { lines: [{ account: 'suspense-long' }, { account: 'party' }] },
  });
  expect(planResolution(suspended, 'suspense', 'unknown')).toBe('already-suspended');
});

it.each([
  [{ status: 'resolved' }, 'nothing', 'not-open'],
  [{ favourHao: 0 }, 'adjustment', 'no-money'],
  [{ favourHao: -101 }, 'rounding', 'too-much-for-rounding'],
  [{ party: 'supplier', hasAttempt: false }, 'claim', 'claim-needs-supplier-shortfall'],
  [{ favourHao: 5_000 }, 'refund', 'refund-needs-platform-shortfall'],
] as const)('%p cannot be resolved by %s: %s', (given, resolution, why) => {
  expect(planResolution(aDifference(given), resolution, 'their-mistake')).toBe(why);
});
