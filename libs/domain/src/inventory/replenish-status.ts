import type { Moves } from '../shared/transitions.js';

/** What happens when a product's stock runs short. */
export const REPLENISH_MODES = ['alert-only', 'activate-standby', 'buy'] as const;
export type ReplenishMode = (typeof REPLENISH_MODES)[number];

export const REPLENISHMENT_STATUSES = [
  'awaiting-approval',
  'buying',
  'done',
  'partial',
  'failed',
  'cancelled',
] as const;
export type ReplenishmentStatus = (typeof REPLENISHMENT_STATUSES)[number];

export const REPLENISHMENT_MOVES = {
  'awaiting-approval': ['buying', 'cancelled'],
  buying: ['done', 'partial', 'failed', 'cancelled'],
  done: [],
  partial: [],
  failed: [],
  cancelled: [],
} as const satisfies Moves<ReplenishmentStatus>;

export const PEAK_PLAN_STATUSES = ['draft', 'active', 'over', 'cancelled'] as const;
export type PeakPlanStatus = (typeof PEAK_PLAN_STATUSES)[number];

export const CAPACITY_REQUEST_STATUSES = ['draft', 'sent', 'confirmed', 'declined'] as const;
export type CapacityRequestStatus = (typeof CAPACITY_REQUEST_STATUSES)[number];
