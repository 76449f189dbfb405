import type { Moves } from '../shared/transitions.js';

/** The state of one unit, the thing delivered exactly once. */
export const UNIT_STATUSES = ['pending', 'sourcing', 'delivered', 'released'] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];

export const UNIT_MOVES = {
  pending: ['sourcing', 'delivered', 'released'],
  sourcing: ['pending', 'delivered'],
  delivered: [],
  released: [],
} as const satisfies Moves<UnitStatus>;

/** A unit's key is `order id × 16384 + unit number` (a CHECK in the database): unit numbers stay below it. */
export const UNIT_KEY_FACTOR = 16_384;
