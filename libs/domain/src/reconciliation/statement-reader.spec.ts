import { guessMapping, mappingFor } from './statement-mapping.js';
import { StatementReader } from './statement-reader.js';
import { payoutDueHao, totalsFaults } from './statement-totals.js';

const HEAD = ['交易类型', '平台订单号', '供货单号', '订单金额', '手续费', '状态', '交易时间'];
const rowOf = (
  type: string,
  no: string,
  amount: string,
  more: Partial<Record<'fee' | 'status' | 'time', string>> = {},
) => [
  type,
  no,
  '',
  amount,
  more.fee ?? '',
  more.status ?? '成功',
  more.time ?? '2026-10-05 12:00:00',
];

function readAll(
  rows: readonly (readonly string[])[],
  reader = new StatementReader('platform', {}),
) {
  const results = rows.map((row, index) => reader.push(index + 1, row));
  return {
    reader,
    lines: results.flatMap((one) => (one.kind === 'line' ? [one.line] : [])),
    faults: results.flatMap((one) => (one.kind === 'fault' ? [one.fault] : [])),
  };
}

describe('a statement', () => {
  it('is read from below its preamble to its totals', () => {
    const { reader, lines, faults } = readAll([
      ['某平台 2026 年 10 月对账单'],
      ['账期：2026-10-01 至 2026-10-31', '总笔数：2'],
      ['订单总额', '1,098.50'],
      HEAD,
      rowOf('订单', 'P1', '1,000.00', { fee: '6.00' }),
      rowOf('订单', 'P2', '98.50'),
      ['合计', '', '', '1,098.50', '6.00'],
    ]);
    expect(faults).toEqual([]);
    expect(lines.map(({ theirNo, amountHao, lineNo }) => [theirNo, amountHao, lineNo])).toEqual([
      ['P1', 10_000_000, 5],
      ['P2', 985_000, 6],
    ]);
    expect(reader.stated).toEqual({
      periodFrom: '2026-10-01',
      periodTo: '2026-10-31',
      count: 2,
      orderHao: 10_985_000,
      columnHao: 10_985_000,
      feeHao: 60_000,
    });
    expect(totalsFaults(reader.stated, reader.lineSums)).toEqual([]);
  });

  it('is refused with the difference where its totals are not the sum of its lines, be it a hao', () => {
    const { reader } = readAll([['订单总额', '98.5001'], HEAD, rowOf('订单', 'P1', '98.50')]);
    expect(totalsFaults(reader.stated, reader.lineSums)).toEqual([
      { what: 'order', stated: 985_001, lines: 985_000 },
    ]);
  });

  it('tells every row that cannot be read, with what stands there', () => {
    const { faults } = readAll([
      HEAD,
      rowOf('订单', 'P1', '九十八'),
      rowOf('订单', 'P2', ''),
      rowOf('订单', 'P3', '1.00', { time: '昨天' }),
      rowOf('天书', 'P4', '1.00'),
      rowOf('订单', 'P5', '1.00', { status: '天书' }),
      rowOf('订单', '', '1.00'),
      rowOf('订单', 'P7', '1.00', { fee: 'x' }),
    ]);
    expect(faults.map(({ lineNo, reason }) => [lineNo, reason])).toEqual([
      [2, 'bad-amount'],
      [3, 'no-amount'],
      [4, 'bad-time'],
      [5, 'unknown-type'],
      [6, 'unknown-status'],
      [7, 'no-number'],
      [8, 'bad-fee'],
    ]);
  });

  it('pays out its orders less refunds, fees and deductions', () => {
    const { reader } = readAll([
      HEAD,
      rowOf('订单', 'P1', '100.00', { fee: '0.60' }),
      rowOf('退款', 'P1', '30.00'),
      rowOf('扣款', 'K1', '5.00', { status: '' }),
    ]);
    expect(payoutDueHao(reader.lineSums)).toBe(1_000_000 - 300_000 - 50_000 - 6_000);
  });
});

describe('the columns', () => {
  it('are guessed from Chinese and English headings, each heading once', () => {
    expect(guessMapping(HEAD, 'platform')).toEqual({
      type: '交易类型',
      'their-no': '平台订单号',
      'our-no': '供货单号',
      amount: '订单金额',
      fee: '手续费',
      status: '状态',
      time: '交易时间',
    });
    expect(guessMapping(['Merchant Order No', 'Amount', 'Created At'], 'platform')).toEqual({
      'their-no': 'Merchant Order No',
      amount: 'Amount',
      time: 'Created At',
    });
  });

  it('mean by the same name another number to a supplier', () => {
    expect(guessMapping(['商户订单号', '订单号'], 'supplier')).toEqual({
      'our-no': '商户订单号',
      'their-no': '订单号',
    });
  });

  it('are as a person has saved them, as long as the file has them', () => {
    const saved = { amount: '实收', time: '没有了' };
    expect(mappingFor(['订单号', '金额', '实收', '时间'], 'platform', saved)).toEqual({
      'their-no': '订单号',
      amount: '实收',
      time: '时间',
    });
  });
});
