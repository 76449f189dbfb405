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
import { ORDER_STATUS, SUPPLIER_CODE } from '../search-attributes.js';
import { SupplyCalls } from '../supply/supply-calls.js';
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

const { advanceOrder } = proxyLocalActivities<OrderActivities>({
  ...DATABASE,
  summary: '推进 advance',
});
const { failOverdueOrder } = proxyLocalActivities<OrderActivities>({
  ...DATABASE,
  summary: '到期失败并退款 fail and refund',
});
const { cancelWaitingOrder, retryWaitingOrder } =
  proxyLocalActivities<OrderActivities>(DATABASE_ASKED);

/**
 * An order after its acceptance. One that is final already ends in its first task; one that waits ends when stock or
 * suppliers fill it, when somebody cancels it or when its deadline passes. Whoever ends it also writes the callback that
 * is owed.
 */
export async function fulfilOrder(input: FulfilOrder): Promise<FulfilOrderResult> {
  const state = new FulfilOrderState(input);
  const learn = (fact: OrderChanged): OrderAnswer => {
    if (state.learn(fact)) upsertSearchAttributes([{ key: ORDER_STATUS, value: fact.status }]);
    return { status: state.status };
  };
  answerMessages(input, state, learn);

  if (!state.isFinal)
    await (input.buys ? buy(input, state, learn) : untilFinal(input, state, learn));
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
  setHandler(orderChanged, (fact) => {
    learn(fact);
    state.hear();
  });
  setHandler(orderProgress, () => state.progress());
  setHandler(
    cancelOrder,
    async (ask: CancelOrder) => {
      const answer = learn(await cancelWaitingOrder({ orderId, ...ask }));
      state.hear();
      return answer;
    },
    { validator: refuseWhenFinal<CancelOrder>(NOT_CANCELLABLE) },
  );
  setHandler(
    retryNow,
    async (ask: RetryNow) => {
      const updateId = currentUpdateInfo()?.id ?? uuid4();
      const answer = learn(await retryWaitingOrder({ orderId, productId, updateId, ...ask }));
      state.hear();
      return answer;
    },
    { validator: refuseWhenFinal<RetryNow>(NOT_WAITING) },
  );
}

/**
 * Looks what the database says is due, makes those calls, and looks again when one has ended, when something was heard,
 * or when the time has come. What to do is decided in the step and recorded; only waiting happens here.
 */
async function buy(
  input: FulfilOrder,
  state: FulfilOrderState,
  learn: (fact: OrderChanged) => OrderAnswer,
): Promise<void> {
  const calls = new SupplyCalls((end) => {
    if (end?.order) learn(end.order);
    state.hear();
  });
  while (!state.isFinal) {
    state.listen();
    const step = await advanceOrder({ orderId: input.orderId });
    learn(step);
    if (state.isFinal) break;
    if (state.noteSuppliers(step.calls))
      upsertSearchAttributes([{ key: SUPPLIER_CODE, value: state.suppliers }]);
    setCurrentDetails(state.supplyDetails(step));
    calls.start(step.calls);
    const waitMs = state.waitMs(step.wakeAtMs, Date.now(), calls.count);
    if (waitMs === undefined) await condition(() => state.hasNews);
    else await condition(() => state.hasNews, waitMs, { summary: '下一步 next step' });
  }
  setCurrentDetails(`已结束 ended: ${state.status}`);
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
