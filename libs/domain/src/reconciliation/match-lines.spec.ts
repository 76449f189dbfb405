import fc from 'fast-check';
import { DAY_MS, MINUTE_MS } from '../shared/business-time.js';
import type { MatchFacts, MatchRules, OurItem, TheirLine } from './match-facts.js';
import { agreedFeeHao, bufferEndMs, favourOf, matchLines } from './match-lines.js';

const DAY = Date.parse('2026-10-05T12:00:00+08:00');
const LATER = DAY + 10 * DAY_MS;

const aLine = (given: Partial<TheirLine> = {}): TheirLine => ({
  id: 'l1',
  type: 'order',
  ourNo: null,
  theirNo: 'P1',
  productCode: 'STEAM',
  quantity: 1,
  account: null,
  amountHao: 985_000,
  feeHao: null,
  status: 'succeeded',
  currency: null,
  occurredAtMs: DAY,
  passCount: 1,
  ...given,
});
const anItem = (given: Partial<OurItem> = {}): OurItem => ({
  key: 'e1',
  type: 'order',
  numbers: ['P1', 'K1'],
  amountHao: 985_000,
  status: 'succeeded',
  occurredAtMs: DAY,
  productCode: 'STEAM',
  quantity: 1,
  accounts: [],
  orderId: '1',
  attemptId: null,
  largePart: null,
  openWholeHao: null,
  isTaken: false,
  ...given,
});
const someFacts = (given: Partial<MatchFacts> = {}): MatchFacts => ({
  items: [],
  nearby: [],
  knownNumbers: new Set(),
  knownProducts: new Set(['STEAM']),
  partners: [],
  refusedPairs: new Set(),
  ...given,
});
const rules = (given: Partial<MatchRules> = {}): MatchRules => ({
  party: 'platform',
  fromMs: DAY - 4 * DAY_MS,
  toMs: DAY + 4 * DAY_MS,
  closedBeforeMs: null,
  bufferDays: 3,
  feeBasisPoints: 60,
  roundingLeftHao: 10_000,
  nowMs: LATER,
  ...given,
});
const kindsOf = (line: TheirLine, facts: MatchFacts, more: Partial<MatchRules> = {}): unknown =>
  matchLines([line], facts, rules(more)).map((one) =>
    'differences' in one ? [one.kind, ...one.differences.map(({ kind }) => kind)] : [one.kind],
  );

describe('a line whose number is ours', () => {
  it('matches when amount and status agree, by either number', () => {
    expect(kindsOf(aLine(), someFacts({ items: [anItem()] }))).toEqual([['matched']]);
    expect(kindsOf(aLine({ theirNo: 'X', ourNo: 'K1' }), someFacts({ items: [anItem()] }))).toEqual(
      [['matched']],
    );
  });

  it.each([
    ['a larger amount', { amountHao: 986_000 }, 'amount-long'],
    ['a smaller amount', { amountHao: 984_000 }, 'amount-short'],
    ['another end', { status: 'failed' }, 'status'],
    ['a fee that was not agreed', { feeHao: 7_000 }, 'fee'],
    ['another currency', { currency: 'USD' }, 'currency'],
  ] as const)('differs by %s, with its type', (_, given, kind) => {
    expect(kindsOf(aLine(given), someFacts({ items: [anItem()] }))).toEqual([['different', kind]]);
  });

  it('of a supplier is long when it took less, and short when it took more', () => {
    const facts = someFacts({ items: [anItem()] });
    expect(kindsOf(aLine({ amountHao: 990_000 }), facts, { party: 'supplier' })).toEqual([
      ['different', 'amount-short'],
    ]);
  });

  it('is off by one fen: rounding, until the statement has had a hundred', () => {
    const facts = someFacts({ items: [anItem()] });
    expect(matchLines([aLine({ amountHao: 985_100 })], facts, rules())).toMatchObject([
      { kind: 'matched', roundingHao: 100 },
    ]);
    expect(kindsOf(aLine({ amountHao: 985_100 }), facts, { roundingLeftHao: 99 })).toEqual([
      ['different', 'amount-long'],
    ]);
    expect(kindsOf(aLine({ amountHao: 985_101 }), facts)).toEqual([['different', 'amount-long']]);
  });

  it('of another period matches and is told as cross-day', () => {
    const facts = someFacts({ items: [anItem({ occurredAtMs: DAY - 5 * DAY_MS })] });
    expect(kindsOf(aLine(), facts)).toEqual([['matched', 'cross-day']]);
  });

  it('is a duplicate when another line has used the entry, now or before', () => {
    const both = [aLine(), aLine({ id: 'l2' })];
    const decisions = matchLines(both, someFacts({ items: [anItem()] }), rules());
    expect(decisions).toMatchObject([
      { kind: 'matched' },
      { kind: 'different', differences: [{ kind: 'duplicate', favourHao: 985_000 }] },
    ]);
    expect(kindsOf(aLine(), someFacts({ items: [anItem({ isTaken: true })] }))).toEqual([
      ['different', 'duplicate'],
    ]);
  });

  it('waits while our order is still under way', () => {
    const facts = someFacts({ items: [anItem({ status: 'processing' })] });
    expect(kindsOf(aLine(), facts, { nowMs: DAY })).toEqual([['wait']]);
    expect(kindsOf(aLine(), facts)).toEqual([['different', 'status']]);
  });
});

