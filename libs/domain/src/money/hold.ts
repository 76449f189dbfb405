import { DAY_MS } from '../shared/business-time.js';
import type { Moves } from '../shared/transitions.js';
import type { EntryKind } from './posting.js';

/** Money of a platform that is set apart until it is known what becomes of it. */
export const HOLD_STATUSES = ['held', 'posted', 'voided', 'expired'] as const;
export type HoldStatus = (typeof HOLD_STATUSES)[number];

export const HOLD_MOVES: Moves<HoldStatus> = {
  held: ['posted', 'voided', 'expired'],
  posted: [],
  voided: [],
  expired: [],
};

/** How a hold may end, and the entry that says so. */
export const HOLD_ENDS = {
  posted: 'hold-posted',
  voided: 'hold-voided',
  expired: 'hold-expired',
} as const satisfies Record<Exclude<HoldStatus, 'held'>, EntryKind>;

/** A hold that names no end of its own. */
export const HOLD_LASTS_MS = 30 * DAY_MS;
