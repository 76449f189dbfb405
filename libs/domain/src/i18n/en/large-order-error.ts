export const largeOrderError = {
  'large-order.not-found': 'This is no large order; check the order number.',
  'large-order.ended':
    'The large order has ended: it takes no payment, acceptance or new deadline. Record what was paid too much as a top-up.',
  'large-order.held':
    'The large order waits for a decision; only then can it be paid or given more time.',
  'large-order.no-deadline':
    'There is no deadline to move now; reload to see where the order stands.',
  'large-order.deadline-not-later':
    'The new deadline must be later than the present one, by a year at most.',
  'stage.not-found': 'There is no stage {stageNo}; check the number.',
  'stage.not-acceptable': 'Stage {stageNo} is not delivered yet and cannot be accepted.',
  'large-order.not-booked':
    'Not booked: record it in the panel, where a second person agrees to large sums.',
  'payment.too-much':
    'That is more than is still to be paid: at most {amount} yuan. Record the rest as a top-up.',
  'payment.reference-reused':
    'The reference {reference} belongs to another payment; check the bank statement.',
  'payment.invalid': 'The amount must be whole fen above zero, and the reference is required.',
} as const;

export const largeOrderErrorTitle = {
  'large-order.not-found': 'No large order',
  'large-order.ended': 'Large order ended',
  'large-order.held': 'Large order held',
  'large-order.no-deadline': 'No deadline to move',
  'large-order.deadline-not-later': 'Deadline not later',
  'stage.not-found': 'No such stage',
  'stage.not-acceptable': 'Stage not acceptable',
  'large-order.not-booked': 'Not booked',
  'payment.too-much': 'Paid too much',
  'payment.reference-reused': 'Reference reused',
  'payment.invalid': 'Payment invalid',
} as const;
