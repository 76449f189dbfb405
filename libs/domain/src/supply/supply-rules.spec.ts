import fc from 'fast-check';
import { DAY_MS, MINUTE_MS } from '../shared/business-time.js';
import { canMove, isTerminal } from '../shared/transitions.js';
import { afterCreate, REFUSAL_RULES, type CreateOutcome } from './attempt-outcome.js';
import { ATTEMPT_MOVES, MAY_STILL_DELIVER, type AttemptStatus } from './attempt-status.js';
import { historyEndsAtMs } from './history-window.js';
import { guardOf, guardText, type GuardFormat } from './price-guard.js';
import { judgeQuery, type QueryFacts } from './query-verdict.js';
import { refundOfAmount, REFUND_UNSTATED, type SupplyReport } from './supply-report.js';

const SENT_AT_MS = 1_800_000_000_000;

const facts = (given: Partial<QueryFacts> = {}): QueryFacts => ({
  kind: 'card',
  quantity: 2,
  sentAtMs: SENT_AT_MS,
  nowMs: SENT_AT_MS + 10 * MINUTE_MS,
  graceMs: 3 * MINUTE_MS,
  firstNotFoundAtMs: undefined,
  historyEndsAtMs: undefined,
  giveUpAtMs: SENT_AT_MS + DAY_MS,
  ...given,
});

const card = (no: string) => ({ cardNo: no, cardPassword: 'p', expiresAtMs: undefined });

const report = (given: Partial<SupplyReport> = {}): SupplyReport => ({
  said: 'succeeded',
  rawStatus: '1',
  supplierOrderNo: 'S1',
  cards: [],
  costHao: 20_000,
  refund: REFUND_UNSTATED,
  message: '',
  ...given,
});

const judge = (given: Partial<SupplyReport>, about: Partial<QueryFacts> = {}) =>
  judgeQuery({ outcome: 'report', report: report(given) }, facts(about));

const UNKNOWN: CreateOutcome = {
  outcome: 'unknown',
  cause: 'no-reply',
  code: undefined,
  message: '',
  isNewCode: false,
};

describe('what a create allows', () => {
  it('sends again under the same number at most three times, and only what was never sent', () => {
    const notSent: CreateOutcome = { outcome: 'not-sent', reason: 'refused' };
    expect([1, 2, 3].map((tries) => afterCreate(notSent, tries))).toEqual([
      'send-again-same-number',
      'send-again-same-number',
      'next-supplier',
    ]);
  });

  it('only queries after an unknown outcome, whatever the number of tries', () => {
    expect([0, 1, 9].map((tries) => afterCreate(UNKNOWN, tries))).toEqual(
      Array(3).fill('query-only'),
    );
  });

  it('stops the order where the account or the buyer is refused, and nowhere else', () => {
    const stopping = Object.entries(REFUSAL_RULES).filter(([, rule]) => rule.stopsOrder);
    expect(stopping.map(([refusal]) => refusal)).toEqual(['account', 'blacklist']);
  });
});

describe('the statuses of an attempt', () => {
  const statuses = Object.keys(ATTEMPT_MOVES) as AttemptStatus[];

  it('can all be reached from prepared', () => {
    const reached = new Set<AttemptStatus>(['prepared']);
    for (const status of reached) for (const next of ATTEMPT_MOVES[status]) reached.add(next);
    expect([...reached].sort()).toEqual([...statuses].sort());
  });

  it('never let an attempt that may still deliver be given up without an answer', () => {
    expect(statuses.filter((status) => MAY_STILL_DELIVER[status])).toEqual([
      'prepared',
      'accepted',
      'unknown',
    ]);
  });

  it('book a late success after a refusal, a failure and a lost order', () => {
    for (const status of ['rejected', 'failed', 'not-received'] as const)
      expect(canMove(ATTEMPT_MOVES, status, 'late-success')).toBe(true);
    expect(isTerminal(ATTEMPT_MOVES, 'not-sent')).toBe(true);
  });
});

describe('the price guard', () => {
  const UNIT: GuardFormat = { meaning: 'unit', currency: 'yuan', digits: 3, trailingZeros: 'drop' };
  const TOTAL: GuardFormat = {
    meaning: 'total',
    currency: 'yuan',
    digits: 4,
    trailingZeros: 'keep',
  };

  it.each([
    ['a total with two digits', 99_000, 2, TOTAL, '19.80'],
    ['a total that needs four digits', 453_333, 3, TOTAL, '135.9999'],
    ['a unit price with three digits, cut off and never rounded up', 51_229, 1, UNIT, '5.122'],
    ['a whole unit price without a point', 50_000, 7, UNIT, '5'],
    ['fen', 51_299, 2, { ...TOTAL, currency: 'fen' }, '1025'],
  ] as const)('writes %s', (_, unitHao, quantity, format, text) => {
    expect(guardText(guardOf(unitHao, quantity), quantity, format)).toBe(text);
  });

  it('is absent where the protocol has none', () => {
    expect(guardText(guardOf(1, 1), 1, { ...UNIT, meaning: 'none' })).toBeUndefined();
  });

  it('is refused where it would be written as zero, which suppliers read as "no limit"', () => {
    expect(() => guardText(guardOf(9, 1), 1, UNIT)).toThrow('switch the check off');
  });

  it('never lets more be charged than both limits allow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 10_000_000 }),
        fc.integer({ min: 100, max: 1_000_000_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom('unit' as const, 'total' as const),
        fc.constantFrom(2 as const, 3 as const, 4 as const),
        (unitHao, totalHao, quantity, meaning, digits) => {
          fc.pre(Math.floor(totalHao / quantity) >= 100);
          const format = { meaning, currency: 'yuan', digits, trailingZeros: 'drop' } as const;
          const text = guardText({ unitHao, totalHao }, quantity, format);
          const asked = Math.round(Number(text) * 10_000);
          const charged = meaning === 'unit' ? asked * quantity : asked;
          expect(charged).toBeLessThanOrEqual(Math.min(totalHao, unitHao * quantity));
        },
      ),
    );
  });
});

