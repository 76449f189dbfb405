import type { RollRule, TermKind } from '../../calendar/work-calendar.js';
import type { AgeingBucket } from '../../settlement/ageing.js';
import type { SettlementCycle } from '../../settlement/settlement-period.js';
import type { DueMethod, StatementCategory } from '../../settlement/statement-amounts.js';
import type {
  AgreementStatus,
  BaseEvent,
  DisputeStatus,
  PaymentSource,
  StatementEventType,
} from '../../settlement/statement-kinds.js';
import type { StatementStatus } from '../../settlement/statement-status.js';

const termKind = { T: 'T（工作日）', D: 'D（自然日）' } as const satisfies Record<TermKind, string>;

const rollRule = {
  none: '不顺延',
  following: '顺延至下一工作日',
  'modified-following': '顺延，跨月则提前',
} as const satisfies Record<RollRule, string>;

const commonCalendar = { statutory: '法定工作日', bank: '银行工作日' } as const;

const statementStatus = {
  draft: '草稿',
  issued: '已出账',
  confirmed: '已确认',
  'part-paid': '部分付款',
  paid: '已结清',
  disputed: '争议中',
  overdue: '已逾期',
  'written-off': '已核销',
} as const satisfies Record<StatementStatus, string>;

const settlementCycle = {
  day: '日结',
  week: '周结',
  'half-month': '半月结',
  month: '月结',
} as const satisfies Record<SettlementCycle, string>;

const dueMethod = {
  'credit-used': '已用授信（余额低于零的部分）',
  'delivered-value': '当期交付金额',
} as const satisfies Record<DueMethod, string>;

const statementCategory = {
  orders: '订单扣款',
  refunds: '退款',
  compensation: '赔付',
  fees: '手续费',
  'top-ups': '充值',
  payments: '账单收款',
  others: '其他',
} as const satisfies Record<StatementCategory, string>;

const agreementStatus = {
  draft: '草稿',
  active: '生效',
  ended: '已终止',
} as const satisfies Record<AgreementStatus, string>;

const baseEvent = {
  'period-end': '账期结束日',
  issued: '出账日',
  confirmed: '确认日',
} as const satisfies Record<BaseEvent, string>;

const paymentSource = {
  bank: '银行到账',
  'in-transit': '在途',
  balance: '余额抵扣',
} as const satisfies Record<PaymentSource, string>;

const disputeStatus = {
  open: '处理中',
  resolved: '已处理',
  withdrawn: '已撤回',
} as const satisfies Record<DisputeStatus, string>;

const statementEventType = {
  drafted: '生成账单',
  issued: '出账',
  confirmed: '确认',
  payment: '收款',
  'payment-arrived': '在途款到账',
  'dispute-opened': '提出争议',
  'dispute-resolved': '争议处理',
  overdue: '逾期',
  reminder: '催款',
  'due-changed': '到期日变更',
  'write-off': '坏账核销',
  settled: '结清',
} as const satisfies Record<StatementEventType, string>;

const ageingBucket = {
  '0': '未逾期',
  '1-7': '逾期 1–7 天',
  '8-15': '逾期 8–15 天',
  '16-30': '逾期 16–30 天',
  '31-60': '逾期 31–60 天',
  '60+': '逾期 60 天以上',
} as const satisfies Record<AgeingBucket, string>;

/** Values of settlement and its calendars. */
export const settlementEnumTexts = {
  termKind,
  rollRule,
  commonCalendar,
  statementStatus,
  settlementCycle,
  dueMethod,
  statementCategory,
  agreementStatus,
  baseEvent,
  paymentSource,
  disputeStatus,
  statementEventType,
  ageingBucket,
} as const;
