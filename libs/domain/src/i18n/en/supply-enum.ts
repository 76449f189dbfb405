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
    'slow-charge': 'Slow charging, never bought',
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
    'above-max-cost': 'dearer than allowed',
    'breaker-open': 'Breaker open',
    tried: 'Tried this round',
    'account-in-flight': 'Account in flight',
    'account-missing': 'no field holds the account',
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
  routePart: {
    success: 'success',
    cheapness: 'cheap',
    speed: 'fast',
    room: 'free',
  } satisfies Record<RoutePart, string>,
  strategyRule: {
    priority: 'The smallest priority number first; success decides among equals.',
    cheapest: 'The lowest cost first; success decides among equals.',
    balanced: 'By points: success 60, cost 25, speed 10, room 5; the highest sum first.',
    percentage:
      'Drawn by weight; a route without weight gets nothing. Where no route has a weight, by points.',
  } satisfies Record<SupplyStrategy, string>,
  scorePart: {
    success: 'Success',
    speed: 'Speed',
    certainty: 'Clear outcomes',
    balance: 'Balance above its floor',
  } satisfies Record<ScorePart, string>,
  alertKind: {
    'balance-low': 'Balance at supplier is low',
    'balance-unread': 'Balance at supplier cannot be read',
    'supplier-failing': 'Supplier keeps failing',
    'outcome-undecided': 'Outcome waits for a person',
    'new-code': 'Supplier sent an unknown code',
    'sold-at-loss': 'Cost is above the sale price',
    'off-shelf': 'Supplier has it off the shelf or out of stock',
    'stock-short': 'Stock is running short',
    'calendar-ends': 'Working-day calendar ends: import the days off',
    'statement-overdue': 'Statement is overdue',
    'replenishment-stuck': 'A replenishment cannot go on',
    'held-order-due': 'Held order runs out of time',
    'risk-signal': 'Risk signal',
    'credit-overdue': 'Platform overdue',
    'credit-concentration': 'Receivables concentrated',
    'slow-charge': 'Source looks like slow charging',
    'licence-due': 'Licence ends soon or must be renewed',
    'licence-lapsed': 'Licence has lapsed',
    'sale-stopped': 'Product off sale for want of a licence',
    'legal-rule-old': 'Legal rule not read again for a year',
  },
  alertChannelKind: {
    webhook: 'Webhook',
    email: 'E-mail',
    wecom: 'WeCom group robot',
  },
  alertNoticeKind: {
    opened: 'Alert',
    closed: 'Over',
    test: 'Test',
  },
  alertNoticeStatus: {
    due: 'To be sent',
    sent: 'Sent',
    dead: 'Given up',
  },
} as const;
