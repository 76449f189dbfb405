import type { Moves } from '../shared/transitions.js';

/** What happens where the stock of a product falls short. */
export const REPLENISHMENT_MODES = ['buy', 'standby'] as const;
export type ReplenishmentMode = (typeof REPLENISHMENT_MODES)[number];

/** Why stock is bought: its runway fell short, a peak is coming, or somebody asked for it. */
export const REPLENISHMENT_CAUSES = ['runway', 'peak', 'manual'] as const;
export type ReplenishmentCause = (typeof REPLENISHMENT_CAUSES)[number];

export const REPLENISHMENT_STATUSES = [
  'approval',
  'buying',
  'reached',
  'budget-spent',
  'no-source',
  'refused',
  'cancelled',
] as const;
export type ReplenishmentStatus = (typeof REPLENISHMENT_STATUSES)[number];

export const REPLENISHMENT_MOVES = {
  approval: ['buying', 'refused', 'cancelled'],
  buying: ['reached', 'budget-spent', 'no-source', 'cancelled'],
  reached: [],
  'budget-spent': [],
  'no-source': [],
  refused: [],
  cancelled: [],
} as const satisfies Moves<ReplenishmentStatus>;

/** Only one of a product is under way at a time: a list for `status IN …`. */
export const OPEN_REPLENISHMENTS_SQL = `('approval', 'buying')`;

/** Whether nothing more is bought for it. */
export function isReplenishmentEnded(status: ReplenishmentStatus): boolean {
  return status !== 'approval' && status !== 'buying';
}
