import { shanghaiDate } from '../shared/business-time.js';
import { parseStatementAmount, parseStatementTime } from './statement-text.js';
import type { ColumnRole } from './statement-mapping.js';
import type { ExternalLineType } from './reconciliation-lists.js';

export interface LineSums {
  readonly count: number;
  readonly byType: Readonly<Record<ExternalLineType, number>>;
  readonly feeHao: number;
}

/** What a statement says of itself: above its lines or below them. */
export interface StatedTotals {
  readonly count?: number;
  /** Orders alone. */
  readonly orderHao?: number;
  readonly refundHao?: number;
  readonly feeHao?: number;
  readonly payoutHao?: number;
  /** The sum of the column of amounts, as its last row prints it. */
  readonly columnHao?: number;
  readonly periodFrom?: string;
  readonly periodTo?: string;
}

const COUNT = /^(总笔数|总条数|笔数|订单数|明细笔数|total ?count|count|lines|records)$/i;
const ORDERS =
  /^(订单总额|订单总金额|消费总额|交易总额|总金额|总消费|order ?total|total ?amount|gross)$/i;
const REFUNDS = /^(退款总额|退款总金额|总退款|refund ?total|total ?refunds?)$/i;
const FEES = /^(手续费总额|服务费总额|总手续费|总服务费|fee ?total|total ?fees?)$/i;
const PAYOUT =
  /^(结算总额|打款总额|应结金额|打款金额|结算金额合计|payout ?total|total ?payout|net)$/i;
const PERIOD = /^(账期|结算周期|对账周期|期间|周期|起止日期|period|statement ?period)$/i;
const DATE = /\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?/g;

/** Reads a row above the headings: `账期,2026-10-01 至 2026-10-31`, `总笔数：12  总金额：345.60`. */
export function readPreamble(cells: readonly string[]): StatedTotals {
  return Object.assign({}, ...pairsOf(cells).map(([name, value]) => statedOf(name, value)));
}

function statedOf(name: string, value: string): StatedTotals {
  if (COUNT.test(name)) {
    const count = Number(value.replace(/[笔条,]/g, ''));
    return Number.isSafeInteger(count) ? { count } : {};
  }
  if (PERIOD.test(name)) return periodOf(value);
  const hao = parseStatementAmount(value);
  if (hao === undefined) return {};
  if (ORDERS.test(name)) return { orderHao: Math.abs(hao) };
  if (REFUNDS.test(name)) return { refundHao: Math.abs(hao) };
  if (FEES.test(name)) return { feeHao: Math.abs(hao) };
  return PAYOUT.test(name) ? { payoutHao: hao } : {};
}

function periodOf(value: string): StatedTotals {
  const [from, to = from] = (value.match(DATE) ?? []).map((text) => parseStatementTime(text));
  if (from === undefined || to === undefined) return {};
  return { periodFrom: shanghaiDate(from), periodTo: shanghaiDate(to) };
}

/** Names with the values that follow them, in the next cell or behind a colon. */
function pairsOf(cells: readonly string[]): readonly (readonly [string, string])[] {
  const parts = cells.flatMap((cell) => cell.split(/\s{2,}|;|；/)).filter((part) => part !== '');
  return parts.flatMap((part, index) => {
    const [, name = '', value = ''] = /^([^:]+):\s*(.+)$/.exec(part.replaceAll('：', ':')) ?? [];
    if (value !== '') return [[name.trim(), value.trim()] as const];
    return [[part.replace(/[:：]$/, '').trim(), parts[index + 1] ?? ''] as const];
  });
}

/** Whether a row below the headings is the totals. */
export function isTotalsRow(cells: readonly string[]): boolean {
  return /^(合计|总计|总和|汇总|小计|(total|sum)(s|\b))/i.test(
    cells.find((cell) => cell !== '') ?? '',
  );
}

/** The totals in a row below the lines, column by column. */
export function statedInRow(
  cells: readonly string[],
  indexOf: (role: ColumnRole) => number,
): StatedTotals {
  const amount = parseStatementAmount(cells[indexOf('amount')] ?? '');
  const fee = parseStatementAmount(cells[indexOf('fee')] ?? '');
  return {
    ...(amount === undefined ? {} : { columnHao: amount }),
    ...(fee === undefined ? {} : { feeHao: Math.abs(fee) }),
  };
}

export interface TotalsFault {
  readonly what: 'count' | 'order' | 'refund' | 'fee' | 'payout' | 'column';
  readonly stated: number;
  readonly lines: number;
}

/** Where what the statement says of itself is not what its lines sum to. Nothing is rounded. */
export function totalsFaults(stated: StatedTotals, sums: LineSums): readonly TotalsFault[] {
  const { byType } = sums;
  const everything = Object.values(byType).reduce((sum, hao) => sum + hao, 0);
  const withoutPayout = everything - byType.payout;
  const checks: readonly (readonly [TotalsFault['what'], number | undefined, readonly number[]])[] =
    [
      ['count', stated.count, [sums.count]],
      ['order', stated.orderHao, [byType.order]],
      ['refund', stated.refundHao, [-byType.refund]],
      ['fee', stated.feeHao, [sums.feeHao - byType.fee]],
      ['payout', stated.payoutHao, [byType.payout]],
      // A column may print refunds with or without their sign.
      ['column', stated.columnHao, [everything, withoutPayout, unsigned(byType)]],
    ];
  return checks.flatMap(([what, said, lines]) =>
    said === undefined || lines.includes(said)
      ? []
      : [{ what, stated: said, lines: lines[0] ?? 0 }],
  );
}

const unsigned = (byType: LineSums['byType']): number =>
  Object.values(byType).reduce((sum, hao) => sum + Math.abs(hao), 0);

/** What a platform should pay by its own lines: orders less refunds, fees and deductions. */
export function payoutDueHao(sums: LineSums): number {
  const { byType, feeHao } = sums;
  return byType.order + byType.refund + byType.fee + byType.deduction - feeHao;
}
