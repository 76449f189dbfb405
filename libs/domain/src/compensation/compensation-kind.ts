import type { Moves } from '../shared/transitions.js';

/** What went wrong for the customer. */
export const COMPENSATION_CAUSES = [
  'reversal',
  'bad-card',
  'used-card',
  'not-received',
  'wrong-amount',
  'not-delivered',
  'late',
  'platform-error',
  'buyer-error',
  'incident',
] as const;
export type CompensationCause = (typeof COMPENSATION_CAUSES)[number];

/** Whose fault it was. */
export const COMPENSATION_FAULTS = ['ours', 'supplier', 'platform', 'buyer'] as const;
export type CompensationFault = (typeof COMPENSATION_FAULTS)[number];

export const COMPENSATION_REMEDIES = ['replace', 'refund', 'credit'] as const;
export type CompensationRemedy = (typeof COMPENSATION_REMEDIES)[number];

/** How much of what was paid for the thing concerned is given. */
export const COMPENSATION_MEASURES = ['full', 'percent', 'fixed'] as const;
export type CompensationMeasure = (typeof COMPENSATION_MEASURES)[number];

/** What the supplier at fault owes us for it: nothing, what its goods had cost us, or all that we gave. */
export const CHARGE_BACKS = ['none', 'cost', 'amount'] as const;
export type ChargeBack = (typeof CHARGE_BACKS)[number];

export const COMPENSATION_STATUSES = [
  'open',
  'proposed',
  'replacing',
  'done',
  'declined',
  'superseded',
] as const;
export type CompensationStatus = (typeof COMPENSATION_STATUSES)[number];

/** A compensation that was given is never taken back; a replacement that was bad, too, makes room for the next remedy. */
export const COMPENSATION_MOVES = {
  open: ['proposed', 'replacing', 'done', 'declined'],
  proposed: ['replacing', 'done', 'declined'],
  replacing: ['done', 'superseded'],
  done: ['superseded'],
  declined: [],
  superseded: [],
} as const satisfies Moves<CompensationStatus>;

export const COMPENSATION_SOURCES = ['automatic', 'staff', 'incident'] as const;
export type CompensationSource = (typeof COMPENSATION_SOURCES)[number];

export const POLICY_STATUSES = ['draft', 'active', 'retired'] as const;
export type PolicyStatus = (typeof POLICY_STATUSES)[number];

/** Why a compensation is what it is. */
export const COMPENSATION_REASONS = [
  'by-rule',
  'by-staff',
  'no-rule',
  'nothing-left',
  'capped',
  'not-automatic',
  'above-automatic',
  'customer-count',
  'customer-budget',
  'daily-budget',
  'cannot-replace',
  'replacement-failed',
  'approved',
] as const;
export type CompensationReason = (typeof COMPENSATION_REASONS)[number];

/** Why a rule does not apply. */
export const RULE_MISFITS = [
  'inactive',
  'cause',
  'product',
  'platform',
  'tier',
  'too-young',
  'too-old',
  'amount',
] as const;
export type RuleMisfit = (typeof RULE_MISFITS)[number];

/** Tiers of customers; all are `standard` until they are told apart. */
export const CUSTOMER_TIERS = ['standard', 'strategic', 'potential', 'long-tail'] as const;
export type CustomerTier = (typeof CUSTOMER_TIERS)[number];

/** What a linked order is to the one it belongs to: a free replacement, or a re-order that is paid again. */
export const ORDER_ORIGINS = ['replacement', 're-order'] as const;
export type OrderOrigin = (typeof ORDER_ORIGINS)[number];

/** Whose fault a cause is; cards and top-ups that came from stock of our own are our fault. */
export function faultOf(cause: CompensationCause, isSupplied: boolean): CompensationFault {
  switch (cause) {
    case 'platform-error':
      return 'platform';
    case 'buyer-error':
      return 'buyer';
    case 'not-delivered':
    case 'late':
    case 'incident':
      return 'ours';
    default:
      return isSupplied ? 'supplier' : 'ours';
  }
}
