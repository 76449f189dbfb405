import { DAY_MS } from '../shared/business-time.js';
import { HAO_PER_YUAN } from '../shared/money.js';
import type { Moves } from '../shared/transitions.js';
import type { ErrorCode } from '../shared/domain-error.js';
import { mayStaff, type Permission, type StaffRole } from './permission.js';

/** What may need a second person. A new kind also needs a handler in `apps/admin/src/approval` and two texts. */
export const APPROVAL_KINDS = [
  'platform-top-up',
  'large-payment',
  'replenishment',
  'difference-resolution',
  'platform-grant',
  'platform-payout',
  'deposit-received',
  'deposit-returned',
  'deposit-used',
  'manual-entry',
  'entry-reversal',
  'period-close',
  'credit-limit',
  'score-override',
  'risk-rule',
  'statement-payment',
  'statement-write-off',
  'dispute-resolution',
  'settlement-agreement',
  'hold-posting',
  'large-order-deadline',
  'gate-override',
  'incident-compensation',
  'breach-excuse',
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

export const APPROVAL_STATUSES = ['asked', 'approved', 'refused', 'withdrawn', 'expired'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

export const APPROVAL_MOVES: Moves<ApprovalStatus> = {
  asked: ['approved', 'refused', 'withdrawn', 'expired'],
  approved: [],
  refused: [],
  withdrawn: [],
  expired: [],
};

/** How large an act may be before it needs somebody else, and before it needs the owner. */
export interface ApprovalLimit {
  /** Up to this amount one person acts alone. Null: never alone, whatever the amount. */
  readonly aloneUpToHao: number | null;
  /** Above this amount only an owner decides. */
  readonly ownerAboveHao: number;
}

/** Where nobody has set other limits. */
export const STANDARD_LIMIT: ApprovalLimit = {
  aloneUpToHao: 100 * HAO_PER_YUAN,
  ownerAboveHao: 5_000 * HAO_PER_YUAN,
};

/** A request that nobody has decided for so long has probably been overtaken. */
export const APPROVAL_LASTS_MS = 7 * DAY_MS;

/** Whether an act needs a second person; one that has no amount always does. */
export function needsApproval(limit: ApprovalLimit, amountHao: number | null): boolean {
  if (limit.aloneUpToHao === null || amountHao === null) return true;
  return Math.abs(amountHao) > limit.aloneUpToHao;
}

export interface ApprovalToDecide {
  readonly status: ApprovalStatus;
  readonly askedBy: string;
  readonly amountHao: number | null;
  readonly expiresAtMs: number;
}

export interface Decider {
  readonly email: string;
  readonly role: StaffRole;
}

/** Why this person may not approve or refuse it now; undefined where they may. */
export function decisionFault(
  approval: ApprovalToDecide,
  decider: Decider,
  rules: {
    readonly permission: Permission;
    readonly limit: ApprovalLimit;
    readonly nowMs: number;
  },
): ErrorCode | undefined {
  if (approval.status !== 'asked') return 'approval.not-open';
  if (approval.expiresAtMs <= rules.nowMs) return 'approval.expired';
  if (samePerson(approval.askedBy, decider.email)) return 'approval.own';
  if (!mayStaff(decider.role, rules.permission)) return 'staff.forbidden';
  const isLarge = Math.abs(approval.amountHao ?? 0) > rules.limit.ownerAboveHao;
  return isLarge && decider.role !== 'owner' ? 'approval.needs-owner' : undefined;
}

/** An address is one person, however it is written. */
const samePerson = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
