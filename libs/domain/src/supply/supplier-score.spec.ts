import type { AttemptStatus } from './attempt-status.js';
import { supplierScore, type SupplierFacts } from './supplier-score.js';

const NOW_MS = 1_795_530_000_000;
const attempts = (count: number, status: AttemptStatus, tookMs = 1_000) =>
  Array.from({ length: count }, () => ({
    status,
    createdAtMs: NOW_MS - 60_000,
    settledAtMs: NOW_MS - 60_000 + tookMs,
  }));
const supplier = (over: Partial<SupplierFacts> = {}): SupplierFacts => ({
  recent: attempts(40, 'succeeded'),
  balanceHao: 10_000_000,
  balanceFloorHao: 1_000_000,
  balanceReadAtMs: NOW_MS - 60_000,
  undecided: 0,
  ...over,
});
const pointsOf = (facts: SupplierFacts): Record<string, number> =>
  Object.fromEntries(supplierScore(facts, NOW_MS).parts.map(({ part, points }) => [part, points]));

it('is near 100 for one that always delivers at once, and the sum of its parts', () => {
  const { score, parts } = supplierScore(supplier(), NOW_MS);
  expect(score).toBeGreaterThan(97);
  expect(score).toBeLessThanOrEqual(100);
  expect(score).toBeCloseTo(
    parts.reduce((sum, { points }) => sum + points, 0),
    6,
  );
  expect(parts.reduce((sum, { pointsMax }) => sum + pointsMax, 0)).toBe(100);
});

it('takes one without a past for a good one', () => {
  expect(pointsOf(supplier({ recent: [] }))).toEqual({
    success: 54,
    speed: 10,
    certainty: 10,
    balance: 10,
  });
});

it('falls with failures, in the part for success alone', () => {
  const recent = [...attempts(20, 'failed'), ...attempts(20, 'succeeded')];
  const good = pointsOf(supplier());
  const bad = pointsOf(supplier({ recent }));
  expect(bad).toEqual({ ...good, success: 34.8 });
});

it('halves the points for speed at half a minute', () => {
  expect(pointsOf(supplier({ recent: attempts(9, 'succeeded', 30_000) }))['speed']).toBe(10);
});

it('falls with outcomes that nobody can tell', () => {
  expect(pointsOf(supplier({ undecided: 20 }))['certainty']).toBe(5);
  expect(pointsOf(supplier({ recent: attempts(10, 'unknown') }))['certainty']).toBe(0);
});

it.each([
  ['is below its floor', { balanceHao: 999_999 }],
  ['was never read', { balanceHao: null, balanceReadAtMs: null }],
  ['was read long ago', { balanceReadAtMs: NOW_MS - 16 * 60_000 }],
  ['is nothing, where there is no floor', { balanceHao: 0, balanceFloorHao: null }],
])('gives no points for a balance that %s', (_, over) => {
  expect(pointsOf(supplier(over))['balance']).toBe(0);
});
