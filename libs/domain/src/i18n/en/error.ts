import { complaintError, complaintErrorTitle } from './complaint-error.js';
import { incidentError, incidentErrorTitle } from './incident-error.js';
import { reconciliationError, reconciliationErrorTitle } from './reconciliation.js';
import { licenceError, licenceErrorTitle } from './licence-error.js';
import { settlementError, settlementErrorTitle } from './settlement-error.js';
import { largeOrderError, largeOrderErrorTitle } from './large-order-error.js';
import type { ErrorCode } from '../../shared/domain-error.js';

export const error = {
  ...largeOrderError,
  ...incidentError,
  ...reconciliationError,

  ...settlementError,
  ...licenceError,
  ...complaintError,
  'request.invalid':
    'The request does not fit the interface; correct the fields listed in errors and send it again.',
  'request.too-large': 'What was sent is too large; send less.',
  'request.unsupported-type':
    'This content type is not supported; send Content-Type: application/json.',
  'request.not-found': 'There is no such call or page; check address and method.',
  'auth.refused':
    'The request could not be authenticated; check key, signature, nonce and source address.',
  'auth.clock-skew':
    'The request is more than 300 seconds away from server time; set the clock by serverTime and sign again.',
  'order.not-found': 'There is no such order; check the number.',
  'order.number-reused':
    'Merchant order number {merchantOrderNo} was used for an order with other content; take a new number or repeat the original request.',
  'order.not-cancellable': 'The order is delivered or ended and can no longer be cancelled.',
  'order.price-above-max':
    'The order costs {amount} yuan, more than your maximum; ask for a new quote.',
  'order.quantity-out-of-range':
    'Quantity {quantity} does not fit the product: at least {minQuantity}, at most {maxQuantity}, in steps of {quantityStep}.',
  'order.account-invalid':
    'Account field {field} is missing, too long or unknown to this product; fill in the fields of its template.',
  'product.not-found':
    'There is no product {productCode}, or it is not open to you; check the product code.',
  'product.off-sale': 'Product {productCode} is off sale; try later or choose another one.',
  'product.out-of-stock':
    'Product {productCode} is out of stock and orders may not wait; order less or try later.',
  'product.licence-lapsed':
    'The licence for product {productCode} has lapsed, so it is not sold; please contact us.',
  'product.banned-channel':
    'Product {productCode} may not be sold through channel {saleChannel}; choose another channel or product.',
  'callback.url-not-allowed':
    'Callback host {host} is not on your allow-list or the address is not https; have the host registered first.',
  'callback.not-found': 'There is no such callback; reload and try again.',
  'credit.exceeded': 'The balance does not cover {amount} yuan; top it up first.',
  'rate.exceeded': 'Too many requests; wait as many seconds as Retry-After says.',
  'service.unavailable':
    'The service is away for the moment; nothing was recorded, send the same request again later.',
  'service.failed':
    'Something went wrong on our side; try again, and if it stays so, tell us the request id.',
  'attempt.not-found': 'No such attempt; reload and try again.',
  'attempt.not-open': 'This attempt is settled already and cannot be decided again.',
  'attempt.cards-required':
    'To decide that cards were delivered, enter the cards that the supplier gave.',
  'supplier.not-found': 'No supplier {supplierCode}; check its code.',
  'supplier.not-eligible': 'Supplier {supplierCode} cannot have this order now: {reason}.',
  'capacity.not-found': 'There is no such capacity request; reload and try again.',
  'capacity.illegal-move': 'This capacity request cannot become that now; reload and try again.',
  'replenishment.not-found': 'There is no such replenishment; reload and try again.',
  'replenishment.ended': 'This replenishment has ended.',
  'replenishment.open-already':
    'Product {productCode} is being bought already; wait until that has ended, or cancel it first.',
  'replenishment.not-a-card-product': 'Product {productCode} has no cards to keep in stock.',
  'alert-channel.not-found': 'This alert channel does not exist, or has no address yet.',
  'card.not-found': 'There is no such card; reload and try again.',
  'approval.not-found': 'There is no such request; reload the page and try again.',
  'approval.not-open': 'This request has been decided already; reload the page to see how.',
  'approval.expired': 'This request has expired; whoever asked may ask again.',
  'approval.own': 'You asked for this yourself: somebody else with the permission must decide it.',
  'approval.needs-owner': 'The amount is above the limit: an owner must decide it.',
  'ledger.below-floor': 'The balance does not cover {amount} yuan; check what is available.',
  'ledger.entry-not-found': 'There is no such entry; reload the page and try again.',
  'ledger.not-reversible':
    'Entries of this kind are not reversed by hand; undo it on the page of what caused it.',
  'ledger.already-reversed': 'This entry has been reversed; an entry is reversed once.',
  'ledger.receipt-booked':
    'Receipt {receiptNo} has been booked before; check whether it is a repeat.',
  'ledger.not-the-payer':
    'At most {amount} yuan can go back to {payer}: money goes back to who paid it in; what is held or granted is not paid out.',
  'ledger.period-unknown': 'Write the month as 2026-11.',
  'ledger.period-not-over':
    '{month} is not over: it can be closed ten minutes into the next month.',
  'ledger.period-out-of-turn':
    '{month} cannot be closed now: months are closed one after the other, the earliest first.',
  'hold.not-found': 'There is no such hold; reload the page and try again.',
  'hold.not-open': 'This hold has ended.',
  'hold.amount': 'At most {amount} yuan of this hold can be posted.',
  'order.not-reorderable':
    'The order has not ended, or is itself a linked order: it cannot be ordered again.',
  'compensation.not-found': 'There is no such compensation; refresh and try again.',
  'compensation.already-asked':
    'Unit {unitNo} has a compensation for this cause already: see the order’s page.',
  'compensation.bad-unit': 'The order has no unit {unitNo}.',
  'compensation.not-proposed': 'This compensation does not wait for approval; refresh the page.',
  'compensation.own-request': 'Who asked for a compensation may not approve it.',
  'compensation.nothing-left':
    'Nothing is left: refunds and compensation together never exceed what was paid.',
  'compensation.policy-fixed':
    'A version that was in force is never changed: copy it to a new one.',
  'claim.not-found': 'There is no such claim; refresh and try again.',
  'claim.not-open': 'The claim is closed.',
  'claim.too-much': 'That is more than the {left} yuan that are not recovered.',
  'claim.write-off-not-asked': 'Nobody has asked to write it off.',
  'claim.own-request': 'Who asked for a write-off may not confirm it.',
  'risk-case.not-found': 'There is no such held order or signal; reload the page.',
  'risk-case.not-open': 'It has been decided already; reload the page to see how.',
  'risk-case.own': 'You raised it yourself; another person with the permission has to decide.',
  'import.empty': 'The file holds no card; check whether it is the right one.',
  'import.encoding-unknown':
    'The encoding of the file cannot be told; save it as UTF-8 or GBK, or choose the encoding yourself.',
  'import.layout-unknown':
    'The lines are laid out differently; use one separator throughout (comma, tab, blank, | or ----).',
  'import.too-many-lines': 'The file has more than {lines} lines; divide it. Nothing was imported.',
  'import.not-a-card-product':
    'The product {productCode} is not sold as cards; choose another one.',
  'import.interrupted':
    'The import was interrupted and rolled back: no card of the file is in stock; hand it in again.',
  'staff.forbidden': 'Your role may not do this; ask the owner if you need it.',
  'staff.reason-required': 'Give a reason of at least 4 characters.',
  'staff.confirm-required': 'Confirm that it is you first: give your password or a code.',
  'staff.confirm-refused': 'The password or the code is not right.',
  'staff.tries-exceeded': 'Too many tries; try again in 15 minutes.',
  'staff.second-factor-required': 'Your role needs a second factor; it cannot be turned off.',
} as const satisfies Record<ErrorCode, string>;

