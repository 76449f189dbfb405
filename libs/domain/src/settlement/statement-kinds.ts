export const AGREEMENT_STATUSES = ['draft', 'active', 'ended'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

/** From which day a term counts. */
export const BASE_EVENTS = ['period-end', 'issued', 'confirmed'] as const;
export type BaseEvent = (typeof BASE_EVENTS)[number];

/** Where the money of a payment is: at the bank, on its way, or it was on the platform's balance already. */
export const PAYMENT_SOURCES = ['bank', 'in-transit', 'balance'] as const;
export type PaymentSource = (typeof PAYMENT_SOURCES)[number];

export const DISPUTE_STATUSES = ['open', 'resolved', 'withdrawn'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

export const STATEMENT_EVENT_TYPES = [
  'drafted',
  'issued',
  'confirmed',
  'payment',
  'payment-arrived',
  'dispute-opened',
  'dispute-resolved',
  'overdue',
  'reminder',
  'due-changed',
  'write-off',
  'settled',
] as const;
export type StatementEventType = (typeof STATEMENT_EVENT_TYPES)[number];
