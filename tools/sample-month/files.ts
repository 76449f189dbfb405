import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { formatAmount, shanghaiDate, SHANGHAI_OFFSET_MS } from '#domain';
import type { MonthLine } from './lines.js';

const time = (atMs: number): string =>
  new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().replace('T', ' ').slice(0, 19);
const sumOf = (lines: readonly MonthLine[], read: (line: MonthLine) => number): number =>
  lines.reduce((sum, line) => sum + read(line), 0);
const TYPE = { order: '订单', refund: '退款', deduction: '扣款', payout: '结算打款' } as const;

const csv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(','))
    .join('\r\n');

/** Thousands with commas, as many platforms print them. */
const grouped = (hao: number): string => {
  const [whole = '', fraction = ''] = formatAmount(hao).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
};

/** The platform's statement: GBK, a preamble with its period and sums, Chinese headings. */
export function platformFile(
  lines: readonly MonthLine[],
  period: { readonly startMs: number; readonly endMs: number },
): Buffer {
  const orders = lines.filter(({ type }) => type === 'order');
  const refunds = lines.filter(({ type }) => type === 'refund');
  const rows = [
    ['示例月份平台 对账单'],
    ['账期', `${shanghaiDate(period.startMs)} 至 ${shanghaiDate(period.endMs - 1)}`],
    ['总笔数', String(lines.length)],
    ['订单总额', grouped(sumOf(orders, ({ amountHao }) => amountHao))],
    ['退款总额', grouped(-sumOf(refunds, ({ amountHao }) => amountHao))],
    ['手续费总额', grouped(sumOf(lines, ({ feeHao }) => feeHao))],
    [],
    [
      '交易类型',
      '平台订单号',
      '供货单号',
      '商品编码',
      '数量',
      '订单金额',
      '手续费',
      '状态',
      '交易时间',
      '备注',
    ],
    ...lines.map((line) => [
      TYPE[line.type],
      line.theirNo,
      line.ourNo,
      line.product,
      line.quantity === null ? '' : String(line.quantity),
      line.type === 'refund'
        ? formatAmount(line.amountHao)
        : formatAmount(Math.abs(line.amountHao)),
      formatAmount(line.feeHao),
      line.status,
      time(line.atMs),
      line.memo,
    ]),
  ];
  return iconv.encode(csv(rows), 'gb18030');
}

/** The supplier's statement: an Excel sheet with its totals in the last row. */
export async function supplierFile(lines: readonly MonthLine[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('对账单');
  sheet.addRow(['商户订单号', '订单号', '商品编号', '数量', '金额', '状态', '时间', '类型']);
  for (const line of lines)
    sheet.addRow([
      line.ourNo,
      line.theirNo,
      line.product,
      line.quantity,
      line.amountHao / 10_000,
      line.status,
      new Date(line.atMs + SHANGHAI_OFFSET_MS),
      line.type === 'order' ? '消费' : '退款',
    ]);
  sheet.addRow(['合计', '', '', '', sumOf(lines, ({ amountHao }) => amountHao) / 10_000]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

export interface BankLine {
  readonly reference: string;
  readonly payoutNo: string;
  readonly amountHao: number;
  readonly atMs: number;
}

/** The bank's statement: UTF-8 with a byte-order mark. */
export function bankFile(lines: readonly BankLine[]): Buffer {
  const rows = [
    ['交易流水号', '交易时间', '交易类型', '金额', '摘要'],
    ...lines.map((line) => [
      line.reference,
      time(line.atMs),
      '来账',
      grouped(line.amountHao),
      `结算款 ${line.payoutNo}`,
    ]),
  ];
  return Buffer.from(`\ufeff${csv(rows)}\r\n`);
}
