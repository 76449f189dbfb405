import { incidentEnumTexts } from './incident-enum.js';
import { reconciliationEnumTexts } from './reconciliation-enum.js';
import { exportEnum } from './find-page.js';
import { approvalEnumTexts } from './approval.js';
import { largeOrderEnumTexts } from './large-order-enum.js';
import { complaintEnumTexts } from './complaint-enum.js';
import { compensationEnumTexts } from './compensation-enum.js';
import { moneyEnumTexts } from './money-enum.js';
import { riskEnumTexts } from './risk-enum.js';
import { settlementEnumTexts } from './settlement-enum.js';
import { stockEnumTexts } from './stock-enum.js';
import { supplyEnumTexts } from './supply-enum.js';
import type { ProductKind } from '../../catalog/product-kind.js';
import type { ProductStatus } from '../../catalog/product-status.js';
import type { CardColumn } from '../../inventory/card-layout.js';
import type { CardSeparator } from '../../inventory/card-fields.js';
import type { RefusedLineReason } from '../../inventory/card-text.js';
import type { ImportStatus } from '../../inventory/import-status.js';
import type { StockLevel } from '../../inventory/stock-level.js';
import type { ActorKind, OrderEventType } from '../../order/order-event-type.js';
import type { OrderFailCode, OrderStatus } from '../../order/order-status.js';
import type { UnitStatus } from '../../order/unit-status.js';
import type { OutboxKind } from '../../outbox/outbox-kind.js';
import type { CallbackStatus } from '../../platform/callback-status.js';
import type { CredentialStatus, PlatformStatus } from '../../platform/platform-status.js';
import type { PriceReason } from '../../pricing/price-resolution.js';
import type { StaffRole, StaffStatus } from '../../staff/permission.js';
import type { Language } from '../language.js';

const orderStatus = {
  accepted: '已受理',
  held: '待审核',
  'awaiting-payment': '待付款',
  processing: '处理中',
  succeeded: '已完成',
  partial: '部分完成',
  failed: '失败',
  cancelled: '已取消',
} as const satisfies Record<OrderStatus, string>;

const unitStatus = {
  pending: '待交付',
  sourcing: '采购中',
  delivered: '已交付',
  released: '已释放',
} as const satisfies Record<UnitStatus, string>;

const orderFailCode = {
  'out-of-stock': '等待期内没有足够的库存',
  'supply-failed': '货源未能交付',
  'account-refused': '充值账号被拒绝',
  'payment-overdue': '逾期未付款',
  'not-accepted': '订单未能受理，已退款',
  'licence-lapsed': '商品授权已失效，无法继续交付，已退款，非常抱歉',
  'cancelled-by-platform': '平台取消',
  'cancelled-by-staff': '客服取消',
} as const satisfies Record<OrderFailCode, string>;

const orderEventType = {
  accepted: '受理订单',
  delivered: '交付卡密',
  failed: '订单失败',
  cancelled: '订单取消',
  released: '审核放行',
  'cancel-asked': '申请取消',
  'retry-asked': '要求立即重试',
  'supply-asked': '向货源采购',
  'supply-settled': '采购有结果',
  'supply-undecided': '结果未知待裁定',
  'supply-decided': '人工裁定',
  'callback-sent': '回调成功',
  'callback-failed': '回调失败',
  'callback-replayed': '重发回调',
  'card-revealed': '查看卡密',
  'payment-recorded': '登记收款',
  'payment-reminded': '催付',
  'payment-overdue': '付款逾期，暂停交付',
  'stage-begun': '进入下一期',
  'stage-released': '收款到账，放货',
  'stage-delivered': '本期交齐，待验收',
  'stage-accepted': '验收',
  'deadline-extended': '延长期限',
  'compensation-asked': '提出赔付',
  compensated: '已赔付',
  'compensation-declined': '不予赔付',
  'service-extended': '服务已延长',
  're-ordered': '补单',
  complained: '收到投诉',
  'complaint-ended': '投诉结束',
} as const satisfies Record<OrderEventType, string>;

const actorKind = {
  platform: '平台',
  staff: '员工',
  system: '系统',
  supplier: '货源',
} as const satisfies Record<ActorKind, string>;

