/** What a large order waits for: money before anything, money for a stage, goods, the platform's word, or nothing more. */
export const LARGE_ORDER_PHASES = [
  'prepayment',
  'payment',
  'delivery',
  'acceptance',
  'ended',
] as const;
export type LargeOrderPhase = (typeof LARGE_ORDER_PHASES)[number];

/** The state of one stage, as platforms read it. */
export const STAGE_STATUSES = [
  'planned',
  'awaiting-payment',
  'overdue',
  'delivering',
  'delivered',
  'accepted',
  'cancelled',
] as const;
export type StageStatus = (typeof STAGE_STATUSES)[number];

/** Where the money for a large order came from: an account at a bank, or the platform's own balance with us. */
export const LARGE_PAYMENT_SOURCES = ['bank', 'balance'] as const;
export type LargePaymentSource = (typeof LARGE_PAYMENT_SOURCES)[number];

/** How much stock is put aside once the prepayment has cleared. */
export const RESERVE_MODES = ['next-stage', 'all-stages', 'none'] as const;
export type ReserveMode = (typeof RESERVE_MODES)[number];

/** What becomes of money for undelivered units when a platform stops paying, as its agreement says. */
export const OVERDUE_TERMS = ['refund', 'forfeit'] as const;
export type OverdueTerms = (typeof OVERDUE_TERMS)[number];

export const DELIVERY_PLAN_STATUSES = ['active', 'retired'] as const;
export type DeliveryPlanStatus = (typeof DELIVERY_PLAN_STATUSES)[number];

/** The key of a stage is `order id × 64 + stage number` (a CHECK in the database). */
export const STAGE_KEY_FACTOR = 64;
/** More stages than this nobody agrees upon. */
export const STAGE_COUNT_MAX = 12;
