/** Fields of the books beside accounts, entries and postings. */
export const moneyField = {
  BalanceHold: {
    id: 'Hold no.',
    key: 'Idempotency key',
    platformId: 'Platform',
    amountHao: 'Amount (yuan)',
    status: 'Status',
    reason: 'Reason',
    heldAt: 'Held at',
    expiresAt: 'Expires at',
    endedAt: 'Ended at',
  },
  BalanceLot: {
    id: 'Entry no.',
    platformId: 'Platform',
    kind: 'Origin',
    broughtHao: 'Brought (yuan)',
    remainingHao: 'Left (yuan)',
    receiptNo: 'Receipt no. of the bank',
    payer: 'Payer',
    expiresAt: 'Expires at',
    broughtAt: 'Brought at',
  },
  LotUse: {
    id: 'Internal id',
    postingId: 'Posting',
    entryId: 'Entry',
    platformId: 'Platform',
    lotId: 'Lot (none: owed)',
    amountHao: 'Taken (yuan; below zero: put in)',
    subject: 'What for',
  },
  LotPosition: {
    accountId: 'Account',
    settledPostingId: 'Spread up to posting',
    owedHao: 'Owed (yuan)',
    spreadAt: 'Last spread',
  },
  LedgerPeriod: {
    id: 'Internal id',
    createdAt: 'Created at',
    updatedAt: 'Updated at',
    version: 'Version',
    month: 'Month',
    startsAt: 'Begins',
    endsAt: 'Ends',
    status: 'Status',
    closedAt: 'Closed at',
    closedBy: 'Closed by',
    balances: 'Balances at its end',
  },
  LedgerSeal: {
    id: 'No.',
    firstEntryId: 'First entry',
    lastEntryId: 'Last entry',
    entryCount: 'Entries',
    hash: 'Hash',
    sealedAt: 'Sealed at',
  },
} as const;

export const moneyEntity = {
  BalanceHold: 'Holds',
  BalanceLot: 'Balance lots',
  LotUse: 'Uses of lots',
  LotPosition: 'Progress of spreading',
  LedgerPeriod: 'Months of the books',
  LedgerSeal: 'Seals of the books',
} as const;

export const entryMoreFields = {
  effectiveAt: 'Took effect at',
  reversesEntryId: 'Reverses entry',
  resource: 'Kind of cause',
  recordId: 'Cause',
  recipeVersion: 'Version of the recipe',
} as const;
