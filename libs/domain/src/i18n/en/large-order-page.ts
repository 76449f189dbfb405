/** Texts of the page of a large order. */
export const largeOrderPage = {
  progress: 'Progress',
  next: 'Next due',
  dueIn: 'in {left}',
  cancelledIn: 'overdue: cancelled in {left}',
  now: 'less than a minute',
  days: '{days} d',
  daysHours: '{days} d {hours} h',
  hoursMinutes: '{hours} h {minutes} min',
  pausedSince: 'overdue since {at}',
  openNow: 'To be paid now (yuan)',
  terms: 'Agreed clocks',
  termsText: 'pay {pay}, grace {grace}, deliver {deliver}, accepted after {accept}',
  reminders: 'Reminders of this payment',
  reserved: 'Stock put aside',
  reservedCards: '{count} cards',
  until: 'until {at}',
  prepayment: 'Prepayment',
  paidBy: '{source} {amount} yuan, reference {reference}',
  stage: 'Stage {no}',
  stageNo: 'Stage',
  stages: 'Stages: goods and money',
  stagesHint:
    'A stage is let go when all its money has cleared. The chart shows the prepayment and what each stage costs beyond it; the table counts its share of the prepayment as paid.',
  paid: 'Paid',
  unpaid: 'Unpaid',
  goods: 'Goods',
  goodsCount: 'Delivered / units',
  money: 'Money',
  moneyAmount: 'Paid / amount (yuan)',
  noPayment:
    'Nothing has been paid yet. Finance records what has arrived at the bank, or pays from the balance when the platform asks.',
  toProgress: 'Show progress',
  amount: 'Amount (yuan)',
  reference: 'Reference of the bank (recorded once)',
  payer: 'Payer (optional)',
  dueAt: 'New deadline (Beijing time, as 2026-01-31 18:00:00)',
  acceptHint:
    'The stage is complete; the next one awaits its payment. Platforms do this by API, and after a time it happens by itself.',
  paymentHint:
    'Record what has cleared at the bank; what it pays for is let go at once. Large amounts need a second person.',
  balanceHint: 'Pays this order from the platform’s balance, as it asked. Never done by itself.',
  extendHint:
    'Moves the present deadline of payment, goods or acceptance. A paused order awaits its payment again.',
  cancelHint:
    'Cancels what is not delivered: stock goes back, and what was paid for it returns to the platform’s balance.',
} as const;

export const largeOrderAction = {
  recordLargePayment: 'Record payment',
  payFromBalance: 'Pay from balance',
  acceptStage: 'Accept stage',
  extendDeadline: 'Extend deadline',
} as const;

export const largeOrderNotice = {
  largePaymentRecorded: 'The payment is recorded',
  largePaymentRepeated: 'This payment was recorded before; nothing was booked again',
  stageAccepted: 'Accepted; the next stage has begun',
  deadlineExtended: 'The deadline is extended',
  notATime: 'Write Beijing time as 2026-01-31 18:00:00',
  notNegative: 'Must not be less than 0',
  notAPercentage: 'Must be between 0 and 100',
  notStageShares: 'One to twelve whole percents that sum to 100',
} as const;
