/** What went wrong with statements and agreements, and what to do about it. */
export const settlementError = {
  'statement.not-found': 'There is no statement {statementNo}; please check its number.',
  'statement.not-open':
    'The statement or dispute does not allow this in its present state; please reload.',
  'statement.changed':
    'What is open on the statement has changed; please submit again with the present amount.',
  'statement.reference-used':
    'The bank reference {bankReference} belongs to another payment; please check it.',
  'statement.overpaid':
    'The payment is more than what is open: record what is open, and the rest as a top-up.',
  'statement.balance-too-low': 'The balance does not cover it: record a top-up or a payment first.',
  'statement.over-disputed':
    'The amount is more than what is open and undisputed; please check it.',
  'agreement.not-found': 'There is no such agreement; please reload.',
  'agreement.not-open':
    'The agreement does not allow this in its present state, or its draft was edited; please reload.',
  'agreement.mid-period':
    'A new version must begin on the first day of a period, behind everything that has been settled; {validFrom} does not.',
} as const;

export const settlementErrorTitle = {
  'statement.not-found': 'Statement not found',
  'statement.not-open': 'Statement not open',
  'statement.changed': 'Statement changed',
  'statement.reference-used': 'Reference used',
  'statement.overpaid': 'Payment too large',
  'statement.balance-too-low': 'Balance too low',
  'statement.over-disputed': 'Dispute too large',
  'agreement.not-found': 'Agreement not found',
  'agreement.not-open': 'Agreement not open',
  'agreement.mid-period': 'Wrong first day',
} as const;
