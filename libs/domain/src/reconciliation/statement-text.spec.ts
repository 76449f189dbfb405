import fc from 'fast-check';
import { formatAmount } from '../shared/money.js';
import {
  foreignCurrency,
  isMaskOf,
  parseLineType,
  parseStatementAmount,
  parseStatementTime,
  parseToldStatus,
  plainCell,
  signedAmount,
} from './statement-text.js';

describe('an amount in a statement', () => {
  it.each([
    ['98.50', 985_000],
    ['¥1,234.50', 12_345_000],
    ['￥ 1,234,567.89', 12_345_678_900],
    ['(12.00)', -120_000],
    ['-3', -30_000],
    ['−3.5', -35_000],
    ['+0.01', 100],
    ['５元', 50_000],
    ['45.3333', 453_333],
    ['12.500000', 125_000],
    ["'-5.00", -50_000],
    ['="7.10"', 71_000],
    ['RMB 8', 80_000],
  ])('%s is read exactly', (text, hao) => {
    expect(parseStatementAmount(text)).toBe(hao);
  });

  it.each(['', 'abc', '1,23.4', '1.23456', '1e3', '12.3.4', '--', '1 2', '999999999999'])(
    '%p is none',
    (text) => {
      expect(parseStatementAmount(text)).toBeUndefined();
    },
  );

  it('comes back from its text without a hao lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (hao) => {
        expect(parseStatementAmount(formatAmount(hao))).toBe(hao);
      }),
    );
  });
});

describe('a time in a statement', () => {
  it.each([
    ['2026-10-01 00:00:00', '2026-09-30T16:00:00.000Z'],
    ['2026/10/1 8:05', '2026-10-01T00:05:00.000Z'],
    ['2026年10月01日', '2026-09-30T16:00:00.000Z'],
    ['20261001235959', '2026-10-01T15:59:59.000Z'],
    ['2026-10-01T01:02:03Z', '2026-10-01T01:02:03.000Z'],
    ['2026-10-01T01:02:03+08:00', '2026-09-30T17:02:03.000Z'],
  ])('%s is in Shanghai unless it says otherwise', (text, instant) => {
    expect(new Date(parseStatementTime(text) ?? 0).toISOString()).toBe(instant);
  });

  it.each(['2026-02-30', '2026-13-01', 'yesterday', '2026-10-01 25:00:00'])(
    '%s is none',
    (text) => {
      expect(parseStatementTime(text)).toBeUndefined();
    },
  );
});

it.each([
  ['成功', 'succeeded'],
  ['交易完成', 'succeeded'],
  ['失败', 'failed'],
  ['已取消', 'failed'],
  ['充值中', 'processing'],
  ['', null],
  ['???', undefined],
])('the word %p means %p', (word, status) => {
  expect(parseToldStatus(word)).toBe(status);
});

it.each([
  ['退款', -1, 'refund', -100],
  ['订单', 1, 'order', 100],
  ['', -1, 'refund', -100],
  ['平台手续费', 1, 'fee', -100],
  ['违约扣款', 1, 'deduction', -100],
  ['结算打款', -1, 'payout', 100],
] as const)('a line of type %p has the sign of what it is', (word, sign, type, amountHao) => {
  const read = parseLineType(word, sign * 100, 'platform');
  expect(read).toBe(type);
  expect(signedAmount(type, sign * 100)).toBe(amountHao);
});

it('knows yuan by every name and keeps what is another currency', () => {
  expect(['', 'CNY', 'rmb', '人民币', '元'].map(foreignCurrency)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(foreignCurrency('USD')).toBe('USD');
});

it('sees through a mask, but not through another number', () => {
  expect(isMaskOf('138****8000', '13800138000')).toBe(true);
  expect(isMaskOf('138****8001', '13800138000')).toBe(false);
  expect(isMaskOf('13800138000', '13800138000')).toBe(true);
  expect(isMaskOf('139*', '13800138000')).toBe(false);
});

it('takes off what only guards a spreadsheet', () => {
  expect(plainCell('　ＡＢ１２　')).toBe('AB12');
  expect(plainCell("'=1+1")).toBe('=1+1');
});
