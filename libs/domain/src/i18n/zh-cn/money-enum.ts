import type { HoldStatus } from '../../money/hold.js';
import type { LotKind } from '../../money/lot.js';
import type { PeriodStatus } from '../../money/period.js';
import type { AccountKind, EntryKind } from '../../money/posting.js';

const accountKind = {
  'platform-balance': '平台余额',
  bank: '银行',
  revenue: '收入',
  rounding: '尾差',
  'supplier-balance': '货源余额',
  'cost-of-goods': '采购成本',
  'supplier-claims': '货源应收',
  'platform-held': '平台冻结款',
  'platform-deposit': '平台保证金',
  'platform-prepayment': '大额订单预付款',
  'settlement-in-transit': '在途结算款',
  'refund-payable': '应付退款',
  'platform-fee': '平台手续费',
  'granted-cost': '赠送成本',
  'compensation-cost': '赔付成本',
  'compensation-payable': '应付补偿',
  'bad-debt': '坏账',
  'suspense-long': '待查长款',
  'suspense-short': '待查短款',
} as const satisfies Record<AccountKind, string>;

const entryKind = {
  'order-charge': '订单扣款',
  'order-refund': '订单退款',
  'platform-top-up': '平台充值',
  'supply-cost': '采购成本',
  'supply-refund': '采购退款',
  'platform-grant': '平台赠送',
  'grant-expiry': '赠送到期',
  'platform-payout': '平台提现',
  'deposit-received': '收取保证金',
  'deposit-returned': '退还保证金',
  'deposit-used': '动用保证金',
  hold: '冻结',
  'hold-posted': '冻结转扣款',
  'hold-voided': '冻结撤销',
  'hold-expired': '冻结到期',
  'large-order-payment': '大额订单收款',
  'large-order-release': '大额订单交付',
  'large-order-refund': '大额订单退款',
  'statement-payment': '账单收款',
  'platform-fee': '平台手续费',
  'settlement-adjustment': '结算调整',
  suspense: '转入待查',
  'suspense-cleared': '待查核销',
  rounding: '尾差',
  'write-off': '坏账核销',
  compensation: '赔付',
  'compensation-recovery': '赔付追回',
  'service-days': '延长服务天数',
  'claim-recovered': '追偿到账',
  'claim-written-off': '追偿核销',
  manual: '手工分录',
  reversal: '冲正',
} as const satisfies Record<EntryKind, string>;

const lotKind = { paid: '充值', granted: '赠送' } as const satisfies Record<LotKind, string>;

const holdStatus = {
  held: '冻结中',
  posted: '已扣款',
  voided: '已解冻',
  expired: '到期解冻',
} as const satisfies Record<HoldStatus, string>;

const periodStatus = {
  open: '未结账',
  closed: '已结账',
} as const satisfies Record<PeriodStatus, string>;

/** Values of the ledger. */
export const moneyEnumTexts = {
  accountKind,
  entryKind,
  lotKind,
  holdStatus,
  periodStatus,
} as const;
