import type { Moves } from '../shared/transitions.js';

export const RENEWAL_STATUSES = [
  'collecting',
  'submitted',
  'in-review',
  'received',
  'active',
  'given-up',
] as const;
export type RenewalStatus = (typeof RENEWAL_STATUSES)[number];

/** A renewal goes one step at a time: what the authority has is waited for, what came is verified by a second person. */
export const RENEWAL_MOVES = {
  collecting: ['submitted', 'given-up'],
  submitted: ['in-review', 'received', 'given-up'],
  'in-review': ['received', 'given-up'],
  received: ['active', 'given-up'],
  active: [],
  'given-up': [],
} as const satisfies Moves<RenewalStatus>;

/** Whoever has the application has been asked in time. */
export const ASKED_RENEWALS_SQL = `('submitted', 'in-review', 'received')`;
export const OPEN_RENEWALS_SQL = `('collecting', 'submitted', 'in-review', 'received')`;
