import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  currentUpdateInfo,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { DATABASE, DATABASE_ASKED } from '../activity-profiles.js';
import {
  cancelOrder,
  NOT_CANCELLABLE,
  NOT_WAITING,
  orderChanged,
  orderProgress,
  retryNow,
  type CancelOrder,
  type FulfilOrderResult,
  type OrderAnswer,
  type OrderChanged,
  type RetryNow,
} from '../order/fulfil-order.contract.js';
import type { OrderActivities } from '../order/order.activities.js';
import { ORDER_STATUS, SUPPLIER_CODE } from '../search-attributes.js';
import { SupplyCalls } from '../supply/supply-calls.js';
import {
  acceptStage,
  cancel,
  extendDeadline,
  recordPayment,
  stageProgress,
  type AcceptStageAsk,
  type DeliverInStages,
  type ExtendDeadlineAsk,
  type RecordPayment,
  type StageProgress,
} from './deliver-in-stages.contract.js';
import { DeliverInStagesState } from './deliver-in-stages.state.js';
import type { LargeOrderActivities } from './large-order.activities.js';

const { advanceStages } = proxyLocalActivities<LargeOrderActivities>({
  ...DATABASE,
  summary: '推进分期 advance stages',
});
const { recordStagePayment, acceptDeliveredStage, extendStageDeadline } =
  proxyLocalActivities<LargeOrderActivities>(DATABASE_ASKED);
const { cancelWaitingOrder, retryWaitingOrder } =
  proxyLocalActivities<OrderActivities>(DATABASE_ASKED);

/** Takes in what a step has learnt. */
type Learn = (fact: OrderChanged) => OrderAnswer;

/**
 * A large order from its acceptance to its end. Each step does in one transaction all that is due; the run only waits: for
 * money, goods, the platform's word, or the time that comes next. Whatever it misses a sweep does, and whatever it is told
 * is in the database already.
 */
export async function deliverInStages(input: DeliverInStages): Promise<FulfilOrderResult> {
  const state = new DeliverInStagesState(input);
  const learn: Learn = (fact) => {
    if (state.learn(fact)) upsertSearchAttributes([{ key: ORDER_STATUS, value: fact.status }]);
    return { status: state.status };
  };
  answerOrderMessages(input, state, learn);
  answerStageMessages(input, state);
  const calls = new SupplyCalls((end) => {
    if (end?.order) learn(end.order);
    state.hear();
  });
  await untilEnded(input, { state, learn, calls });
  setCurrentDetails(`已结束 ended: ${state.status}`);
  await condition(allHandlersFinished);
  return { status: state.status };
}

async function untilEnded(
  input: DeliverInStages,
  {
    state,
    learn,
    calls,
  }: { readonly state: DeliverInStagesState; readonly learn: Learn; readonly calls: SupplyCalls },
): Promise<void> {
  for (;;) {
    state.listen();
    const step = await advanceStages({ orderId: input.orderId });
    learn(step);
    state.note(step);
    if (state.isFinal && step.phase === 'ended') return;
    if (state.noteSuppliers(step.calls))
      upsertSearchAttributes([{ key: SUPPLIER_CODE, value: state.suppliers }]);
    setCurrentDetails(state.stageDetails());
    calls.start(step.calls);
    if (workflowInfo().continueAsNewSuggested && calls.count === 0) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof deliverInStages>({
        ...input,
        status: step.status,
        version: step.version,
      });
    }
    const waitMs = state.waitMs(step.wakeAtMs, Date.now(), calls.count);
    if (waitMs === undefined) await condition(() => state.hasFreshNews);
    else await condition(() => state.hasFreshNews, waitMs, { summary: '下一步 next step' });
  }
}

/** What may be said to every order's run. */
function answerOrderMessages(
  { orderId, productId }: DeliverInStages,
  state: DeliverInStagesState,
  learn: Learn,
): void {
  const refuseWhenFinal =
    <Ask>(type: string) =>
    (_ask: Ask): void => {
      if (state.isFinal) throw refusal(type, state.status);
    };
  const cancelling = async (ask: CancelOrder): Promise<OrderAnswer> => {
    const answer = learn(await cancelWaitingOrder({ orderId, ...ask }));
    state.hear();
    return answer;
  };
  setHandler(orderChanged, (fact) => {
    learn(fact);
    state.hear();
  });
  setHandler(orderProgress, () => state.progress());
  const validator = refuseWhenFinal<CancelOrder>(NOT_CANCELLABLE);
  setHandler(cancelOrder, cancelling, { validator });
  setHandler(cancel, cancelling, { validator });
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

/** What is said to large orders only. What is written is in the database first; the run looks again after it. */
function answerStageMessages({ orderId }: DeliverInStages, state: DeliverInStagesState): void {
  const heard = (progress: StageProgress): StageProgress => {
    state.note(progress);
    state.hear();
    return progress;
  };
  setHandler(stageProgress, () => state.stages());
  setHandler(
    recordPayment,
    async (ask: RecordPayment) => heard(await recordStagePayment({ orderId, ...ask })),
    { validator: (ask) => refuseFault(state.paymentFault(ask), state) },
  );
  setHandler(
    acceptStage,
    async (ask: AcceptStageAsk) => heard(await acceptDeliveredStage({ orderId, ...ask })),
    { validator: (ask) => refuseFault(state.acceptanceFault(ask), state) },
  );
  setHandler(
    extendDeadline,
    async (ask: ExtendDeadlineAsk) => heard(await extendStageDeadline({ orderId, ...ask })),
    { validator: (ask) => refuseFault(state.deadlineFault(ask, Date.now()), state) },
  );
}

function refuseFault(fault: string | undefined, state: DeliverInStagesState): void {
  if (fault !== undefined) throw refusal(fault, state.status);
}

const refusal = (type: string, status: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`the order is ${status}`, type, status);
