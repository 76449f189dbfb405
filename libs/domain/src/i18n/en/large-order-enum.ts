/** Values of large orders. */
export const largeOrderEnumTexts = {
  largeOrderPhase: {
    prepayment: 'Awaiting prepayment',
    payment: 'Awaiting stage payment',
    delivery: 'Delivering',
    acceptance: 'Awaiting acceptance',
    ended: 'Ended',
  },
  stageStatus: {
    planned: 'Planned',
    'awaiting-payment': 'Awaiting payment',
    overdue: 'Payment overdue',
    delivering: 'Delivering',
    delivered: 'Awaiting acceptance',
    accepted: 'Accepted',
    cancelled: 'Cancelled',
  },
  prepaymentStatus: {
    'awaiting-payment': 'Awaiting payment',
    overdue: 'Overdue',
    paid: 'Paid',
    cancelled: 'Cancelled',
  },
  largePaymentSource: { bank: 'Bank', balance: 'Balance' },
  reserveMode: { 'next-stage': 'Next stage', 'all-stages': 'All stages', none: 'None' },
  overdueTerm: { refund: 'Refund what is undelivered', forfeit: 'Keep what is undelivered' },
  deliveryPlanStatus: { active: 'Active', retired: 'Retired' },
} as const;
