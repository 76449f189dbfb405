/** The words for the closed lists of keeping enough in stock. */
export const stockEnumTexts = {
  capacityStatus: { asked: 'Asked', confirmed: 'Confirmed', declined: 'Declined', used: 'Used' },
  replenishmentMode: { buy: 'Buy', standby: 'Only activate standby routes' },
  replenishmentCause: { runway: 'Stock runs short', peak: 'Ahead of a peak', manual: 'Asked for' },
  replenishmentStatus: {
    approval: 'Waits for approval',
    buying: 'Buying',
    reached: 'Complete',
    'budget-spent': 'Budget spent',
    'no-source': 'No source',
    refused: 'Not approved',
    cancelled: 'Cancelled',
  },
} as const;
