import type {
  AlertChannelKind,
  AlertKind,
  AlertNoticeKind,
  AlertNoticeStatus,
} from '../../alert/alert-kind.js';
import type { BreakerState } from '../../supply/breaker.js';
import type { RefusalClass, UnknownCause } from '../../supply/attempt-outcome.js';
import type { AttemptPurpose, AttemptStatus, SUPPLY_KINDS } from '../../supply/attempt-status.js';
import type { PersonReason } from '../../supply/query-verdict.js';
import type {
  GuardMeaning,
  RouteStatus,
  SupplierStatus,
  SupplyStrategy,
} from '../../supply/supplier-status.js';
import type { RoutePart } from '../../supply/route-score.js';
import type { IneligibleReason } from '../../supply/supply-choice.js';
import type { ScorePart } from '../../supply/supplier-score.js';
import type { ClaimKind, ClaimStatus } from '../../supply/supply-claim-kind.js';
import type { RefundState } from '../../supply/supply-report.js';
import type { NotificationStatus, WireCall, WireResult } from '../../supply/wire-record.js';

/** The words for the closed lists of supply, stock and service. */
export const supplyEnumTexts = {
  breakerState: {
    closed: '正常',
    'half-open': '试探中',
    open: '熔断',
  } satisfies Record<BreakerState, string>,
  supplierStatus: {
    active: '启用',
    paused: '暂停',
    retired: '停用',
  } satisfies Record<SupplierStatus, string>,
  routeStatus: {
    active: '启用',
    paused: '暂停',
  } satisfies Record<RouteStatus, string>,
  guardMeaning: {
    unit: '单价',
    total: '总价',
  } satisfies Record<GuardMeaning, string>,
  supplyStrategy: {
    priority: '按优先级',
    cheapest: '最低价优先',
    balanced: '综合评分',
    percentage: '按比例分配',
  } satisfies Record<SupplyStrategy, string>,
  attemptStatus: {
    prepared: '待发出',
    'not-sent': '未发出',
    rejected: '被拒绝',
    accepted: '已受理',
    unknown: '结果未知',
    succeeded: '成功',
    partial: '部分成功',
    failed: '失败',
    'not-received': '货源未收到',
    reversed: '成功后撤销',
    'late-success': '迟到的成功',
  } satisfies Record<AttemptStatus, string>,
  attemptPurpose: {
    order: '订单',
    stock: '备货',
  } satisfies Record<AttemptPurpose, string>,
  supplyKind: {
    card: '卡密',
    'top-up': '直充',
  } satisfies Record<(typeof SUPPLY_KINDS)[number], string>,
  refusalClass: {
    account: '账号有误',
    blacklist: '账号在黑名单',
    price: '价格不符',
    balance: '余额不足',
    stock: '货源无货',
    'off-shelf': '商品下架',
    permission: '无权限',
    region: '地区不支持',
    auth: '身份验证失败',
    limit: '超出频率或限额',
    maintenance: '维护中',
    parameter: '参数有误',
    other: '其他',
  } satisfies Record<RefusalClass, string>,
  unknownCause: {
    'no-reply': '没有回应',
    empty: '回应为空',
    'too-large': '回应过大',
    'not-json': '回应不是 JSON',
    gateway: '网关错误页',
    'system-code': '系统错误码',
    'duplicate-number': '编号重复',
    'new-code': '未登记的返回码',
    'wrong-order': '答非所问',
    malformed: '内容缺失',
    contradiction: '前后矛盾',
  } satisfies Record<UnknownCause, string>,
  refundState: {
    unstated: '未说明',
    none: '未退款',
    marked: '标记退款',
    part: '部分退款',
    full: '全额退款',
  } satisfies Record<RefundState, string>,
  personReason: {
    'unclear-part': '无法判断交付了几件',
    'outside-history': '货源已查不到历史',
    'budget-spent': '查询期限已到',
  } satisfies Record<PersonReason, string>,
  ineligibleReason: {
    'slow-charge': '话费慢充，禁止采购',
    'supplier-paused': '货源暂停',
    'route-paused': '渠道暂停',
    standby: '备用，未启用',
    'off-shelf': '货源已下架',
    'no-stock': '货源无货',
    quantity: '数量不符',
    region: '地区不支持',
    'ban-window': '禁止时段',
    balance: '余额低于警戒线',
    loss: '成本高于售价',
    'above-max-cost': '高于成本上限',
    'breaker-open': '已熔断',
    tried: '本轮已试过',
    'account-in-flight': '同账号有在途充值',
    'account-missing': '认不出充值账号',
    kind: '类型不支持',
  } satisfies Record<IneligibleReason, string>,
  wireCall: {
    create: '下单',
    query: '查询',
    cancel: '撤单',
    balance: '余额',
    products: '商品',
    notification: '通知',
  } satisfies Record<WireCall, string>,
  wireResult: {
    'not-sent': '未发出',
    broken: '中断',
    reply: '有回应',
    received: '收到',
  } satisfies Record<WireResult, string>,
  notificationStatus: {
    received: '待处理',
    applied: '已采用',
    asked: '转为查询',
    ignored: '无变化',
    refused: '不予采信',
  } satisfies Record<NotificationStatus, string>,
  claimKind: {
    'late-top-up': '迟到的充值',
    'duplicate-card': '重复卡密',
    unrefunded: '失败未退款',
    reversal: '成功后撤销',
    overcharge: '多收费用',
    compensation: '赔付追偿',
  } satisfies Record<ClaimKind, string>,
  claimStatus: {
    open: '追讨中',
    settled: '已收回',
    'written-off': '已核销',
  } satisfies Record<ClaimStatus, string>,
  routePart: {
    success: '成功',
    cheapness: '便宜',
    speed: '快',
    room: '空闲',
  } satisfies Record<RoutePart, string>,
  strategyRule: {
    priority: '优先级数字小的先供货；数字相同时成功率高的先。',
    cheapest: '成本最低的先供货；成本相同时成功率高的先。',
    balanced:
      '按综合评分：成功率 60 分、成本 25 分、到货速度 10 分、空闲程度 5 分，总分高的先供货。',
    percentage: '按分配权重抽签，权重为 0 的不分配；全部为 0 时按综合评分。',
  } satisfies Record<SupplyStrategy, string>,
  scorePart: {
    success: '成功率',
    speed: '到货速度',
    certainty: '结果明确',
    balance: '余额充足',
  } satisfies Record<ScorePart, string>,
  alertKind: {
    'balance-low': '货源余额不足',
    'balance-unread': '读不到货源余额',
    'supplier-failing': '货源熔断',
    'outcome-undecided': '结果待人工裁定',
    'new-code': '货源返回未知代码',
    'sold-at-loss': '成本高于售价',
    'off-shelf': '货源下架或无货',
    'stock-short': '库存将耗尽',
    'calendar-ends': '工作日历将到期，请导入放假安排',
    'statement-overdue': '账单逾期',
    'replenishment-stuck': '补货受阻',
    'held-order-due': '待审核订单即将到期',
    'risk-signal': '风险信号',
    'credit-overdue': '平台欠款逾期',
    'credit-concentration': '欠款过于集中',
    'slow-charge': '疑似话费慢充货源',
    'licence-due': '资质即将到期或申请截止',
    'licence-lapsed': '资质已失效',
    'sale-stopped': '商品因资质下架',
    'legal-rule-old': '法规超过一年未核对',
    'complaint-due': '投诉时限临近',
    'complaint-breached': '投诉超时',
    'complaint-unassigned': '投诉无人接手',
  } satisfies Record<AlertKind, string>,
  alertChannelKind: {
    webhook: 'Webhook',
    email: '邮件',
    wecom: '企业微信群机器人',
  } satisfies Record<AlertChannelKind, string>,
  alertNoticeKind: {
    opened: '告警',
    closed: '恢复',
    test: '测试',
  } satisfies Record<AlertNoticeKind, string>,
  alertNoticeStatus: {
    due: '待发送',
    sent: '已发送',
    dead: '发送失败',
  } satisfies Record<AlertNoticeStatus, string>,
} as const;
