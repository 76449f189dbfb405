import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '../shared/business-time.js';
import { ATTEMPT_STATUSES } from '../supply/attempt-status.js';
import {
  budgetPeriods,
  committedHao,
  heldQuantity,
  isHopeless,
  mayBuyAgain,
  quantityToBuy,
  spendableHao,
  type StockAttempt,
} from './replenishment-rules.js';

const LIMITS = { targetHours: 24, quantityMin: 10, quantityMax: 500 };
const anAttempt = (given: Partial<StockAttempt>): StockAttempt => ({
  status: 'succeeded',
  quantity: 10,
  costHao: 100,
  paidHao: null,
  receivedCount: 0,
  ...given,
});

describe('how much is bought', () => {
  it('fills the stock up to its target, with what orders wait for', () => {
    expect(quantityToBuy({ perHour: 5, available: 20, waitingUnits: 7 }, LIMITS)).toBe(107);
  });
  it('buys nothing where the target is there already', () => {
    expect(quantityToBuy({ perHour: 1, available: 50, waitingUnits: 0 }, LIMITS)).toBe(0);
  });
  it('keeps within the least and the most of its rule', () => {
    expect(quantityToBuy({ perHour: 1, available: 20, waitingUnits: 0 }, LIMITS)).toBe(10);
    expect(quantityToBuy({ perHour: 90, available: 0, waitingUnits: 0 }, LIMITS)).toBe(500);
  });
  it('puts something on an empty shelf that shows no demand', () => {
    expect(quantityToBuy({ perHour: 0, available: 0, waitingUnits: 0 }, LIMITS)).toBe(10);
  });
});

describe('what is free to be bought elsewhere', () => {
  it('counts what may still come as if it were there', () => {
    const attempts = [
      anAttempt({ status: 'unknown' }),
      anAttempt({ status: 'partial', receivedCount: 4 }),
      anAttempt({ status: 'failed' }),
      anAttempt({ status: 'late-success', receivedCount: 10 }),
    ];
    expect(heldQuantity(attempts)).toBe(24);
  });

  it('never lets money be promised twice, however attempts end', () => {
    const attempt = fc.record({
      status: fc.constantFrom(...ATTEMPT_STATUSES),
      quantity: fc.integer({ min: 1, max: 100 }),
      costHao: fc.integer({ min: 1, max: 1_000_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 20 }), (made) => {
        const attempts = made.map(({ share, ...one }) => {
          const received = Math.floor(one.quantity * share);
          return anAttempt({ ...one, receivedCount: received, paidHao: one.costHao * received });
        });
        const most = attempts.reduce((sum, one) => sum + one.costHao * one.quantity, 0);
        const committed = committedHao(attempts);
        expect(committed).toBeGreaterThanOrEqual(0);
        expect(committed).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('what may be spent', () => {
  const budgets = {
    budgetHao: 1_000,
    committedHao: 200,
    dayBudgetHao: 5_000,
    dayCommittedHao: 4_500,
    monthBudgetHao: null,
    monthCommittedHao: 90_000,
  };
  it('is the least that any budget has left', () => {
    expect(spendableHao(budgets)).toBe(500);
    expect(spendableHao({ ...budgets, dayBudgetHao: null })).toBe(800);
    expect(spendableHao({ ...budgets, monthBudgetHao: 90_000 })).toBe(0);
  });
  it('is never less than nothing', () => {
    expect(spendableHao({ ...budgets, dayCommittedHao: 9_000 })).toBe(0);
  });
});

describe('whether it is bought anew', () => {
  const endedAtMs = Date.UTC(2026, 10, 25, 4);
  it('asks again after an hour where none could sell', () => {
    const last = { status: 'no-source', endedAtMs } as const;
    expect(mayBuyAgain(last, endedAtMs + HOUR_MS - 1)).toBe(false);
    expect(mayBuyAgain(last, endedAtMs + HOUR_MS)).toBe(true);
  });
  it('waits for a new day in Shanghai where the budget was spent', () => {
    const last = { status: 'budget-spent', endedAtMs } as const;
    expect(mayBuyAgain(last, Date.UTC(2026, 10, 25, 15, 59))).toBe(false);
    expect(mayBuyAgain(last, Date.UTC(2026, 10, 25, 16))).toBe(true);
  });
  it('leaves a person’s no alone for a day', () => {
    expect(mayBuyAgain({ status: 'refused', endedAtMs }, endedAtMs + HOUR_MS)).toBe(false);
    expect(mayBuyAgain({ status: 'cancelled', endedAtMs }, endedAtMs + DAY_MS)).toBe(true);
  });
  it('goes on at once after success', () => {
    expect(mayBuyAgain({ status: 'reached', endedAtMs }, endedAtMs)).toBe(true);
    expect(mayBuyAgain(undefined, endedAtMs)).toBe(true);
  });
});

it('counts days and months as Shanghai does', () => {
  const { dayMs, monthMs } = budgetPeriods(Date.UTC(2026, 11, 4, 17));
  expect(dayMs).toBe(Date.UTC(2026, 11, 4, 16));
  expect(monthMs).toBe(Date.UTC(2026, 10, 30, 16));
});

it('gives up at once only where nothing passes by itself', () => {
  expect(isHopeless([{ ineligible: 'above-max-cost' }, { ineligible: 'route-paused' }])).toBe(true);
  expect(isHopeless([{ ineligible: 'above-max-cost' }, { ineligible: 'breaker-open' }])).toBe(
    false,
  );
});
