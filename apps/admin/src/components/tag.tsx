import React from 'react';

const TONES: Record<string, string> = {
  succeeded: 'good',
  delivered: 'good',
  active: 'good',
  'on-sale': 'good',
  acknowledged: 'good',
  done: 'good',
  approved: 'good',
  asked: 'busy',
  proposed: 'busy',
  open: 'busy',
  different: 'bad',
  matched: 'good',
  replacing: 'busy',
  settled: 'good',
  declined: 'bad',
  'written-off': 'bad',
  issued: 'busy',
  'part-paid': 'busy',
  paid: 'good',
  disputed: 'busy',
  overdue: 'bad',
  'Statement.status.confirmed': 'busy',
  'StatementEvent.type.confirmed': 'good',
  // T and D are ways to count days, not grades.
  'termKind.D': 'plain',
  refused: 'bad',
  released: 'good',
  confirmed: 'bad',
  dismissed: 'good',
  'credit-stopped': 'busy',
  'sales-stopped': 'bad',
  collection: 'bad',
  A: 'good',
  B: 'good',
  C: 'busy',
  D: 'bad',
  plenty: 'good',
  // That nothing came back says nothing of a purchase that was delivered.
  'refundState.none': 'plain',
  'CapacityRequest.status.confirmed': 'good',
  reached: 'good',
  buying: 'busy',
  approval: 'busy',
  'budget-spent': 'bad',
  'no-source': 'bad',
  chosen: 'good',
  'breaker-closed': 'good',
  'breaker-half-open': 'busy',
  'breaker-open': 'bad',
  unknown: 'bad',
  rejected: 'bad',
  accepted: 'busy',
  processing: 'busy',
  held: 'busy',
  'awaiting-payment': 'busy',
  pending: 'busy',
  scheduled: 'busy',
  running: 'busy',
  low: 'busy',
  draft: 'busy',
  partial: 'bad',
  failed: 'bad',
  dead: 'bad',
  none: 'bad',
  suspended: 'bad',
  revoked: 'bad',
  disabled: 'bad',
};

const lastOf = (of = ''): string => of.slice(of.lastIndexOf('.') + 1);

/** A status in a colour that says whether it is good, under way or bad; the word says it, too. */
export const Tag = ({ value, label, of }: { value: string; label: string; of?: string }) => (
  <span
    className={`kg-tag ${TONES[`${of ?? ''}.${value}`] ?? TONES[`${lastOf(of)}.${value}`] ?? TONES[value] ?? ''}`}
    data-value={value}
  >
    {label}
  </span>
);