describe('what a query says', () => {
  it('succeeds with all cards', () => {
    expect(judge({ cards: [card('A'), card('B')] })).toMatchObject({
      verdict: 'succeeded',
      surplus: 0,
    });
  });

  it('counts cards beyond the order as surplus', () => {
    expect(judge({ cards: [card('A'), card('B'), card('C')] })).toMatchObject({ surplus: 1 });
  });

  it('waits for cards where "done" comes without all of them', () => {
    expect(judge({ cards: [card('A')] })).toMatchObject({
      verdict: 'processing',
      cardsSoFar: [{ cardNo: 'A' }],
    });
  });

  it('takes part success as a normal end where the rest was refunded', () => {
    const refund = { state: 'part', amountHao: 10_000 } as const;
    expect(judge({ cards: [card('A')], refund })).toMatchObject({
      verdict: 'partial',
      deliveredUnits: 1,
    });
  });

  it('counts the delivered units of a top-up by the money that was kept', () => {
    const part = { state: 'part', amountHao: 12_000 } as const;
    const about = { kind: 'top-up', quantity: 5 } as const;
    expect(judge({ refund: part }, about)).toMatchObject({ verdict: 'partial', deliveredUnits: 2 });
    expect(judge({ refund: { ...part, amountHao: 11_000 } }, about)).toEqual({
      verdict: 'person-decides',
      because: 'unclear-part',
    });
  });

  it('takes "refunded" for a failure only where all money came back', () => {
    const about = { kind: 'top-up', quantity: 1 } as const;
    const verdict = (amountHao: number | undefined) =>
      judge({ said: 'refunded', refund: refundOfAmount(amountHao, 20_000) }, about).verdict;
    expect([20_000, 0, undefined].map(verdict)).toEqual(['failed', 'succeeded', 'person-decides']);
  });

  it('books cards that come with a failure', () => {
    expect(judge({ said: 'failed', cards: [card('A')] })).toMatchObject({
      verdict: 'partial',
      deliveredUnits: 1,
    });
  });

  it('keeps "not found" unknown before the grace, even where the supplier names a shorter one', () => {
    const about = { nowMs: SENT_AT_MS + 3 * MINUTE_MS - 1, graceMs: 0 };
    expect(judge({ said: 'not-found' }, about)).toEqual({
      verdict: 'still-unknown',
      firstNotFoundAtMs: undefined,
    });
  });

  it('needs two reads of "not found" a minute apart before the order counts as never received', () => {
    const first = judge({ said: 'not-found' });
    expect(first).toEqual({ verdict: 'still-unknown', firstNotFoundAtMs: facts().nowMs });
    const later = (afterMs: number) =>
      judge(
        { said: 'not-found' },
        { firstNotFoundAtMs: facts().nowMs, nowMs: facts().nowMs + afterMs },
      ).verdict;
    expect([MINUTE_MS - 1, MINUTE_MS].map(later)).toEqual(['still-unknown', 'not-received']);
  });

  it('asks a person where the supplier no longer knows orders of that age', () => {
    expect(judge({ said: 'not-found' }, { historyEndsAtMs: facts().nowMs })).toEqual({
      verdict: 'person-decides',
      because: 'outside-history',
    });
  });

  it('asks a person when the budget is spent, and takes no silence for a failure', () => {
    const reply = {
      outcome: 'no-information',
      cause: 'http',
      code: undefined,
      message: '',
      isNewCode: false,
    } as const;
    expect(judgeQuery(reply, facts())).toEqual({ verdict: 'no-information' });
    expect(judgeQuery(reply, facts({ nowMs: SENT_AT_MS + DAY_MS }))).toEqual({
      verdict: 'person-decides',
      because: 'budget-spent',
    });
  });
});

describe('the history of a supplier', () => {
  it('ends with the month after the order in Shanghai', () => {
    const lastSecondOfJanuary = Date.parse('2026-01-31T15:59:59Z');
    const firstSecondOfFebruary = Date.parse('2026-01-31T16:00:00Z');
    const ends = (atMs: number) =>
      new Date(historyEndsAtMs('this-and-last-month', atMs) ?? 0).toISOString();
    expect(ends(lastSecondOfJanuary)).toBe('2026-02-28T16:00:00.000Z');
    expect(ends(firstSecondOfFebruary)).toBe('2026-03-31T16:00:00.000Z');
  });

  it('ends after so many days, or never', () => {
    expect(historyEndsAtMs({ days: 30 }, SENT_AT_MS)).toBe(SENT_AT_MS + 30 * DAY_MS);
    expect(historyEndsAtMs('unlimited', SENT_AT_MS)).toBeUndefined();
  });
});
