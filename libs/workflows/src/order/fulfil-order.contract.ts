import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Actor, OrderStatus } from '#domain';

/** Where an order stood when its run was started. */
export interface FulfilOrder {
  readonly orderId: string;
  readonly orderNo: string;
  readonly productId: string;
  readonly productCode: string;
  readonly quantity: number;
  readonly status: OrderStatus;
  readonly version: number;
  /** When a waiting order fails; null where nothing is waited for. */
  readonly deadlineAtMs: number | null;
  /** Present in runs that buy from suppliers what stock lacks; those started before there were any only wait. */
  readonly buys?: true;
}

export interface FulfilOrderResult {
  readonly status: OrderStatus;
}

/** A fact: the order's row has changed. A later version outweighs an earlier one, whatever comes first. */
export interface OrderChanged {
  readonly status: OrderStatus;
  readonly version: number;
}

/**
 * Who asks. A staff member is named by id, not by e-mail address: what is written here stays in the history. The
 * worker looks the address up for the order's timeline.
 */
export type AskedBy = Actor;

export interface CancelOrder {
  readonly reason: string;
  readonly actor: AskedBy;
}

export interface RetryNow {
  readonly actor: AskedBy;
}

export interface OrderAnswer {
  readonly status: OrderStatus;
}

export interface OrderProgress extends OrderChanged {
  readonly phase: 'waiting' | 'done';
  readonly deadlineAtMs: number | null;
}

export const orderChanged = defineSignal<[OrderChanged]>('orderChanged');
/** Refused with `order.not-cancellable` once the order is final. */
export const cancelOrder = defineUpdate<OrderAnswer, [CancelOrder]>('cancelOrder');
/** Tries to fill waiting orders of the product at once. Refused with `order.not-waiting` once the order is final. */
export const retryNow = defineUpdate<OrderAnswer, [RetryNow]>('retryNow');
export const orderProgress = defineQuery<OrderProgress>('orderProgress');

/** Types of the failures that updates answer with. */
export const NOT_CANCELLABLE = 'order.not-cancellable';
export const NOT_WAITING = 'order.not-waiting';
