import fc from 'fast-check';
import { DAY_MS } from '../shared/business-time.js';
import {
  bandOf,
  CREDIT_PARTS,
  CREDIT_POINTS,
  creditParts,
  creditScore,
  earnedLimitHao,
  nextLimit,
  orderFloorHao,
  stageOf,
  type CreditInputs,
} from './credit-score.js';

const YUAN = 10_000;
const good: CreditInputs = {
  daysKnown: 400,
  paidOrders: 10,
  delivered30Hao: 100_000 * YUAN,
  onTimeShare: 1,
  worstDelayDays: 0,
  disputedShare: 0,
  receivableShare: 0.1,
  isIdentityChecked: true,
  overdueDays: 0,
};
const scoreOf = (more: Partial<CreditInputs>): number =>
  creditScore(creditParts({ ...good, ...more }));

describe('a credit score', () => {
  it('is 1,000 for who has all, and the sum of its parts always', () => {
    expect(scoreOf({})).toBe(1_000);
    expect(Object.values(CREDIT_POINTS).reduce((sum, points) => sum + points, 0)).toBe(1_000);
  });

  it.each([
    ['never owed anything', { onTimeShare: null }, 860],
    ['paid half in time', { onTimeShare: 0.5 }, 825],
    ['was 15 days late once', { worstDelayDays: 15 }, 925],
    ['owes half of all that is owed', { receivableShare: 0.5 }, 925],
    ['was not checked', { isIdentityChecked: false }, 900],
    ['is disputed in 3 of 100 orders', { disputedShare: 0.03 }, 850],
  ])('of a platform that %s', (_, inputs, score) => {
    expect(scoreOf(inputs)).toBe(score);
  });

  it('stays between 0 and 1,000, and no part exceeds its points', () => {
    const numbers = fc.record({
      daysKnown: fc.integer({ min: 0, max: 10_000 }),
      paidOrders: fc.integer({ min: 0, max: 10 }),
      delivered30Hao: fc.integer({ min: 0, max: 10 ** 12 }),
      onTimeShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      worstDelayDays: fc.integer({ min: 0, max: 400 }),
      disputedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      receivableShare: fc.double({ min: 0, max: 1, noNaN: true }),
      isIdentityChecked: fc.boolean(),
      overdueDays: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(numbers, (inputs) => {
        const parts = creditParts(inputs);
        for (const part of CREDIT_PARTS) {
          expect(parts[part]).toBeGreaterThanOrEqual(0);
          expect(parts[part]).toBeLessThanOrEqual(CREDIT_POINTS[part]);
        }
      }),
    );
  });
});

describe('the band', () => {
  it.each([
    [800, 'A'],
    [799, 'B'],
    [650, 'B'],
    [649, 'C'],
    [500, 'C'],
    [499, 'D'],
  ])('of a score of %d is %s', (score, band) => {
    expect(bandOf(score, good)).toBe(band);
  });

  it('of a new platform is C with 2,000 yuan, whatever its score; D once it is overdue', () => {
    const young = { ...good, paidOrders: 9 };
    expect(bandOf(1_000, young)).toBe('C');
    expect(earnedLimitHao('C', young)).toBe(2_000 * YUAN);
    expect(bandOf(1_000, { ...young, overdueDays: 1 })).toBe('D');
    expect(bandOf(1_000, { ...good, daysKnown: 29 })).toBe('C');
  });
});

describe('the limit', () => {
  const nowMs = 1_795_000_000_000;
  const facts = {
    agreedHao: 10_000,
    limitHao: 4_000,
    raisedAtMs: nowMs - 31 * DAY_MS,
    earnedHao: 9_000,
    nowMs,
  };

  it('is raised by at most a quarter, and not again within 30 days', () => {
    expect(nextLimit(facts)).toEqual({ limitHao: 5_000, isRaised: true });
    expect(nextLimit({ ...facts, raisedAtMs: nowMs - 29 * DAY_MS })).toEqual({
      limitHao: 4_000,
      isRaised: false,
    });
  });

  it('is cut at once', () => {
    expect(nextLimit({ ...facts, earnedHao: 100, raisedAtMs: nowMs }).limitHao).toBe(100);
    expect(nextLimit({ ...facts, agreedHao: 0 }).limitHao).toBe(0);
  });

  it('is never more than was agreed, nor than was earned', () => {
    const hao = fc.integer({ min: 0, max: 10 ** 10 });
    fc.assert(
      fc.property(hao, hao, hao, fc.option(fc.integer({ min: 0, max: nowMs })), (a, b, c, at) => {
        const { limitHao } = nextLimit({
          agreedHao: a,
          limitHao: b,
          earnedHao: c,
          raisedAtMs: at,
          nowMs,
        });
        expect(limitHao).toBeLessThanOrEqual(Math.min(a, Math.max(b, c)));
      }),
    );
  });
});

it.each([
  [0, 'open', -500],
  [6, 'open', -500],
  [7, 'credit-stopped', 0],
  [14, 'credit-stopped', 0],
  [15, 'sales-stopped', 0],
  [30, 'collection', 0],
] as const)('%d days overdue is %s', (days, stage, floor) => {
  expect(stageOf(days)).toBe(stage);
  expect(orderFloorHao(stageOf(days), 500)).toBe(floor);
});
