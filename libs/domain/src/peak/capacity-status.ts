import type { Moves } from '../shared/transitions.js';

/** What a supplier said to our question whether it can deliver more. */
export const CAPACITY_STATUSES = ['asked', 'confirmed', 'declined', 'used'] as const;
export type CapacityStatus = (typeof CAPACITY_STATUSES)[number];

export const CAPACITY_MOVES = {
  asked: ['confirmed', 'declined'],
  confirmed: ['used', 'declined'],
  declined: [],
  used: [],
} as const satisfies Moves<CapacityStatus>;
