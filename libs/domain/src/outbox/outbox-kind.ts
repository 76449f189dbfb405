/** What the relay must do once the transaction that wrote the row has committed. */
export const OUTBOX_KINDS = [
  'start-order',
  'order-changed',
  'fill-stock',
  'send-callback',
  'supplier-notified',
  'send-alert',
  'replenishment-changed',
  'compensate',
  're-order',
  'licence-changed',
  'complaint-changed',
  'file-upstream',
  'compensate-incident',
] as const;
export type OutboxKind = (typeof OUTBOX_KINDS)[number];
