import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  currentUpdateInfo,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow';
import { DATABASE, DATABASE_ASKED } from '../activity-profiles.js';
import { ORDER_STATUS } from '../search-attributes.js';
import {
  cancelOrder,
  NOT_CANCELLABLE,
  NOT_WAITING,
  orderChanged,
  orderProgress,
  retryNow,
  type CancelOrder,
  type FulfilOrder,
  type FulfilOrderResult,
  type OrderAnswer,
  type OrderChanged,
  type RetryNow,
} from './fulfil-order.contract.js';
import { FulfilOrderState } from './fulfil-order.state.js';
import type { OrderActivities } from './order.activities.js';

const { failOverdueOrder } = proxyLocalActivities<OrderActivities>({
  ...DATABASE,
  summary: '到期失败并退款 fail and refund',
});
const { cancelWaitingOrder, retryWaitingOrder } =
  proxyLocalActivities<OrderActivities>(DATABASE_ASKED);

/**
 * An order after its acceptance. One that is final already ends in its first task; one that waits ends when stock
 * fills it, when somebody cancels it or when its deadline passes. Whoever ends it also writes the callback that is owed.
 */
export async function fulfilOrder(input: FulfilOrder): Promise<FulfilOrderResult> {
  const state = new FulfilOrderState(input);
  const learn = (fact: OrderChanged): OrderAnswer => {
    if (state.learn(fact)) upsertSearchAttributes([{ key: ORDER_STATUS, value: fact.status }]);
    return { status: state.status };
  };
  answerMessages(input, state, learn);

  if (!state.isFinal) await untilFinal(input, state, learn);
  await condition(allHandlersFinished);
  return { status: state.status };
}

function answerMessages(
  input: FulfilOrder,
  state: FulfilOrderState,
  learn: (fact: OrderChanged) => OrderAnswer,
): void {
  const { orderId, productId } = input;
  const refuseWhenFinal =
    <Ask>(type: string) =>
    (_ask: Ask): void => {
      const { status } = state;
      if (state.isFinal)
        throw ApplicationFailure.nonRetryable(`the order is ${status}`, type, status);
    };
  setHandler(orderChanged, (fact) => void learn(fact));
  setHandler(orderProgress, () => state.progress());
  setHandler(
    cancelOrder,
    async (ask: CancelOrder) => learn(await cancelWaitingOrder({ orderId, ...ask })),
    { validator: refuseWhenFinal<CancelOrder>(NOT_CANCELLABLE) },
  );
  setHandler(
    retryNow,
    async (ask: RetryNow) => {
      const updateId = currentUpdateInfo()?.id ?? uuid4();
      return learn(await retryWaitingOrder({ orderId, productId, updateId, ...ask }));
    },
    { validator: refuseWhenFinal<RetryNow>(NOT_WAITING) },
  );
}

/** Waits for the order's end, at the latest until its deadline: then it is failed here. */
async function untilFinal(
  input: FulfilOrder,
  state: FulfilOrderState,
  learn: (fact: OrderChanged) => OrderAnswer,
): Promise<void> {
  setCurrentDetails(state.waitingDetails());
  const timeLeftMs = state.timeLeftMs(Date.now());
  if (timeLeftMs !== undefined) {
    const isEnded =
      timeLeftMs > 0 &&
      (await condition(() => state.isFinal, timeLeftMs, { summary: '到期 deadline' }));
    if (!isEnded) learn(await failOverdueOrder({ orderId: input.orderId }));
  }
  // Still not final is an order that something else waits for: whoever ends it signals.
  await condition(() => state.isFinal);
  setCurrentDetails(`已结束 ended: ${state.status}`);
}
