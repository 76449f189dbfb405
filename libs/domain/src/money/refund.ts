import { lineAmountHao } from '../shared/money.js';

/** What goes back when an order ends: its amount less the price of what was delivered and less what already went back. */
export function refundDueHao(order: {
  readonly amountHao: number;
  readonly unitPriceHao: number;
  readonly deliveredQuantity: number;
  readonly refundedHao: number;
}): number {
  const earnedHao = lineAmountHao(order.unitPriceHao, order.deliveredQuantity);
  return order.amountHao - earnedHao - order.refundedHao;
}
