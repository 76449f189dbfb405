import type { Moves } from '../shared/transitions.js';

/**
 * Where one submission to one supplier stands. It is `prepared` and committed before the call leaves, so a crash
 * leaves a row that may or may not have been sent: such a row is asked about, never sent again.
 */
export const ATTEMPT_STATUSES = [
  'prepared',
  'not-sent',
  'rejected',
  'accepted',
  'unknown',
  'succeeded',
  'partial',
  'failed',
  'not-received',
  'reversed',
  'late-success',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

const ENDINGS = ['succeeded', 'partial', 'failed'] as const;

/** A supplier that refused, failed or forgot an attempt may deliver it yet: that is booked, never dropped. */
export const ATTEMPT_MOVES = {
  prepared: ['not-sent', 'rejected', 'accepted', 'unknown', 'not-received', ...ENDINGS],
  'not-sent': [],
  rejected: ['late-success'],
  accepted: ['unknown', 'not-received', ...ENDINGS],
  unknown: ['accepted', 'not-received', ...ENDINGS],
  succeeded: ['reversed'],
  partial: ['reversed'],
  failed: ['late-success'],
  'not-received': ['late-success'],
  reversed: [],
  'late-success': ['reversed'],
} as const satisfies Moves<AttemptStatus>;

/** Statuses in which the supplier may still deliver: their units must not be ordered elsewhere. */
export const MAY_STILL_DELIVER: Readonly<Record<AttemptStatus, boolean>> = {
  prepared: true,
  'not-sent': false,
  rejected: false,
  accepted: true,
  unknown: true,
  succeeded: false,
  partial: false,
  failed: false,
  'not-received': false,
  reversed: false,
  'late-success': false,
};

/** The same as a list for `status IN …`. */
export const OPEN_ATTEMPTS_SQL = `(${ATTEMPT_STATUSES.filter((status) => MAY_STILL_DELIVER[status])
  .map((status) => `'${status}'`)
  .join(', ')})`;

/** What an attempt buys for: the units of an order, or our own stock. */
export const ATTEMPT_PURPOSES = ['order', 'stock'] as const;
export type AttemptPurpose = (typeof ATTEMPT_PURPOSES)[number];

export const SUPPLY_KINDS = ['card', 'top-up'] as const;
