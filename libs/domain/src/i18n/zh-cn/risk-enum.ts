import type { CreditBand, CreditStage } from '../../credit/credit-band.js';
import type { PrepaymentReason } from '../../risk/prepayment.js';

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
} as const;
