import type { BreakerState } from '../../supply/breaker.js';
import type {
  AlertChannelKind,
  AlertChannelStatus,
  AlertKind,
  AlertLevel,
} from '../../alert/alert-kind.js';
import type {
  CompensationAction,
  CompensationCause,
  CompensationStatus,
} from '../../compensation/compensation-rule.js';
import type {
  CapacityRequestStatus,
  PeakPlanStatus,
  ReplenishMode,
  ReplenishmentStatus,
} from '../../inventory/replenish-status.js';
import type { RefusalClass, UnknownCause } from '../../supply/attempt-outcome.js';
import type { AttemptPurpose, AttemptStatus, SUPPLY_KINDS } from '../../supply/attempt-status.js';
import type { PersonReason } from '../../supply/query-verdict.js';
import type {
  GuardMeaning,
  RouteStatus,
  SupplierStatus,
  SupplyStrategy,
} from '../../supply/supplier-status.js';
import type { IneligibleReason } from '../../supply/supply-choice.js';
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
  alertKind: {
    'supplier-balance': '货源余额不足',
    'supplier-failing': '货源频繁失败',
    'supplier-unreachable': '货源无法连接',
    'new-code': '未登记的返回码',
    'unknown-outcome': '结果未知待裁定',
    'route-price': '货源涨价',
    'route-off-shelf': '货源下架或缺货',
    'no-source': '没有可用货源',
    'stock-runway': '库存告急',
    replenishment: '补货待处理',
    'peak-capacity': '高峰备货不足',
    'compensation-budget': '赔付预算用尽',
  } satisfies Record<AlertKind, string>,
  alertLevel: {
    info: '提示',
    warning: '警告',
    critical: '严重',
  } satisfies Record<AlertLevel, string>,
  alertChannelKind: {
    webhook: 'Webhook',
    email: '邮件',
    'wecom-robot': '企业微信群机器人',
  } satisfies Record<AlertChannelKind, string>,
  alertChannelStatus: {
    active: '启用',
    paused: '暂停',
  } satisfies Record<AlertChannelStatus, string>,
  replenishMode: {
    'alert-only': '只提醒',
    'activate-standby': '启用备用货源',
    buy: '自动采购',
  } satisfies Record<ReplenishMode, string>,
  replenishmentStatus: {
    'awaiting-approval': '待审批',
    buying: '采购中',
    done: '已完成',
    partial: '部分完成',
    failed: '失败',
    cancelled: '已取消',
  } satisfies Record<ReplenishmentStatus, string>,
  peakPlanStatus: {
    draft: '草稿',
    active: '生效',
    over: '已结束',
    cancelled: '已取消',
  } satisfies Record<PeakPlanStatus, string>,
  capacityRequestStatus: {
    draft: '草稿',
    sent: '已发出',
    confirmed: '已确认',
    declined: '已拒绝',
  } satisfies Record<CapacityRequestStatus, string>,
  compensationCause: {
    'bad-card': '卡密不可用',
    'not-delivered': '未到账',
    late: '超时',
    reversed: '到账后被撤销',
  } satisfies Record<CompensationCause, string>,
  compensationAction: {
    replace: '补单',
    refund: '退款',
    credit: '补偿余额',
  } satisfies Record<CompensationAction, string>,
  compensationStatus: {
    proposed: '待审批',
    running: '处理中',
    done: '已完成',
    refused: '已拒绝',
    failed: '失败',
  } satisfies Record<CompensationStatus, string>,
} as const;
