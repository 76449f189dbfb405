import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { LargeOrderPhase, LargePaymentSource } from '#domain';
import type {
  AskedBy,
  CancelOrder,
  FulfilOrder,
  OrderAnswer,
} from '../order/fulfil-order.contract.js';

/** A large order as its run is started: the same as any order. Its stages are read from the database, step by step. */
export type DeliverInStages = FulfilOrder;

/** Money that has cleared: at the bank, or to be taken from the platform's own balance. */
export interface RecordPayment {
  readonly source: LargePaymentSource;
  /** The bank's number of the payment: recorded once, however often it is sent. */
  readonly reference: string;
  readonly amountHao: number;
  readonly payer: string | null;
  readonly actor: AskedBy;
}

export interface AcceptStageAsk {
  readonly stageNo: number;
  readonly actor: AskedBy;
}

export interface ExtendDeadlineAsk {
  readonly dueAtMs: number;
  readonly reason: string;
  readonly actor: AskedBy;
}

/** Where the order stands, for one run. */
export interface StageProgress extends OrderAnswer {
  readonly phase: LargeOrderPhase | null;
  readonly stageNo: number;
  readonly isPaused: boolean;
  readonly dueAtMs: number | null;
}

/** Refused with `payment.invalid` or `large-order.ended` before it is accepted. */
export const recordPayment = defineUpdate<StageProgress, [RecordPayment]>('recordPayment');
/** Refused with `stage.not-acceptable` or `large-order.ended` before it is accepted. */
export const acceptStage = defineUpdate<StageProgress, [AcceptStageAsk]>('acceptStage');
/** Refused with `large-order.deadline-not-later` or `large-order.ended` before it is accepted. */
export const extendDeadline = defineUpdate<StageProgress, [ExtendDeadlineAsk]>('extendDeadline');
/** The same as `cancelOrder`, by the name that large orders are spoken of. */
export const cancel = defineUpdate<OrderAnswer, [CancelOrder]>('cancel');
export const stageProgress = defineQuery<StageProgress>('stageProgress');