export const errorTitle = {
  ...largeOrderErrorTitle,
  ...incidentErrorTitle,
  ...reconciliationErrorTitle,
  ...settlementErrorTitle,
  ...licenceErrorTitle,
  ...complaintErrorTitle,
  'request.invalid': 'Invalid request',
  'request.too-large': 'Request too large',
  'request.unsupported-type': 'Unsupported content type',
  'request.not-found': 'Not found',
  'auth.refused': 'Authentication refused',
  'auth.clock-skew': 'Clock skew',
  'order.not-found': 'Order not found',
  'order.number-reused': 'Order number reused',
  'order.not-cancellable': 'Order not cancellable',
  'order.price-above-max': 'Price above maximum',
  'order.quantity-out-of-range': 'Quantity out of range',
  'order.account-invalid': 'Account fields invalid',
  'product.not-found': 'Product not found',
  'product.off-sale': 'Product off sale',
  'product.out-of-stock': 'Out of stock',
  'product.licence-lapsed': 'Licence lapsed',
  'product.banned-channel': 'Channel not allowed',
  'callback.url-not-allowed': 'Callback address not allowed',
  'callback.not-found': 'Callback not found',
  'credit.exceeded': 'Balance exceeded',
  'rate.exceeded': 'Too many requests',
  'service.unavailable': 'Service unavailable',
  'service.failed': 'Internal error',
  'attempt.not-found': 'No such attempt',
  'attempt.not-open': 'Attempt settled',
  'attempt.cards-required': 'Cards missing',
  'supplier.not-found': 'No such supplier',
  'supplier.not-eligible': 'Supplier not eligible',
  'capacity.not-found': 'Capacity request not found',
  'capacity.illegal-move': 'Not possible for this capacity request',
  'replenishment.not-found': 'Replenishment not found',
  'replenishment.ended': 'Replenishment has ended',
  'replenishment.open-already': 'Being bought already',
  'replenishment.not-a-card-product': 'Not a product of cards',
  'alert-channel.not-found': 'Alert channel not found',
  'card.not-found': 'Card not found',
  'approval.not-found': 'No such request',
  'approval.not-open': 'Already decided',
  'approval.expired': 'Expired',
  'approval.own': 'Own request',
  'approval.needs-owner': 'Needs the owner',
  'ledger.below-floor': 'Balance too low',
  'ledger.entry-not-found': 'No such entry',
  'ledger.not-reversible': 'Not reversible',
  'ledger.already-reversed': 'Already reversed',
  'ledger.receipt-booked': 'Receipt booked',
  'ledger.not-the-payer': 'More than was paid in',
  'ledger.period-unknown': 'No such month',
  'ledger.period-not-over': 'Month not over',
  'ledger.period-out-of-turn': 'Out of turn',
  'hold.not-found': 'No such hold',
  'hold.not-open': 'Hold has ended',
  'hold.amount': 'More than is held',
  'order.not-reorderable': 'Cannot be re-ordered',
  'compensation.not-found': 'No such compensation',
  'compensation.already-asked': 'Asked before',
  'compensation.bad-unit': 'No such unit',
  'compensation.not-proposed': 'Not waiting for approval',
  'compensation.own-request': 'Another person is needed',
  'compensation.nothing-left': 'Nothing is left',
  'compensation.policy-fixed': 'The version is fixed',
  'claim.not-found': 'No such claim',
  'claim.not-open': 'The claim is closed',
  'claim.too-much': 'Too much',
  'claim.write-off-not-asked': 'Not asked',
  'claim.own-request': 'Another person is needed',
  'risk-case.not-found': 'Not found',
  'risk-case.not-open': 'Decided already',
  'risk-case.own': 'Raised by yourself',
  'import.empty': 'Empty file',
  'import.encoding-unknown': 'Unknown encoding',
  'import.layout-unknown': 'Unknown layout',
  'import.too-many-lines': 'Too many lines',
  'import.not-a-card-product': 'Not a card product',
  'import.interrupted': 'Import interrupted',
  'staff.forbidden': 'Not permitted',
  'staff.reason-required': 'Reason required',
  'staff.confirm-required': 'Confirmation required',
  'staff.confirm-refused': 'Confirmation refused',
  'staff.tries-exceeded': 'Too many tries',
  'staff.second-factor-required': 'Second factor required',
} as const satisfies Record<ErrorCode, string>;