const productKind = {
  card: '卡密',
  'top-up': '直充',
  manual: '人工代办',
  licence: '软件授权',
  membership: '会员',
} as const satisfies Record<ProductKind, string>;

const productStatus = {
  draft: '草稿',
  'on-sale': '在售',
  'off-sale': '下架',
  retired: '停用',
} as const satisfies Record<ProductStatus, string>;

const platformStatus = {
  active: '正常',
  suspended: '暂停',
} as const satisfies Record<PlatformStatus, string>;

const credentialStatus = {
  active: '有效',
  revoked: '已吊销',
} as const satisfies Record<CredentialStatus, string>;

const callbackStatus = {
  scheduled: '待发送',
  acknowledged: '已确认',
  dead: '已放弃',
} as const satisfies Record<CallbackStatus, string>;

const importStatus = {
  running: '导入中',
  done: '已完成',
  failed: '失败',
} as const satisfies Record<ImportStatus, string>;

const refusedLineReason = {
  'duplicate-in-file': '与文件内其他行重复',
  'duplicate-in-stock': '与已有卡密重复',
  'missing-number': '缺少卡号',
  'missing-password': '缺少密码',
  'too-long': '内容过长',
  'bad-expiry': '有效期无法识别',
  expired: '已过有效期',
  'bad-quotes': '引号不成对',
  'too-many-fields': '字段过多',
  'control-character': '含有控制字符',
} as const satisfies Record<RefusedLineReason, string>;

const stockLevel = {
  plenty: '充足',
  low: '偏低',
  none: '无货',
} as const satisfies Record<StockLevel, string>;

const outboxKind = {
  'start-order': '启动订单流程',
  'order-changed': '通知订单变化',
  'fill-stock': '补发等待订单',
  'send-callback': '发送回调',
  'supplier-notified': '处理货源通知',
  'send-alert': '发送告警',
  'replenishment-changed': '通知补货单变化',
  compensate: '处理赔付',
  're-order': '自动补单',
  'licence-changed': '通知资质变化',
  'complaint-changed': '通知投诉变化',
  'file-upstream': '向货源提交投诉',
  'compensate-incident': '事件批量补偿',
} as const satisfies Record<OutboxKind, string>;

const priceReason = {
  'platform-price': '平台专属价',
  'list-price': '标准价',
} as const satisfies Record<PriceReason, string>;

const staffRole = {
  owner: '老板',
  operator: '运营',
  service: '客服',
  finance: '财务',
  compliance: '合规',
  ops: '运维',
  auditor: '审计',
} as const satisfies Record<StaffRole, string>;

const staffStatus = {
  active: '在职',
  disabled: '停用',
} as const satisfies Record<StaffStatus, string>;

const cardSeparator = {
  '----': '四个短横线（----）',
  tab: '制表符',
  '|': '竖线（|）',
  comma: '逗号',
  blank: '空格',
  none: '每行一个卡密',
} as const satisfies Record<CardSeparator, string>;

const cardColumn = {
  number: '卡号',
  password: '密码',
  expiry: '有效期',
} as const satisfies Record<CardColumn, string>;

const language = { 'zh-CN': '简体中文', en: 'English' } as const satisfies Record<Language, string>;

/** The words for every closed list of the domain. */
export const enumTexts = {
  ...reconciliationEnumTexts,
  ...riskEnumTexts,
  ...supplyEnumTexts,
  ...stockEnumTexts,
  ...compensationEnumTexts,
  ...complaintEnumTexts,
  ...incidentEnumTexts,
  ...moneyEnumTexts,
  ...exportEnum,
  ...approvalEnumTexts,
  ...settlementEnumTexts,
  ...largeOrderEnumTexts,
  orderStatus,
  unitStatus,
  orderFailCode,
  orderEventType,
  actorKind,
  productKind,
  productStatus,
  platformStatus,
  credentialStatus,
  callbackStatus,
  importStatus,
  refusedLineReason,
  stockLevel,
  outboxKind,
  priceReason,
  staffRole,
  staffStatus,
  cardSeparator,
  cardColumn,
  language,
} as const;
