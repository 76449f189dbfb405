import type { CapacityStatus } from '../../peak/capacity-status.js';
import type {
  ReplenishmentCause,
  ReplenishmentMode,
  ReplenishmentStatus,
} from '../../replenishment/replenishment-status.js';

/** The words for the closed lists of keeping enough in stock. */
export const stockEnumTexts = {
  capacityStatus: {
    asked: '已询问',
    confirmed: '已确认',
    declined: '不能供应',
    used: '已使用',
  } satisfies Record<CapacityStatus, string>,
  replenishmentMode: {
    buy: '自动采购',
    standby: '只启用备用渠道',
  } satisfies Record<ReplenishmentMode, string>,
  replenishmentCause: {
    runway: '库存将耗尽',
    peak: '高峰备货',
    manual: '人工补货',
  } satisfies Record<ReplenishmentCause, string>,
  replenishmentStatus: {
    approval: '待审批',
    buying: '采购中',
    reached: '已补足',
    'budget-spent': '预算用尽',
    'no-source': '没有可用货源',
    refused: '审批未通过',
    cancelled: '已取消',
  } satisfies Record<ReplenishmentStatus, string>,
} as const;
