import { invariant, type ApprovalKind } from '#domain';
import { BOOK_APPROVALS } from '../money/book.approvals.js';
import { PLATFORM_MONEY_APPROVALS } from '../money/platform-money.approvals.js';
import { CREDIT_APPROVALS } from '../credit/credit.approvals.js';
import { holdApproval } from '../money/hold.approval.js';
import { largeDeadlineApproval } from '../large-order/large-deadline.approval.js';
import { largePaymentApproval } from '../large-order/large-payment.approval.js';
import { riskRuleApproval } from '../risk/risk-rule.approval.js';
import { gateOverrideApproval } from '../licence/gate-override.approval.js';
import { replenishmentApproval } from '../replenishment/replenishment.approval.js';
import { incidentCompensationApproval } from '../incident/incident-compensation.approval.js';
import { differenceApproval } from '../reconciliation/difference.approval.js';
import { SETTLEMENT_APPROVALS } from '../settlement/settlement.approvals.js';
import { breachExcuseApproval } from '../complaint/breach-excuse.approval.js';
import type { ApprovalHandler } from './approval-handler.js';

/** Every kind of act that may need a second person; see `approvalHandler` for how to add one. */
export const APPROVAL_HANDLERS: readonly ApprovalHandler[] = [
  ...PLATFORM_MONEY_APPROVALS,
  ...BOOK_APPROVALS,
  holdApproval,
  largePaymentApproval,
  largeDeadlineApproval,
  replenishmentApproval,
  ...CREDIT_APPROVALS,
  riskRuleApproval,
  differenceApproval,
  incidentCompensationApproval,
  ...SETTLEMENT_APPROVALS,
  gateOverrideApproval,
  breachExcuseApproval,
];

export function approvalHandlerOf(kind: ApprovalKind): ApprovalHandler {
  const handler = APPROVAL_HANDLERS.find((one) => one.kind === kind);
  invariant(handler, `the kind ${kind} has a handler`);
  return handler;
}