describe('a line whose number is not ours', () => {
  it('waits for its buffer and is then missing', () => {
    const dueMs = bufferEndMs(DAY, 3);
    expect(dueMs).toBe(Date.parse('2026-10-09T00:00:00+08:00'));
    expect(kindsOf(aLine(), someFacts(), { nowMs: dueMs - 1 })).toEqual([['wait']]);
    expect(kindsOf(aLine(), someFacts(), { nowMs: dueMs })).toEqual([
      ['different', 'missing-ours'],
    ]);
  });

  it.each([
    ['a refund', { type: 'refund', amountHao: -985_000 }, 'refund-unmatched'],
    ['a product nobody knows', { productCode: 'NOSUCH' }, 'unknown-sku'],
    ['a deduction', { type: 'deduction', amountHao: -1 }, 'deduction-unexplained'],
  ] as const)('of %s is told by its type', (_, given, kind) => {
    expect(kindsOf(aLine(given), someFacts())).toEqual([['different', kind]]);
  });

  it('of a closed time is late', () => {
    expect(kindsOf(aLine(), someFacts(), { closedBeforeMs: DAY + 1, nowMs: DAY })).toEqual([
      ['different', 'late-after-close'],
    ]);
  });

  it('is no difference where an order and its refund cancel each other out', () => {
    const order = aLine();
    const refund = aLine({ id: 'l2', type: 'refund', amountHao: -985_000 });
    expect(matchLines([order, refund], someFacts({ partners: [order, refund] }), rules())).toEqual([
      { kind: 'paired', lineId: 'l1', otherLineId: 'l2' },
    ]);
  });

  it('is paired with nothing while its order is one of ours', () => {
    const order = aLine();
    const refund = aLine({ id: 'l2', type: 'refund', amountHao: -985_000 });
    const facts = someFacts({ items: [anItem()], partners: [order, refund] });
    expect(matchLines([order, refund], facts, rules()).map(({ kind }) => kind)).toEqual([
      'matched',
      'different',
    ]);
  });

  it.each([
    ['alike within ten minutes', {}, 'proposed'],
    ['eleven minutes apart', { occurredAtMs: DAY + 11 * MINUTE_MS }, 'different'],
    ['of another quantity', { quantity: 2 }, 'different'],
    ['of another amount, be it one fen', { amountHao: 985_100 }, 'different'],
    ['of another account', { accounts: ['13900000000'] }, 'different'],
    ['of the masked account', { accounts: ['13800138000'] }, 'proposed'],
  ] as const)('and an entry that is %s: %s', (_, given, kind) => {
    const facts = someFacts({ nearby: [anItem({ numbers: ['Q'], ...given })] });
    const [decision] = matchLines([aLine({ account: '138****8000' })], facts, rules());
    expect(decision?.kind).toBe(kind);
  });

  it('is not proposed again what a person has refused', () => {
    const facts = someFacts({ nearby: [anItem()], refusedPairs: new Set(['l1:e1']) });
    expect(kindsOf(aLine(), facts)).toEqual([['different', 'missing-ours']]);
  });
});

it('uses every line and every entry once, whatever numbers they share', () => {
  const aNumber = fc.constantFrom('P1', 'P2', 'P3');
  const lines = fc.array(
    fc.record({ theirNo: aNumber, amountHao: fc.constantFrom(985_000, 985_100, 7) }),
  );
  const items = fc.array(fc.record({ number: aNumber, amountHao: fc.constantFrom(985_000, 7) }));
  fc.assert(
    fc.property(lines, items, (someLines, someItems) => {
      const decisions = matchLines(
        someLines.map((line, index) => aLine({ ...line, id: `l${index}` })),
        someFacts({
          items: someItems.map(({ number, amountHao }, index) =>
            anItem({ key: `e${index}`, numbers: [number], amountHao }),
          ),
        }),
        rules(),
      );
      const used = decisions.flatMap((one) => ('item' in one && one.item ? [one.item.key] : []));
      expect(new Set(used).size).toBe(used.length);
      expect(decisions.map(({ lineId }) => lineId)).toEqual(
        someLines.map((_, index) => `l${index}`),
      );
    }),
  );
});

it.each([
  ['platform', 'order', 100, 90, 10],
  ['platform', 'refund', -100, -90, -10],
  ['platform', 'payout', 100, 90, -10],
  ['supplier', 'order', 100, 90, -10],
  ['supplier', 'refund', -100, 0, 100],
  ['supplier', 'deduction', -5, 0, -5],
  ['bank', 'receipt', 100, 0, 100],
  ['bank', 'payout', 100, 0, -100],
] as const)(
  'a %s’s %s of %s against our %s is worth %s to us',
  (party, type, theirs, ours, worth) => {
    expect(favourOf(party, type, theirs, ours)).toBe(worth);
  },
);

it('agrees fees to the fen, half up', () => {
  expect(agreedFeeHao(985_000, 60)).toBe(5_900);
  expect(agreedFeeHao(10_000_000, 60)).toBe(60_000);
  expect(agreedFeeHao(8_300, 60)).toBe(0);
  expect(agreedFeeHao(8_400, 60)).toBe(100);
});
