import fc from 'fast-check';
import { shanghaiDate } from '../shared/business-time.js';
import { canMove } from '../shared/transitions.js';
import { ENTRY_KINDS } from '../money/posting.js';
import { ageingBucket, ageingOf } from './ageing.js';
import { dunningSteps, STANDARD_DUNNING_DAYS } from './dunning.js';
import { nextMomentMs, remindedDays } from './next-moment.js';
import {
  dayAfter,
  endedPeriods,
  endsAtMs,
  settlementPeriodOf,
  SETTLEMENT_CYCLES,
  startsAtMs,
} from './settlement-period.js';
import {
  amountDueHao,
  categoryOf,
  STATEMENT_CATEGORIES,
  type CategorySums,
} from './statement-amounts.js';
import {
  overdueDays,
  STATEMENT_MOVES,
  statementStatus,
  type StatementFacts,
} from './statement-status.js';

const MIDNIGHT = { cutOffMinutes: 1_440 };
const at = (text: string): number => Date.parse(`${text}+08:00`);
const aDate = fc
  .integer({ min: at('2024-01-01T00:00:00'), max: at('2030-01-01T00:00:00') })
  .map(shanghaiDate);

describe('a period', () => {
  it.each([
    ['day', '2026-11-25', '2026-11-25', '2026-11-25', '2026-11-25'],
    ['week', '2026-11-25', 'W2026-11-23', '2026-11-23', '2026-11-29'],
    ['half-month', '2026-11-15', '2026-11-H1', '2026-11-01', '2026-11-15'],
    ['half-month', '2028-02-16', '2028-02-H2', '2028-02-16', '2028-02-29'],
    ['month', '2026-02-10', '2026-02', '2026-02-01', '2026-02-28'],
  ] as const)('by %s around %s is %s', (cycle, date, ...expected) => {
    const { key, from, to } = settlementPeriodOf(cycle, date);
    expect([key, from, to]).toEqual(expected);
  });

  it('follows the one before without gap or overlap, whatever the cut-off', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SETTLEMENT_CYCLES),
        aDate,
        fc.integer({ min: 0, max: 1_440 }),
        (cycle, date, cutOffMinutes) => {
          const one = settlementPeriodOf(cycle, date);
          const next = settlementPeriodOf(cycle, dayAfter(one.to));
          expect(one.from <= date && date <= one.to).toBe(true);
          expect(next.from).toBe(dayAfter(one.to));
          expect(next.key > one.key).toBe(true);
          expect(startsAtMs(next, { cutOffMinutes })).toBe(endsAtMs(one, { cutOffMinutes }));
        },
      ),
    );
  });

  it('ends at the cut-off of its last day in Shanghai', () => {
    const day = settlementPeriodOf('day', '2026-11-25');
    expect(endsAtMs(day, MIDNIGHT)).toBe(at('2026-11-26T00:00:00'));
    expect(endsAtMs(day, { cutOffMinutes: 1_080 })).toBe(at('2026-11-25T18:00:00'));
    expect(startsAtMs(day, { cutOffMinutes: 1_080 })).toBe(at('2026-11-24T18:00:00'));
  });

  it('is closed once it has ended, in order, inside the time of its agreement', () => {
    const agreement = {
      cycle: 'month',
      validFrom: '2026-09-10',
      validTo: null,
      ...MIDNIGHT,
    } as const;
    const ended = (after: string | null, now: string, validTo: string | null = null) =>
      endedPeriods({ ...agreement, validTo }, after, at(now)).map(
        ({ key, from, to }) => `${key} ${from} ${to}`,
      );
    expect(ended(null, '2026-10-31T23:59:59')).toEqual(['2026-09 2026-09-10 2026-09-30']);
    expect(ended('2026-09-30', '2026-11-01T00:00:00')).toEqual(['2026-10 2026-10-01 2026-10-31']);
    expect(ended('2026-10-31', '2026-11-30T23:59:59')).toEqual([]);
    expect(ended(null, '2026-12-24T00:00:00', '2026-10-31')).toHaveLength(2);
  });
});

const sumsOf = (given: Partial<CategorySums>): CategorySums => ({
  orders: 0,
  refunds: 0,
  compensation: 0,
  fees: 0,
  'top-ups': 0,
  payments: 0,
  others: 0,
  ...given,
});

describe('the amount due', () => {
  it('by credit used is what the balance lies below zero and nobody has asked for before', () => {
    const due = (closingHao: number, askedBeforeHao: number): number =>
      amountDueHao('credit-used', { closingHao, askedBeforeHao, sums: sumsOf({}) });
    expect(due(-700, 0)).toBe(700);
    expect(due(-700, 300)).toBe(400);
    expect(due(-200, 300)).toBe(0);
    expect(due(900, 0)).toBe(0);
  });

  it('by delivered value is what the goods cost, whatever was paid in', () => {
    const sums = sumsOf({
      orders: -1_000,
      refunds: 200,
      compensation: 50,
      fees: -10,
      'top-ups': 9_999,
      payments: 5,
    });
    expect(amountDueHao('delivered-value', { closingHao: 1, askedBeforeHao: 0, sums })).toBe(760);
    expect(
      amountDueHao('delivered-value', {
        closingHao: 1,
        askedBeforeHao: 0,
        sums: sumsOf({ refunds: 5 }),
      }),
    ).toBe(0);
  });

  it('knows a category for every kind of entry', () => {
    for (const kind of ENTRY_KINDS) expect(STATEMENT_CATEGORIES).toContain(categoryOf(kind));
  });
});

