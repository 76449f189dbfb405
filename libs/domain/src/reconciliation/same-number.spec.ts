import { DAY_MS } from '../shared/business-time.js';
import type { LargePart, OurItem, TheirLine } from './match-facts.js';
import { itemForLine } from './same-number.js';

const DAY = Date.parse('2026-10-05T12:00:00+08:00');

const line = (amountHao: number): TheirLine => ({
  id: 'l1',
  type: 'order',
  ourNo: null,
  theirNo: 'P1',
  productCode: null,
  quantity: null,
  account: null,
  amountHao,
  feeHao: null,
  status: null,
  currency: null,
  occurredAtMs: DAY,
  passCount: 0,
});
const item = (key: string, largePart: LargePart | null, amountHao: number): OurItem => ({
  key,
  type: 'order',
  numbers: ['P1'],
  amountHao,
  status: null,
  occurredAtMs: DAY - DAY_MS,
  productCode: null,
  quantity: null,
  accounts: [],
  orderId: '1',
  attemptId: null,
  largePart,
  openWholeHao: null,
  isTaken: false,
});
const keysOf = (amountHao: number, items: readonly OurItem[]): readonly string[] => {
  const found = itemForLine(line(amountHao), items);
  return found ? [found.key, ...(found.also ?? []).map(({ key }) => key)] : [];
};

/** 30 % ahead, then 40, 30 and 30 %: paid as 30, 28, 21 and 21, let go as 40, 30 and 30. */
const LARGE = [
  item('release-1', 'release', 40),
  item('release-2', 'release', 30),
  item('release-3', 'release', 30),
  item('paid-1', 'balance', 30),
  item('paid-2', 'bank', 28),
  item('paid-3', 'balance', 21),
];

describe('which of several entries under one number a line tells of', () => {
  it('is the one of its amount, what moved the balance before what did not', () => {
    expect(keysOf(30, LARGE)).toEqual(['paid-1']);
    expect(keysOf(40, LARGE)).toEqual(['release-1']);
    expect(keysOf(28, LARGE)).toEqual(['paid-2']);
  });

  it('is all that was paid, or all that was let go, where they are its amount together', () => {
    expect(keysOf(51, LARGE)).toEqual(['paid-1', 'paid-3']);
    expect(keysOf(79, LARGE)).toEqual(['paid-1', 'paid-3', 'paid-2']);
    expect(keysOf(100, LARGE)).toEqual(['release-1', 'release-2', 'release-3']);
  });

  it('is the nearest where none fits, which makes the smallest difference', () => {
    expect(keysOf(29, [item('a', null, 10), item('b', null, 30)])).toEqual(['b']);
    expect(keysOf(41, [item('a', null, 10), item('b', null, 30)])).toEqual(['a', 'b']);
    expect(keysOf(5, [])).toEqual([]);
  });
});
