import type { PrepaymentStatus } from '../../large-order/stage-view.js';
import type {
  DeliveryPlanStatus,
  LargeOrderPhase,
  LargePaymentSource,
  OverdueTerms,
  ReserveMode,
  StageStatus,
} from '../../large-order/large-order-phase.js';

const largeOrderPhase = {
  prepayment: '待付预付款',
  payment: '待付本期款',
  delivery: '交付中',
  acceptance: '待验收',
  ended: '已结束',
} as const satisfies Record<LargeOrderPhase, string>;

const stageStatus = {
  planned: '未开始',
  'awaiting-payment': '待付款',
  overdue: '付款逾期',
  delivering: '交付中',
  delivered: '待验收',
  accepted: '已验收',
  cancelled: '已取消',
} as const satisfies Record<StageStatus, string>;

const prepaymentStatus = {
  'awaiting-payment': '待付款',
  overdue: '付款逾期',
  paid: '已付清',
  cancelled: '已取消',
} as const satisfies Record<PrepaymentStatus, string>;

const largePaymentSource = {
  bank: '银行到账',
  balance: '余额支付',
} as const satisfies Record<LargePaymentSource, string>;

const reserveMode = {
  'next-stage': '预留下一期',
  'all-stages': '预留全部',
  none: '不预留',
} as const satisfies Record<ReserveMode, string>;

const overdueTerm = {
  refund: '未交付部分退款',
  forfeit: '未交付部分不退',
} as const satisfies Record<OverdueTerms, string>;

const deliveryPlanStatus = {
  active: '启用',
  retired: '停用',
} as const satisfies Record<DeliveryPlanStatus, string>;

/** Values of large orders. */
export const largeOrderEnumTexts = {
  largeOrderPhase,
  stageStatus,
  prepaymentStatus,
  largePaymentSource,
  reserveMode,
  overdueTerm,
  deliveryPlanStatus,
} as const;