const facts = (given: Partial<StatementFacts> = {}): StatementFacts => ({
  isIssued: true,
  isConfirmed: false,
  heldHao: 0,
  outstandingHao: 100,
  paidHao: 0,
  writtenOffHao: 0,
  latestDueOn: '2026-11-20',
  today: '2026-11-20',
  ...given,
});

describe('a statement', () => {
  it.each([
    [{ isIssued: false }, 'draft'],
    [{}, 'issued'],
    [{ isConfirmed: true }, 'confirmed'],
    [{ paidHao: 1 }, 'part-paid'],
    [{ today: '2026-11-21' }, 'overdue'],
    [{ today: '2026-11-21', paidHao: 1 }, 'overdue'],
    [{ today: '2026-11-21', heldHao: 100 }, 'disputed'],
    [{ today: '2026-11-21', heldHao: 99 }, 'overdue'],
    [{ heldHao: 40 }, 'disputed'],
    [{ today: '2026-11-21', outstandingHao: 0, paidHao: 5 }, 'paid'],
    [{ outstandingHao: 0, writtenOffHao: 5 }, 'written-off'],
    [{ latestDueOn: null, today: '2030-01-01' }, 'issued'],
  ] as const)('with %j is %s', (given, status) => {
    expect(statementStatus(facts(given))).toBe(status);
  });

  it('once settled stays so', () => {
    for (const settled of ['paid', 'written-off'] as const)
      expect(canMove(STATEMENT_MOVES, settled, 'overdue')).toBe(false);
  });

  it('is late from the day after its due day on', () => {
    expect(overdueDays('2026-11-20', '2026-11-20', 1)).toBe(0);
    expect(overdueDays('2026-11-20', '2026-11-21', 1)).toBe(1);
    expect(overdueDays('2026-11-20', '2026-12-20', 1)).toBe(30);
    expect(overdueDays('2026-11-20', '2026-12-20', 0)).toBe(0);
  });
});

describe('ageing', () => {
  it.each([
    [0, '0'],
    [1, '1-7'],
    [7, '1-7'],
    [8, '8-15'],
    [16, '16-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '60+'],
    [9_999, '60+'],
  ])('of %i days is %s', (days, bucket) => {
    expect(ageingBucket(days)).toBe(bucket);
  });

  it('adds up to what is open and provides for it by step', () => {
    const lines = ageingOf([
      { overdueDays: 0, outstandingHao: 1_000 },
      { overdueDays: 3, outstandingHao: 101 },
      { overdueDays: 70, outstandingHao: 50 },
    ]);
    expect(lines.reduce((sum, { amountHao }) => sum + amountHao, 0)).toBe(1_151);
    expect(lines.map(({ provisionHao }) => provisionHao)).toEqual([0, 2, 0, 0, 0, 50]);
  });
});

describe('reminding', () => {
  it('takes each step once and tells only the latest of those that were missed', () => {
    expect(dunningSteps(STANDARD_DUNNING_DAYS, 0, [])).toEqual({ due: [], told: undefined });
    expect(dunningSteps(STANDARD_DUNNING_DAYS, 8, [1])).toEqual({ due: [3, 7], told: 7 });
    expect(dunningSteps(STANDARD_DUNNING_DAYS, 8, [1, 3, 7])).toEqual({ due: [], told: undefined });
  });

  it('is done at nine, and the statement is looked at when its next step is due', () => {
    const clock = {
      status: 'issued',
      outstandingHao: 5,
      objectionEndsMs: null,
      latestDueOn: '2026-11-20',
      dunningDays: [1, 3],
    } as const;
    const next = (now: string): number | null => nextMomentMs(clock, now.slice(0, 10), at(now));
    expect(next('2026-11-18T10:00:00')).toBe(at('2026-11-21T00:00:00'));
    expect(next('2026-11-21T00:00:00')).toBe(at('2026-11-21T09:00:00'));
    expect(next('2026-11-21T09:00:00')).toBe(at('2026-11-23T09:00:00'));
    expect(next('2026-11-23T09:00:00')).toBeNull();
    expect(remindedDays('2026-11-20', 5, at('2026-11-21T08:59:59'))).toBe(0);
    expect(remindedDays('2026-11-20', 5, at('2026-11-21T09:00:00'))).toBe(1);
  });

  it('never waits for what has passed, and forgets a statement that is settled', () => {
    const clock = {
      outstandingHao: 5,
      objectionEndsMs: 5,
      latestDueOn: '2026-11-20',
      dunningDays: [1],
    };
    expect(nextMomentMs({ ...clock, status: 'paid' }, '2026-11-01', 0)).toBeNull();
    expect(nextMomentMs({ ...clock, status: 'disputed' }, '2026-11-01', 9)).toBeNull();
  });
});
