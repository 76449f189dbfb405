import type { ErrorCode } from '../../shared/domain-error.js';

type LargeOrderCode = Extract<
  ErrorCode,
  `stage.${string}` | `payment.${string}` | `large-order.${string}`
>;

/** What can be wrong with the stages and the money of large orders. */
export const largeOrderError = {
  'large-order.not-found': '这不是一笔大额订单，请核对订单号。',
  'large-order.ended': '大额订单已经结束，不能再收款、验收或调整期限；多收的款项请登记为充值。',
  'large-order.held': '大额订单正在等待审核，审核通过后才能收款或调整期限。',
  'large-order.no-deadline': '当前没有可以调整的期限，请刷新后查看进度。',
  'large-order.deadline-not-later': '新的期限必须晚于现在的期限，且不超过一年。',
  'stage.not-found': '没有第 {stageNo} 期，请核对期数。',
  'stage.not-acceptable': '第 {stageNo} 期还没有交齐，不能验收。',
  'large-order.not-booked': '账上没有这笔操作：请在后台登记，大额由第二人批准；流程本身不入账。',
  'payment.too-much': '收款超过未付金额，最多还可登记 {amount} 元；多收的部分请登记为充值。',
  'payment.reference-reused': '流水号 {reference} 已登记在另一笔收款上，请核对银行流水。',
  'payment.invalid': '金额必须是大于 0 的整分，流水号必填。',
} as const satisfies Record<LargeOrderCode, string>;

export const largeOrderErrorTitle = {
  'large-order.not-found': '不是大额订单',
  'large-order.ended': '大额订单已结束',
  'large-order.held': '大额订单待审核',
  'large-order.no-deadline': '没有可调整的期限',
  'large-order.deadline-not-later': '期限无效',
  'stage.not-found': '期数不存在',
  'stage.not-acceptable': '该期不能验收',
  'large-order.not-booked': '账上没有',
  'payment.too-much': '收款过多',
  'payment.reference-reused': '流水号重复',
  'payment.invalid': '收款信息有误',
} as const satisfies Record<LargeOrderCode, string>;
