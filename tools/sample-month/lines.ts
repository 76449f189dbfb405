import { agreedFeeHao, MINUTE_MS, SECOND_MS } from '#domain';
import { FEE_BASIS_POINTS, supplierProductOf } from './books.js';
import type { Chance } from './chance.js';
import type { Sale } from './sales.js';

/** A line of a made-up statement, before it is written into a file. */
export interface MonthLine {
  type: 'order' | 'refund' | 'deduction' | 'payout';
  ourNo: string;
  theirNo: string;
  product: string;
  quantity: number | null;
  amountHao: number;
  feeHao: number;
  status: string;
  atMs: number;
  memo: string;
}

const orderLine = (
  line: Pick<MonthLine, 'ourNo' | 'theirNo' | 'product' | 'quantity' | 'amountHao' | 'atMs'>,
  feeHao: number,
): MonthLine => ({
  type: 'order',
  feeHao,
  status: '成功',
  memo: '',
  ...line,
});

const refundLine = (order: MonthLine, atMs: number): MonthLine => ({
  ...order,
  type: 'refund',
  amountHao: -order.amountHao,
  feeHao: 0,
  status: '已退款',
  atMs,
});

/** What a platform says of a month: orders with their fees, refunds; failed orders only now and then. */
export function platformLines(sales: readonly Sale[], chance: Chance): MonthLine[] {
  return sales.flatMap((sale) => {
    const isFailed = sale.refundedAtMs !== null;
    if (isFailed && chance.isLucky(0.5)) return [];
    const line = orderLine(
      {
        ourNo: chance.isLucky(0.8) ? sale.orderNo : '',
        theirNo: sale.merchantOrderNo,
        product: sale.product.code,
        quantity: sale.quantity,
        amountHao: sale.amountHao,
        atMs: sale.atMs + chance.between(-3, 3) * SECOND_MS,
      },
      isFailed ? 0 : feeOf(sale.amountHao),
    );
    if (!isFailed) return [line];
    line.status = '失败';
    return [line, refundLine(line, (sale.refundedAtMs ?? 0) + 5 * SECOND_MS)];
  });
}

export const feeOf = (amountHao: number): number => agreedFeeHao(amountHao, FEE_BASIS_POINTS);

/** What a supplier says: what it took, and what it gave back of what it could not deliver. */
export function supplierLines(sales: readonly Sale[]): MonthLine[] {
  return sales.flatMap(({ purchase, product, quantity }) => {
    if (!purchase) return [];
    const line = orderLine(
      {
        ourNo: purchase.attemptNo,
        theirNo: purchase.supplierOrderNo,
        product: supplierProductOf(product.code),
        quantity,
        amountHao: purchase.costHao,
        atMs: purchase.atMs,
      },
      0,
    );
    if (!purchase.isFailed) return [line];
    line.status = '失败';
    return [line, refundLine(line, purchase.atMs + MINUTE_MS)];
  });
}
