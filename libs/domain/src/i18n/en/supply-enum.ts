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
    closed: 'closed',
    'half-open': 'half-open',
    open: 'open',
  } satisfies Record<BreakerState, string>,
  supplierStatus: {
    active: 'Active',
    paused: 'Paused',
    retired: 'Retired',
  } satisfies Record<SupplierStatus, string>,
  routeStatus: {
    active: 'Active',
    paused: 'Paused',
  } satisfies Record<RouteStatus, string>,
  guardMeaning: {
    unit: 'Unit price',
    total: 'Total',
  } satisfies Record<GuardMeaning, string>,
  supplyStrategy: {
    priority: 'By priority',
    cheapest: 'Cheapest first',
    balanced: 'Balanced by score',
    percentage: 'By percentage',
  } satisfies Record<SupplyStrategy, string>,
  attemptStatus: {
    prepared: 'Prepared',
    'not-sent': 'Not sent',
    rejected: 'Rejected',
    accepted: 'Accepted',
    unknown: 'Unknown',
    succeeded: 'Succeeded',
    partial: 'Partial',
    failed: 'Failed',
    'not-received': 'Not received',
    reversed: 'Reversed',
    'late-success': 'Late success',
  } satisfies Record<AttemptStatus, string>,
  attemptPurpose: {
    order: 'Order',
    stock: 'Stock',
  } satisfies Record<AttemptPurpose, string>,
  supplyKind: {
    card: 'Card',
    'top-up': 'Top-up',
  } satisfies Record<(typeof SUPPLY_KINDS)[number], string>,
  refusalClass: {
    account: 'Account',
    blacklist: 'Blacklisted',
    price: 'Price',
    balance: 'Balance',
    stock: 'Out of stock',
    'off-shelf': 'Off the shelf',
    permission: 'No permission',
    region: 'Region',
    auth: 'Authentication',
    limit: 'Limit',
    maintenance: 'Maintenance',
    parameter: 'Parameter',
    other: 'Other',
  } satisfies Record<RefusalClass, string>,
  unknownCause: {
    'no-reply': 'No reply',
    empty: 'Empty reply',
    'too-large': 'Reply too large',
    'not-json': 'Not JSON',
    gateway: 'Gateway page',
    'system-code': 'System code',
    'duplicate-number': 'Duplicate number',
    'new-code': 'New code',
    'wrong-order': 'Another order',
    malformed: 'Malformed',
    contradiction: 'Contradiction',
  } satisfies Record<UnknownCause, string>,
  refundState: {
    unstated: 'Not stated',
    none: 'None',
    marked: 'Marked only',
    part: 'Part',
    full: 'Full',
  } satisfies Record<RefundState, string>,
  personReason: {
    'unclear-part': 'Unclear how much was done',
    'outside-history': 'Past the supplier’s history',
    'budget-spent': 'Asked for long enough',
  } satisfies Record<PersonReason, string>,
  ineligibleReason: {
    'supplier-paused': 'Supplier paused',
    'route-paused': 'Route paused',
    standby: 'Standby',
    'off-shelf': 'Off the shelf',
    'no-stock': 'No stock there',
    quantity: 'Quantity',
    region: 'Region',
    'ban-window': 'Banned time',
    balance: 'Balance guard',
    loss: 'Would be a loss',
    'above-max-cost': 'Above the cost limit',
    'breaker-open': 'Breaker open',
    tried: 'Tried this round',
    'account-in-flight': 'Account in flight',
    kind: 'Kind not supported',
  } satisfies Record<IneligibleReason, string>,
  wireCall: {
    create: 'Create',
    query: 'Query',
    cancel: 'Cancel',
    balance: 'Balance',
    products: 'Products',
    notification: 'Notification',
  } satisfies Record<WireCall, string>,
  wireResult: {
    'not-sent': 'Not sent',
    broken: 'Broken',
    reply: 'Replied',
    received: 'Received',
  } satisfies Record<WireResult, string>,
  notificationStatus: {
    received: 'Received',
    applied: 'Applied',
    asked: 'Asked back',
    ignored: 'Changed nothing',
    refused: 'Refused',
  } satisfies Record<NotificationStatus, string>,
  claimKind: {
    'late-top-up': 'Late top-up',
    'duplicate-card': 'Duplicate card',
    unrefunded: 'Unrefunded failure',
    reversal: 'Reversal',
    overcharge: 'Overcharge',
    compensation: 'Compensation',
  } satisfies Record<ClaimKind, string>,
  claimStatus: {
    open: 'Open',
    settled: 'Settled',
    'written-off': 'Written off',
  } satisfies Record<ClaimStatus, string>,
  alertKind: {
    'supplier-balance': 'Supplier balance low',
    'supplier-failing': 'Supplier failing',
    'supplier-unreachable': 'Supplier unreachable',
    'new-code': 'New code',
    'unknown-outcome': 'Outcome needs a decision',
    'route-price': 'Supplier price up',
    'route-off-shelf': 'Off the shelf',
    'no-source': 'No source',
    'stock-runway': 'Stock runway short',
    replenishment: 'Replenishment',
    'peak-capacity': 'Peak capacity short',
    'compensation-budget': 'Compensation budget spent',
  } satisfies Record<AlertKind, string>,
  alertLevel: {
    info: 'Info',
    warning: 'Warning',
    critical: 'Critical',
  } satisfies Record<AlertLevel, string>,
  alertChannelKind: {
    webhook: 'Webhook',
    email: 'E-mail',
    'wecom-robot': 'WeCom group robot',
  } satisfies Record<AlertChannelKind, string>,
  alertChannelStatus: {
    active: 'Active',
    paused: 'Paused',
  } satisfies Record<AlertChannelStatus, string>,
  replenishMode: {
    'alert-only': 'Alert only',
    'activate-standby': 'Activate standby',
    buy: 'Buy',
  } satisfies Record<ReplenishMode, string>,
  replenishmentStatus: {
    'awaiting-approval': 'Awaiting approval',
    buying: 'Buying',
    done: 'Done',
    partial: 'Partial',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<ReplenishmentStatus, string>,
  peakPlanStatus: {
    draft: 'Draft',
    active: 'Active',
    over: 'Over',
    cancelled: 'Cancelled',
  } satisfies Record<PeakPlanStatus, string>,
  capacityRequestStatus: {
    draft: 'Draft',
    sent: 'Sent',
    confirmed: 'Confirmed',
    declined: 'Declined',
  } satisfies Record<CapacityRequestStatus, string>,
  compensationCause: {
    'bad-card': 'Bad card',
    'not-delivered': 'Not delivered',
    late: 'Late',
    reversed: 'Reversed',
  } satisfies Record<CompensationCause, string>,
  compensationAction: {
    replace: 'Replace',
    refund: 'Refund',
    credit: 'Credit',
  } satisfies Record<CompensationAction, string>,
  compensationStatus: {
    proposed: 'Proposed',
    running: 'Running',
    done: 'Done',
    refused: 'Refused',
    failed: 'Failed',
  } satisfies Record<CompensationStatus, string>,
} as const;
