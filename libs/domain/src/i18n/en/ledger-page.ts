/** Texts of the pages of finance. */
export const topUpPage = {
  amount: 'Amount (yuan)',
  receiptNo: 'Receipt no. of the bank (booked once)',
  payer: 'Name of the payer, as on the receipt',
  expiresOn: 'Expires on, for example 2026-12-31, or “never”',
  hint: 'Record it once the money has arrived; above your limit it waits for approval. A mistake is reversed, never changed or deleted.',
  payoutHint:
    'Back to who paid it in, up to what is left of it; always needs the approval of somebody else.',
  grantHint:
    'A grant cannot be paid out; what is left of it on its last day is taken back. Orders use grants first.',
  receiveDepositHint: 'Record a deposit that has arrived; it is kept apart from the balance.',
  returnDepositHint: 'Give the deposit back; always needs the approval of somebody else.',
  useDepositHint: 'Move the deposit to the balance, to pay what is owed.',
} as const;

export const ledgerPage = {
  holdDays: 'Days until it is given back by itself (1–365)',
  holdRest: 'Given back to the platform (yuan)',
  placeHoldHint:
    'Sets money of the platform apart: it cannot be ordered for until it is taken or given back. A hold that nobody ends is given back on its last day.',
  postHoldHint:
    'Takes all of the hold or a part of it; the rest goes back to the platform at once. Above the limit it waits for approval.',
  voidHoldHint: 'Gives all of the hold back to the platform.',
  never: 'never',
  debit: 'Debit',
  credit: 'Credit',
  reverseHint:
    'Books the opposite, pointing at this entry. An entry is reversed once; above the limit it waits for approval.',
  balancesTitle: 'Balances of platforms',
  balancesLead:
    'The balance is what can be ordered for; holds, deposits and prepayments are kept apart. Amounts in yuan.',
  platform: 'Platform',
  balance: 'Balance',
  available: 'Available (with credit)',
  held: 'Held',
  deposit: 'Deposit',
  prepayment: 'Prepayment',
  creditLimit: 'Credit limit',
  paidLots: 'of it paid in',
  grantedLots: 'of it granted',
  last30: 'Last 30 days',
  noPlatform: 'There is no platform yet: make one under “Platforms”.',
  total: 'Total',
  trialTitle: 'Trial balance',
  trialLead:
    'At the end of the chosen day, replayed from all postings; debit is above zero, the sum is always zero.',
  date: 'At the end of',
  basis: 'By day of',
  posted: 'posting',
  effective: 'effect',
  account: 'Account',
  kind: 'Kind',
  amount: 'Balance (yuan, debit above zero)',
  noBalance: 'There is no posting before the end of this day.',
  closeTitle: 'Close a month',
  closeLead:
    'A closed month takes no more postings; what comes late is posted now with the day of its effect. Months are closed one after the other, with the approval of somebody else.',
  closeNext: 'Next to close: {month}',
  closeNone: 'Nothing to close: {month} is not over.',
  closed: 'Closed up to {month}',
  neverClosed: 'Nothing has been closed yet',
  manualTitle: 'Manual entry',
  manualLead:
    'For corrections that no record stands for. Debits and credits are equal; it is booked once somebody else approves.',
  addLine: 'Add a line',
  removeLine: 'Remove',
  effectiveOn: 'Took effect on (may be empty, for example 2026-01-31)',
  balanced: 'Balanced',
  difference: 'Debits and credits differ by {amount} yuan',
  lots: 'Lots of the balance',
  lotsHint:
    'Orders use grants first (those that expire soonest), then the oldest payment; refunds go back to the same lots. Lots may be some seconds behind the balance.',
  noLot: 'No lots yet: they appear some seconds after a payment or a grant.',
  uses: 'Lots that this entry used',
  owed: 'Owed',
  reversedBy: 'Reversed by',
  reverses: 'Reverses',
  cause: 'Cause',
} as const;

export const ledgerAction = {
  placeHold: 'Hold money',
  postHold: 'Take the hold',
  voidHold: 'Give the hold back',
  payOut: 'Pay out',
  grantBalance: 'Grant',
  receiveDeposit: 'Receive deposit',
  returnDeposit: 'Return deposit',
  useDeposit: 'Use deposit',
  reverseEntry: 'Reverse',
  manualEntry: 'Manual entry',
  closePeriod: 'Close a month',
  balances: 'Balances',
  trialBalance: 'Trial balance and closing',
} as const;

export const ledgerNotice = {
  holdPlaced: 'The money is held',
  holdPosted: 'The hold was taken; the rest went back',
  holdVoided: 'The hold went back to the platform',
  moneyRepeated: 'This was done before; nothing was booked again',
  grantRecorded: 'The grant is booked',
  payoutRecorded: 'The payout is booked',
  depositRecorded: 'The deposit is booked',
  entryBooked: 'The entry is booked',
  entryReversed: 'Reversed',
  periodClosed: 'The month is closed',
  lineIsEmpty: 'Every line needs a debit or a credit',
  unbalanced: 'Debits and credits are not equal; check the amounts',
} as const;

export const ledgerDetail = {
  receiptNo: 'Receipt no.',
  payer: 'Payer',
  askedBy: 'Asked by',
  approvalKind: 'Act',
  lines: 'Lines',
  entry: 'Entry',
  month: 'Month',
} as const;
