/** What kind of refusal a code is; each edge (HTTP, worker, panel) maps the kind once. */
export const ERROR_KIND = {
  'request.invalid': 'invalid',
  'request.too-large': 'too-large',
  'request.unsupported-type': 'unsupported-type',
  'request.not-found': 'not-found',
  'auth.refused': 'unauthenticated',
  'auth.clock-skew': 'unauthenticated',
  'order.not-found': 'not-found',
  'order.number-reused': 'conflict',
  'order.not-cancellable': 'conflict',
  'order.price-above-max': 'refused',
  'order.quantity-out-of-range': 'refused',
  'order.account-invalid': 'refused',
  'large-order.not-found': 'not-found',
  'large-order.ended': 'conflict',
  'large-order.held': 'conflict',
  'large-order.no-deadline': 'conflict',
  'large-order.deadline-not-later': 'invalid',
  'stage.not-found': 'not-found',
  'stage.not-acceptable': 'conflict',
  'payment.too-much': 'refused',
  'payment.reference-reused': 'conflict',
  'payment.invalid': 'invalid',
  'product.not-found': 'not-found',
  'product.off-sale': 'refused',
  'product.out-of-stock': 'refused',
  'product.licence-lapsed': 'refused',
  'product.banned-channel': 'refused',
  'callback.url-not-allowed': 'refused',
  'callback.not-found': 'not-found',
  'credit.exceeded': 'refused',
  'rate.exceeded': 'rate',
  'service.unavailable': 'unavailable',
  'service.failed': 'failed',
  'card.not-found': 'not-found',
  'attempt.not-found': 'not-found',
  'attempt.not-open': 'conflict',
  'attempt.cards-required': 'invalid',
  'supplier.not-found': 'not-found',
  'supplier.not-eligible': 'refused',
  'capacity.not-found': 'not-found',
  'capacity.illegal-move': 'conflict',
  'replenishment.not-found': 'not-found',
  'replenishment.ended': 'conflict',
  'replenishment.open-already': 'conflict',
  'replenishment.not-a-card-product': 'refused',
  'alert-channel.not-found': 'not-found',
  'approval.not-found': 'not-found',
  'approval.not-open': 'conflict',
  'approval.expired': 'conflict',
  'approval.own': 'forbidden',
  'approval.needs-owner': 'forbidden',
  'ledger.below-floor': 'refused',
  'ledger.entry-not-found': 'not-found',
  'ledger.not-reversible': 'refused',
  'ledger.already-reversed': 'conflict',
  'ledger.receipt-booked': 'conflict',
  'ledger.not-the-payer': 'refused',
  'ledger.period-unknown': 'invalid',
  'ledger.period-not-over': 'refused',
  'ledger.period-out-of-turn': 'refused',
  'hold.not-found': 'not-found',
  'hold.not-open': 'conflict',
  'hold.amount': 'invalid',
  'order.not-reorderable': 'conflict',
  'compensation.not-found': 'not-found',
  'compensation.already-asked': 'conflict',
  'compensation.bad-unit': 'invalid',
  'compensation.not-proposed': 'conflict',
  'compensation.own-request': 'forbidden',
  'compensation.nothing-left': 'refused',
  'compensation.policy-fixed': 'conflict',
  'claim.not-found': 'not-found',
  'claim.not-open': 'conflict',
  'claim.too-much': 'refused',
  'claim.write-off-not-asked': 'conflict',
  'claim.own-request': 'forbidden',
  'risk-case.not-found': 'not-found',
  'risk-case.not-open': 'conflict',
  'risk-case.own': 'forbidden',
  'import.empty': 'invalid',
  'import.encoding-unknown': 'invalid',
  'import.layout-unknown': 'invalid',
  'import.too-many-lines': 'invalid',
  'import.not-a-card-product': 'refused',
  'import.interrupted': 'failed',
  'statement.party-unknown': 'not-found',
  'statement.not-found': 'not-found',
  'statement.already-imported': 'conflict',
  'statement.headings-unknown': 'invalid',
  'statement.empty': 'invalid',
  'statement.rows-unreadable': 'invalid',
  'statement.totals-differ': 'invalid',
  'statement.too-many-lines': 'invalid',
  'statement.file-unreadable': 'invalid',
  'difference.not-found': 'not-found',
  'difference.not-resolvable': 'conflict',
  'difference.pair-not-found': 'not-found',
  'statement.not-open': 'conflict',
  'statement.changed': 'conflict',
  'statement.reference-used': 'conflict',
  'statement.overpaid': 'refused',
  'statement.balance-too-low': 'refused',
  'statement.over-disputed': 'refused',
  'agreement.not-found': 'not-found',
  'agreement.not-open': 'conflict',
  'agreement.mid-period': 'refused',
  'staff.forbidden': 'forbidden',
  'staff.reason-required': 'invalid',
} as const;

export type ErrorCode = keyof typeof ERROR_KIND;
export type ErrorKind = (typeof ERROR_KIND)[ErrorCode];
export type ErrorParams = Readonly<Record<string, string | number>>;

/** A refusal with a reason that travels as code and parameters; its text is chosen at the edge. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {
    super(code);
    this.name = 'DomainError';
  }
}

/** A refusal as a value, for rules that decide many cases at once. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export function refuse(code: ErrorCode, params: ErrorParams = {}): Refusal {
  return { ok: false, code, params };
}
