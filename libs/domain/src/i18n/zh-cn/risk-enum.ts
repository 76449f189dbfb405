import type { CreditBand, CreditStage } from '../../credit/credit-band.js';
import type { CreditPart } from '../../credit/credit-score.js';
import type { HoldReason } from '../../risk/hold.js';
import type { PrepaymentReason } from '../../risk/prepayment.js';
import type { RiskCaseStatus } from '../../risk/risk-case.js';
import type { RiskParam, RiskRuleKind, RiskSignalKind } from '../../risk/risk-rule.js';
import type { RiskSignalStatus } from '../../risk/risk-signal.js';

/** Values of credit and risk. */
export const riskEnumTexts = {
  creditBand: {
    A: 'A 级',
    B: 'B 级',
    C: 'C 级',
    D: 'D 级',
  } satisfies Record<CreditBand, string>,
  creditStage: {
    open: '正常',
    'credit-stopped': '停止授信',
    'sales-stopped': '停止销售',
    collection: '催收',
  } satisfies Record<CreditStage, string>,
  prepaymentReason: {
    'not-scored': '尚无信用分',
    'band-too-low': '信用等级不足',
    'over-limit': '超出信用额度',
    overdue: '有逾期欠款',
    watched: '在观察名单',
    sudden: '订单量突增',
  } satisfies Record<PrepaymentReason, string>,
  holdReason: {
    'watched-platform': '平台在观察名单',
    'watched-customer': '客户在观察名单',
    'above-order-limit': '超过单笔限额',
  } satisfies Record<HoldReason, string>,
  riskCaseStatus: {
    open: '待审核',
    released: '已放行',
    refused: '已拒绝',
    withdrawn: '已撤销',
  } satisfies Record<RiskCaseStatus, string>,
  riskSignalStatus: {
    open: '待处理',
    confirmed: '已确认',
    dismissed: '已排除',
  } satisfies Record<RiskSignalStatus, string>,
  riskSignalKind: {
    velocity: '短时大量下单',
    structuring: '化整为零',
    'third-party-payment': '第三方付款',
    'night-burst': '深夜集中下单',
    'high-face': '只买高面值',
    'daily-sum': '单日累计大额',
  } satisfies Record<RiskSignalKind, string>,
  riskRuleKind: {
    velocity: '短时大量下单',
    structuring: '化整为零',
    'third-party-payment': '第三方付款',
    'night-burst': '深夜集中下单',
    'high-face': '只买高面值',
    'daily-sum': '单日累计大额',
    'slow-charge': '话费慢充拦截',
    'hold-policy': '待审核订单时限',
  } satisfies Record<RiskRuleKind, string>,
  riskParam: {
    windowMinutes: '统计时长（分钟）',
    windowHours: '统计时长（小时）',
    windowDays: '统计时长（天）',
    customerOrders: '单个客户订单数',
    platformOrders: '单个平台订单数',
    orders: '订单数',
    percentUnder: '低于限额的幅度（%）',
    limitYuan: '限额（元，平台另设单笔限额时从其限额）',
    fromHour: '开始时刻（北京时间，时）',
    toHour: '结束时刻（北京时间，时）',
    unitPriceYuan: '单价不低于（元）',
    customerYuan: '单个客户金额（元）',
    platformYuan: '单个平台金额（元）',
    watches: '自动列入观察（1 是，0 否）',
    costPercent: '话费成本低于售价的（%）',
    holdHours: '审核时限（小时）',
    alertHours: '到期前提醒（小时）',
    refusesAtEnd: '到期自动拒绝并退款（1 是，0 否）',
    watchDays: '观察期（天）',
  } satisfies Record<RiskParam, string>,
  creditPart: {
    punctuality: '按时付款',
    'worst-delay': '最长逾期',
    tenure: '合作时长与交易量',
    disputes: '争议与退单',
    concentration: '欠款集中度',
    identity: '主体与资质',
  } satisfies Record<CreditPart, string>,
} as const;
