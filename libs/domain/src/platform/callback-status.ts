import type { Moves } from '../shared/transitions.js';

export const CALLBACK_STATUSES = ['scheduled', 'acknowledged', 'dead'] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];

/** Staff may replay a callback that is dead, and one whose acknowledgement the platform has lost. */
export const CALLBACK_MOVES = {
  scheduled: ['acknowledged', 'dead'],
  acknowledged: ['scheduled'],
  dead: ['scheduled'],
} as const satisfies Moves<CallbackStatus>;
