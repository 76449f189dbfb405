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
    A: 'Band A',
    B: 'Band B',
    C: 'Band C',
    D: 'Band D',
  } satisfies Record<CreditBand, string>,
  creditStage: {
    open: 'Open',
    'credit-stopped': 'Credit stopped',
    'sales-stopped': 'Sales stopped',
    collection: 'In collection',
  } satisfies Record<CreditStage, string>,
  prepaymentReason: {
    'not-scored': 'Not scored yet',
    'band-too-low': 'Band too low',
    'over-limit': 'Over the credit limit',
    overdue: 'Overdue',
    watched: 'On watch',
    sudden: 'Sudden growth',
  } satisfies Record<PrepaymentReason, string>,
  holdReason: {
    'watched-platform': 'Platform on watch',
    'watched-customer': 'Customer on watch',
    'above-order-limit': 'Above the limit of one order',
  } satisfies Record<HoldReason, string>,
  riskCaseStatus: {
    open: 'Open',
    released: 'Released',
    refused: 'Refused',
    withdrawn: 'Withdrawn',
  } satisfies Record<RiskCaseStatus, string>,
  riskSignalStatus: {
    open: 'Open',
    confirmed: 'Confirmed',
    dismissed: 'Dismissed',
  } satisfies Record<RiskSignalStatus, string>,
  riskSignalKind: {
    velocity: 'Many orders at once',
    structuring: 'Many just under a limit',
    'third-party-payment': 'Paid in by a third party',
    'night-burst': 'Burst at night',
    'high-face': 'High face values only',
    'daily-sum': 'Large sum in a day',
  } satisfies Record<RiskSignalKind, string>,
  riskRuleKind: {
    velocity: 'Many orders at once',
    structuring: 'Many just under a limit',
    'third-party-payment': 'Paid in by a third party',
    'night-burst': 'Burst at night',
    'high-face': 'High face values only',
    'daily-sum': 'Large sum in a day',
    'slow-charge': 'Slow charging is blocked',
    'hold-policy': 'Time limit of held orders',
  } satisfies Record<RiskRuleKind, string>,
  riskParam: {
    windowMinutes: 'Window (minutes)',
    windowHours: 'Window (hours)',
    windowDays: 'Window (days)',
    customerOrders: 'Orders of one customer',
    platformOrders: 'Orders of one platform',
    orders: 'Orders',
    percentUnder: 'Under the limit by at most (%)',
    limitYuan: 'Limit (yuan; a platform’s own limit comes first)',
    fromHour: 'From hour (Beijing)',
    toHour: 'To hour (Beijing)',
    unitPriceYuan: 'Unit price from (yuan)',
    customerYuan: 'Amount of one customer (yuan)',
    platformYuan: 'Amount of one platform (yuan)',
    watches: 'Put on watch by itself (1 yes, 0 no)',
    costPercent: 'Phone credit costs less than (% of its price)',
    holdHours: 'Time to decide (hours)',
    alertHours: 'Alert before the end (hours)',
    refusesAtEnd: 'Refuse and refund at the end (1 yes, 0 no)',
    watchDays: 'Days on watch',
  } satisfies Record<RiskParam, string>,
  creditPart: {
    punctuality: 'Punctuality',
    'worst-delay': 'Worst delay',
    tenure: 'Tenure and volume',
    disputes: 'Disputes',
    concentration: 'Concentration',
    identity: 'Identity',
  } satisfies Record<CreditPart, string>,
} as const;
