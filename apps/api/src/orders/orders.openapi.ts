import { ApiCall } from '../docs/api-call.js';
import { orderView } from '../docs/views.js';
import { cancelOrder, createOrder } from './orders.dto.js';

const number = { merchantOrderNo: "The platform's own order number." };

export const CreateOrderCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Submit an order',
    description:
      'From stock the order is final in the answer. Out of stock it waits (`processing`) where the product allows. A large order is born `awaiting-payment` and carries `stages`: it is paid and delivered in stages. The same number with the same content answers 200 with the order as it stands.',
    body: createOrder,
    headers: {
      Prefer: '`wait=N`, N ≤ 25: answer when the order is final, at most after N seconds',
    },
    answers: {
      201: { description: 'A new order.', view: orderView },
      200: { description: 'The same order again.', view: orderView },
    },
    errors: [
      'request.invalid',
      'request.too-large',
      'request.unsupported-type',
      'order.number-reused',
      'product.off-sale',
      'product.out-of-stock',
      'product.banned-channel',
      'order.price-above-max',
      'order.quantity-out-of-range',
      'order.account-invalid',
      'callback.url-not-allowed',
      'credit.exceeded',
    ],
    refusals: ['product.not-found'],
  });

export const FindOrderCall = (): MethodDecorator =>
  ApiCall({
    summary: 'One order, codes included',
    params: number,
    answers: { 200: { description: 'The order as it stands.', view: orderView } },
    errors: ['order.not-found'],
  });

export const CancelOrderCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Cancel what is not delivered',
    description: 'Asked again, it answers the same. What was not delivered is refunded.',
    params: number,
    body: cancelOrder,
    answers: { 200: { description: 'The cancelled order.', view: orderView } },
    errors: ['request.invalid', 'order.not-found', 'order.not-cancellable'],
  });

export const AcceptStageCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Accept a delivered stage of a large order',
    description:
      'The next stage begins and awaits its payment. Asked again, it answers the same. A stage that nobody accepts counts as accepted after the time that the agreement names.',
    params: { ...number, stageNo: 'The number of the stage, from 1.' },
    answers: { 200: { description: 'The order as it stands.', view: orderView } },
    errors: ['order.not-found', 'large-order.not-found', 'stage.not-found', 'stage.not-acceptable'],
  });
