import type { Moves } from '../shared/transitions.js';

/** Whose statement it is: who sells for us, who sells to us, or our bank. */
export const PARTY_KINDS = ['platform', 'supplier', 'bank'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

export const EXTERNAL_STATEMENT_STATUSES = [
  'running',
  'refused',
  'reconciling',
  'done',
  'superseded',
] as const;
export type ExternalStatementStatus = (typeof EXTERNAL_STATEMENT_STATUSES)[number];

/** What a line of a statement tells of. */
export const EXTERNAL_LINE_TYPES = [
  'order',
  'refund',
  'fee',
  'deduction',
  'payout',
  'receipt',
] as const;
export type ExternalLineType = (typeof EXTERNAL_LINE_TYPES)[number];

/** Where a line stands: `gone` is left out by a newer version of its statement. */
export const EXTERNAL_LINE_STATES = [
  'waiting',
  'matched',
  'proposed',
  'different',
  'gone',
] as const;
export type ExternalLineState = (typeof EXTERNAL_LINE_STATES)[number];

/** How a line of a re-issued statement differs from the version before. */
export const LINE_CHANGES = ['new', 'same', 'changed'] as const;
export type LineChange = (typeof LINE_CHANGES)[number];

/** How their words about an order read in ours. */
export const TOLD_STATUSES = ['succeeded', 'failed', 'processing'] as const;
export type ToldStatus = (typeof TOLD_STATUSES)[number];

/** The pass that has used a line; `together` are the further entries of a line that tells of several. */
export const MATCH_STEPS = [
  'exact',
  'typed',
  'composite',
  'pair',
  'receipt',
  'person',
  'together',
] as const;
export type MatchPass = (typeof MATCH_STEPS)[number];

export const MATCH_STATUSES = ['sure', 'proposed', 'confirmed', 'refused'] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];

/** What a line was matched with: an entry of our ledger, another line of a statement. */
export const OUR_KINDS = ['entry', 'line'] as const;
export type OurKind = (typeof OUR_KINDS)[number];

export const DIFFERENCE_KINDS = [
  'missing-ours',
  'missing-theirs',
  'amount-long',
  'amount-short',
  'status',
  'fee',
  'duplicate',
  'refund-unmatched',
  'cross-day',
  'unknown-sku',
  'currency',
  'late-after-close',
  'deduction-unexplained',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export const DIFFERENCE_STATUSES = [
  'open',
  'suspended',
  'resolved',
  'auto-closed',
  'superseded',
] as const;
export type DifferenceStatus = (typeof DIFFERENCE_STATUSES)[number];

export const DIFFERENCE_MOVES = {
  open: ['suspended', 'resolved', 'auto-closed', 'superseded'],
  suspended: ['resolved', 'superseded'],
  resolved: ['superseded'],
  'auto-closed': ['superseded'],
  superseded: [],
} as const satisfies Moves<DifferenceStatus>;

/** Why there is a difference, as a person has found out. */
export const DIFFERENCE_CAUSES = [
  'their-mistake',
  'our-mistake',
  'timing',
  'agreed-deduction',
  'price-change',
  'fee-change',
  'not-booked-yet',
  'unknown',
] as const;
export type DifferenceCause = (typeof DIFFERENCE_CAUSES)[number];

export const RESOLUTIONS = [
  'adjustment',
  'suspense',
  'rounding',
  'claim',
  'refund',
  'nothing',
] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Why a row of a file is not a line. */
export const ROW_FAULTS = [
  'no-amount',
  'bad-amount',
  'bad-fee',
  'bad-time',
  'bad-quantity',
  'no-number',
  'unknown-type',
  'unknown-status',
  'too-long',
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];
