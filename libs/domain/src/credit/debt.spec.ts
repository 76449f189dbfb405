import fc from 'fast-check';
import { DAY_MS } from '../shared/business-time.js';
import { ageing, debtHistory } from './debt.js';

const day = (n: number): number => n * DAY_MS;
const move = (at: number, amountHao: number) => ({ atMs: day(at), amountHao });
const read = (moves: readonly ReturnType<typeof move>[], today: number, openingHao = 0) =>
  debtHistory(moves, { openingHao, termDays: 7, nowMs: day(today) });

describe('what a platform owed', () => {
  it('is nothing while it buys from what it prepaid', () => {
    expect(read([move(1, 500), move(2, -500)], 90)).toMatchObject({
      open: [],
      overdueDays: 0,
      onTimeShare: null,
    });
  });

  it('is what went below zero, paid by what comes in, the oldest first', () => {
    const history = read([move(1, -300), move(5, -200), move(6, 350)], 9);
    expect(history.open).toEqual([{ sinceMs: day(5), amountHao: 150 }]);
    expect(history).toMatchObject({ overdueDays: 0, onTimeShare: 1, worstDelayDays: 0 });
  });

  it('is overdue by the days since its term was over', () => {
    expect(read([move(1, -300)], 8)).toMatchObject({ overdueDays: 0, onTimeShare: null });
    expect(read([move(1, -300)], 15)).toMatchObject({ overdueDays: 7, onTimeShare: 0 });
  });

  it('was late by the days it took beyond its term', () => {
    expect(read([move(1, -100), move(18, 100)], 40)).toMatchObject({
      open: [],
      overdueDays: 0,
      worstDelayDays: 10,
      onTimeShare: 0,
    });
  });

  it('adds up to the balance below zero, whatever moved', () => {
    const moves = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(moves, fc.integer({ min: -500, max: 500 }), (amounts, openingHao) => {
        const { open } = read(
          amounts.map((amount, index) => move(index + 1, amount)),
          100,
          openingHao,
        );
        const balance = amounts.reduce((sum, amount) => sum + amount, openingHao);
        expect(open.reduce((sum, { amountHao }) => sum + amountHao, 0)).toBe(Math.max(0, -balance));
      }),
    );
  });
});

it('is grouped by its age in days', () => {
  const open = [0, 1, 7, 8, 15, 16, 30, 31, 60, 61, 300].map((age) => ({
    sinceMs: day(400 - age),
    amountHao: 1,
  }));
  expect(ageing(open, day(400))).toEqual([1, 2, 2, 2, 2, 2]);
});
