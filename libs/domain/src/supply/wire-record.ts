export const WIRE_CALLS = [
  'create',
  'query',
  'cancel',
  'balance',
  'products',
  'notification',
] as const;
export type WireCall = (typeof WIRE_CALLS)[number];

/** Nothing left us; something did and no whole reply came; a reply came. A notification is `received`. */
export const WIRE_RESULTS = ['not-sent', 'broken', 'reply', 'received'] as const;
export type WireResult = (typeof WIRE_RESULTS)[number];

/** What became of a notification: it settled an attempt, made a query due, changed nothing, or was not believed. */
export const NOTIFICATION_STATUSES = [
  'received',
  'applied',
  'asked',
  'ignored',
  'refused',
] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];
