/** What staff are told of, once for each crossing. */
export const ALERT_KINDS = [
  'supplier-balance',
  'supplier-failing',
  'supplier-unreachable',
  'new-code',
  'unknown-outcome',
  'route-price',
  'route-off-shelf',
  'no-source',
  'stock-runway',
  'replenishment',
  'peak-capacity',
  'compensation-budget',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_LEVELS = ['info', 'warning', 'critical'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

export const ALERT_CHANNEL_KINDS = ['webhook', 'email', 'wecom-robot'] as const;
export type AlertChannelKind = (typeof ALERT_CHANNEL_KINDS)[number];

export const ALERT_CHANNEL_STATUSES = ['active', 'paused'] as const;
export type AlertChannelStatus = (typeof ALERT_CHANNEL_STATUSES)[number];
