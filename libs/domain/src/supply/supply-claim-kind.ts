/** What a supplier owes us for. */
export const CLAIM_KINDS = [
  'late-top-up',
  'duplicate-card',
  'unrefunded',
  'reversal',
  'overcharge',
  'compensation',
] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export const CLAIM_STATUSES = ['open', 'settled', 'written-off'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];
