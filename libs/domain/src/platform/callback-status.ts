import type { Moves } from '../shared/transitions.js';

export const CALLBACK_STATUSES = ['scheduled', 'acknowledged', 'dead'] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];

/** A dead callback may be replayed by staff; an acknowledged one is done. */
export const CALLBACK_MOVES = {
  scheduled: ['acknowledged', 'dead'],
  acknowledged: [],
  dead: ['scheduled'],
} as const satisfies Moves<CallbackStatus>;
