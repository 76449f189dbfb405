/** What staff are told of by itself. Each is raised once when it begins, and ends by itself. */
export const ALERT_KINDS = [
  'balance-low',
  'balance-unread',
  'supplier-failing',
  'outcome-undecided',
  'new-code',
  'sold-at-loss',
  'off-shelf',
  'stock-short',
  'calendar-ends',
  'statement-overdue',
  'large-order-overdue',
  'difference-overdue',
  'replenishment-stuck',
  'held-order-due',
  'risk-signal',
  'credit-overdue',
  'credit-concentration',
  'slow-charge',
  'licence-due',
  'licence-lapsed',
  'sale-stopped',
  'legal-rule-old',
  'complaint-due',
  'complaint-breached',
  'complaint-unassigned',
  'incident-silent',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_CHANNEL_KINDS = ['webhook', 'email', 'wecom'] as const;
export type AlertChannelKind = (typeof ALERT_CHANNEL_KINDS)[number];

export const ALERT_NOTICE_KINDS = ['opened', 'closed', 'test'] as const;
export type AlertNoticeKind = (typeof ALERT_NOTICE_KINDS)[number];

export const ALERT_NOTICE_STATUSES = ['due', 'sent', 'dead'] as const;
export type AlertNoticeStatus = (typeof ALERT_NOTICE_STATUSES)[number];

/** Pauses before the tries after the first; then the notice is dead. */
const LADDER_SECONDS = [10, 60, 300, 1_800, 7_200, 21_600] as const;

/** How long to wait after so many failed tries; undefined where it is given up. */
export function noticePauseMs(tryCount: number): number | undefined {
  const seconds = LADDER_SECONDS[tryCount - 1];
  return seconds === undefined ? undefined : seconds * 1_000;
}
