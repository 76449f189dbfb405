import type { OrderAdvanced, OrderRef } from '../order/order.activities.js';
import type {
  AcceptStageAsk,
  ExtendDeadlineAsk,
  RecordPayment,
  StageProgress,
} from './deliver-in-stages.contract.js';

/** How a large order stands after a step, and what is due. */
export interface StagesAdvanced extends OrderAdvanced, StageProgress {}

/** Steps of a large order that are one transaction each; all may run twice. */
export interface LargeOrderActivities {
  /** Does all that is due: lets go what is paid, reminds, pauses, ends, and names the calls to suppliers. */
  advanceStages(input: OrderRef): Promise<StagesAdvanced>;
  /** Books a payment once for its reference, and lets go what it pays for. */
  recordStagePayment(input: OrderRef & RecordPayment): Promise<StageProgress>;
  /** Accepts a delivered stage; one that was accepted stays so. */
  acceptDeliveredStage(input: OrderRef & AcceptStageAsk): Promise<StageProgress>;
  /** Moves the present deadline to a later time. */
  extendStageDeadline(input: OrderRef & ExtendDeadlineAsk): Promise<StageProgress>;
}
