import type { ApprovalKind, ApprovalStatus } from '../../staff/approval.js';

/** Texts of acts that need a second person. */
export const approvalEnumTexts = {
  approvalKind: {
    'incident-compensation': 'Bulk compensation of an incident',
    'large-payment': 'Payment of a large order',
    'platform-top-up': 'Top-up of a platform',
    replenishment: 'Buying stock',
    'difference-resolution': 'Resolution of a difference',
    'platform-grant': 'Grant to a platform',
    'platform-payout': 'Payout to a platform',
    'deposit-received': 'Deposit received',
    'deposit-returned': 'Deposit returned',
    'deposit-used': 'Deposit used',
    'manual-entry': 'Manual entry',
    'entry-reversal': 'Reversal of an entry',
    'period-close': 'Closing a month',
    'credit-limit': 'Credit limit',
    'score-override': 'Credit score by a person',
    'risk-rule': 'Change of a risk rule',
    'statement-payment': 'Statement payment',
    'statement-write-off': 'Statement write-off',
    'dispute-resolution': 'Resolution of a dispute',
    'settlement-agreement': 'Settlement agreement',
    'hold-posting': 'Taking of a hold',
    'large-order-deadline': 'More time for a large order',
    'gate-override': 'Sale without a licence, for a while',
    'breach-excuse': 'A late complaint excused',
  } as const satisfies Record<ApprovalKind, string>,
  approvalStatus: {
    asked: 'Waiting',
    approved: 'Approved',
    refused: 'Refused',
    withdrawn: 'Withdrawn',
    expired: 'Expired',
  } as const satisfies Record<ApprovalStatus, string>,
} as const;

export const approvalField = {
  Approval: {
    id: 'Approval no.',
    kind: 'Act',
    key: 'Idempotency key',
    resource: 'Kind of record',
    recordId: 'Record',
    payload: 'Content',
    amountHao: 'Amount (yuan)',
    reason: 'Reason given',
    status: 'Status',
    askedBy: 'Asked by',
    askedAt: 'Asked at',
    expiresAt: 'Expires at',
    decidedBy: 'Decided by',
    decidedAt: 'Decided at',
    decisionReason: 'Remark of the decision',
  },
  ApprovalThreshold: {
    id: 'Internal id',
    createdAt: 'Created at',
    updatedAt: 'Updated at',
    version: 'Version',
    kind: 'Act',
    aloneUpToHao: 'Alone up to (yuan; empty: never)',
    ownerAboveHao: 'Owner decides above (yuan)',
  },
} as const;

export const approvalEntity = {
  Approval: 'Approvals',
  ApprovalThreshold: 'Approval limits',
} as const;

export const approvalAction = {
  askApproval: 'Ask for approval',
  approve: 'Approve',
  refuse: 'Refuse',
  withdraw: 'Withdraw',
  openApproval: 'Open the request',
} as const;

export const approvalNotice = {
  approvalAsked:
    'It waits for the approval of somebody else: it is above what one person may do alone, or always needs two.',
  approvalDone: 'Approved and done',
  approvalRefused: 'Refused; nothing was done',
  approvalWithdrawn: 'The request is withdrawn',
} as const;

export const approvalPage = {
  would: 'What happens if it is approved',
  asked: 'What was asked for',
  what: 'Item',
  now: 'Now',
  after: 'Afterwards',
  content: 'Content',
  record: 'Record',
  approveHint: 'It is done at once, together with the decision, and cannot be undone.',
  refuseHint: 'Nothing is done; whoever asked sees the reason.',
  withdrawHint: 'The request ends and nothing is done.',
} as const;
