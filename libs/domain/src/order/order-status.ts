import type { Moves } from '../shared/transitions.js';

export const ORDER_STATUSES = [
  'accepted',
  'held',
  'awaiting-payment',
  'processing',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** A final status never changes again (`platform-api`): it has no moves. */
export const ORDER_MOVES = {
  accepted: ['held', 'awaiting-payment', 'processing', 'succeeded', 'failed', 'cancelled'],
  held: ['awaiting-payment', 'processing', 'failed', 'cancelled'],
  'awaiting-payment': ['processing', 'partial', 'failed', 'cancelled'],
  processing: ['awaiting-payment', 'succeeded', 'partial', 'failed', 'cancelled'],
  succeeded: [],
  partial: [],
  failed: [],
  cancelled: [],
} as const satisfies Moves<OrderStatus>;

/** The statuses in which an order may be born. */
export const ORDER_BIRTHS = [
  'accepted',
  'held',
  'awaiting-payment',
  'processing',
  'succeeded',
] as const;

/** In these an order waits for what stock or time will bring. */
export const WAITING_ORDER_STATUSES = ['accepted', 'processing'] as const;
/** The same as a list for `status IN …`. */
export const WAITING_STATUSES_SQL = `(${WAITING_ORDER_STATUSES.map((status) => `'${status}'`).join(', ')})`;

export const FINAL_ORDER_STATUSES = ['succeeded', 'partial', 'failed', 'cancelled'] as const;

export function isFinal(status: OrderStatus): boolean {
  return ORDER_MOVES[status].length === 0;
}

export const CANCEL_CODES = ['cancelled-by-platform', 'cancelled-by-staff'] as const;
export type CancelCode = (typeof CANCEL_CODES)[number];

export const ORDER_FAIL_CODES = [
  'out-of-stock',
  'supply-failed',
  'account-refused',
  'payment-overdue',
  'not-accepted',
  'licence-lapsed',
  ...CANCEL_CODES,
] as const;
export type OrderFailCode = (typeof ORDER_FAIL_CODES)[number];
