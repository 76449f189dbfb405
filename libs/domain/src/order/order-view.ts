import { formatAmount, formatUnitPrice } from '../shared/money.js';
import {
  toStageViews,
  type OrderStages,
  type PrepaymentView,
  type StageView,
} from '../large-order/stage-view.js';
import type { OrderFailCode, OrderStatus } from './order-status.js';

/** An order as its row holds it, as far as anybody outside may know. */
export interface OrderFacts {
  readonly orderNo: string;
  readonly merchantOrderNo: string;
  readonly productCode: string;
  readonly quantity: number;
  readonly deliveredQuantity: number;
  readonly unitPriceHao: number;
  readonly amountHao: number;
  readonly refundedHao: number;
  readonly status: OrderStatus;
  readonly failCode: OrderFailCode | null;
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface CardView {
  readonly cardNo: string;
  readonly cardPassword: string;
  readonly expiresOn: string | null;
}

/** What a platform sees of its order; amounts are decimal yuan. */
export interface OrderView {
  readonly orderNo: string;
  readonly merchantOrderNo: string;
  readonly productCode: string;
  readonly quantity: number;
  readonly status: OrderStatus;
  readonly deliveredQuantity: number;
  readonly unitPrice: string;
  readonly amount: string;
  readonly refundedAmount: string;
  readonly cards: readonly CardView[];
  /** Of large orders only. */
  readonly prepayment?: PrepaymentView;
  readonly stages?: readonly StageView[];
  readonly failCode: OrderFailCode | null;
  readonly failReason: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Names each field: a new column never leaks. `isoTime` turns milliseconds into text, `failText` a code into words. */
export function toOrderView(
  order: OrderFacts & { readonly staged?: OrderStages },
  cards: readonly CardView[],
  texts: {
    readonly isoTime: (ms: number) => string;
    readonly failText: (code: OrderFailCode) => string;
  },
): OrderView {
  return {
    orderNo: order.orderNo,
    merchantOrderNo: order.merchantOrderNo,
    productCode: order.productCode,
    quantity: order.quantity,
    status: order.status,
    deliveredQuantity: order.deliveredQuantity,
    unitPrice: formatUnitPrice(order.unitPriceHao),
    amount: formatAmount(order.amountHao),
    refundedAmount: formatAmount(order.refundedHao),
    cards,
    ...(order.staged ? toStageViews({ ...order, ...order.staged }, texts.isoTime) : {}),
    failCode: order.failCode,
    failReason: order.failCode === null ? null : texts.failText(order.failCode),
    version: order.version,
    createdAt: texts.isoTime(order.createdAtMs),
    updatedAt: texts.isoTime(order.updatedAtMs),
  };
}
