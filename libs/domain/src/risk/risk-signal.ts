import type { Moves } from '../shared/transitions.js';

export const RISK_SIGNAL_STATUSES = ['open', 'confirmed', 'dismissed'] as const;
export type RiskSignalStatus = (typeof RISK_SIGNAL_STATUSES)[number];

export const RISK_SIGNAL_MOVES = {
  open: ['confirmed', 'dismissed'],
  confirmed: [],
  dismissed: [],
} as const satisfies Moves<RiskSignalStatus>;
