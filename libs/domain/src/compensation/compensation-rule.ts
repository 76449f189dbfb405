import type { Moves } from '../shared/transitions.js';

/** Why a buyer is compensated. */
export const COMPENSATION_CAUSES = ['bad-card', 'not-delivered', 'late', 'reversed'] as const;
export type CompensationCause = (typeof COMPENSATION_CAUSES)[number];

/** Another unit, the money back, or a credit to the platform's balance. */
export const COMPENSATION_ACTIONS = ['replace', 'refund', 'credit'] as const;
export type CompensationAction = (typeof COMPENSATION_ACTIONS)[number];

export const COMPENSATION_STATUSES = ['proposed', 'running', 'done', 'refused', 'failed'] as const;
export type CompensationStatus = (typeof COMPENSATION_STATUSES)[number];

export const COMPENSATION_MOVES = {
  proposed: ['running', 'done', 'refused'],
  running: ['done', 'failed'],
  done: [],
  refused: [],
  failed: ['running', 'refused'],
} as const satisfies Moves<CompensationStatus>;
