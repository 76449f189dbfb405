import { isFinal, type OrderStatus } from '../order/order-status.js';
import { formatAmount } from '../shared/money.js';
import type { StageStatus } from './large-order-phase.js';
import { paidPerStage, type PlannedStage } from './stage-plan.js';

export interface StageFacts extends PlannedStage {
  readonly status: StageStatus;
  readonly dueAtMs: number | null;
  readonly releasedAtMs: number | null;
  readonly acceptedAtMs: number | null;
}

/** What an order knows of its stages. */
export interface OrderStages {
  readonly prepaymentHao: number;
  readonly prepaymentDueAtMs: number | null;
  readonly paidHao: number;
  /** A payment is overdue. */
  readonly isPaused: boolean;
  readonly stages: readonly StageFacts[];
}

export const PREPAYMENT_STATUSES = ['awaiting-payment', 'overdue', 'paid', 'cancelled'] as const;
export type PrepaymentStatus = (typeof PREPAYMENT_STATUSES)[number];

/** The prepayment of a large order as its platform sees it; amounts are decimal yuan. */
export interface PrepaymentView {
  readonly status: PrepaymentStatus;
  readonly amount: string;
  readonly paidAmount: string;
  readonly dueAt: string | null;
}

/** One stage as the platform sees it. */
export interface StageView {
  readonly stageNo: number;
  readonly status: StageStatus;
  readonly quantity: number;
  readonly deliveredQuantity: number;
  readonly amount: string;
  /** What of the amount the prepayment covers. */
  readonly prepaidAmount: string;
  readonly paidAmount: string;
  readonly dueAt: string | null;
  readonly releasedAt: string | null;
  readonly acceptedAt: string | null;
}

/** Names each field, as the order's own view does. */
export function toStageViews(
  order: OrderStages & { readonly status: OrderStatus; readonly deliveredQuantity: number },
  isoTime: (ms: number) => string,
): { readonly prepayment: PrepaymentView; readonly stages: readonly StageView[] } {
  const time = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));
  const paid = paidPerStage(order, order.paidHao);
  let unitsBefore = 0;
  const stages = order.stages.map((stage, index) => {
    const delivered = Math.min(stage.quantity, Math.max(0, order.deliveredQuantity - unitsBefore));
    unitsBefore += stage.quantity;
    return {
      stageNo: stage.stageNo,
      status: shownStatus(stage, order.status),
      quantity: stage.quantity,
      deliveredQuantity: delivered,
      amount: formatAmount(stage.amountHao),
      prepaidAmount: formatAmount(stage.prepaidHao),
      paidAmount: formatAmount(paid[index] ?? 0),
      dueAt: time(stage.dueAtMs),
      releasedAt: time(stage.releasedAtMs),
      acceptedAt: time(stage.acceptedAtMs),
    };
  });
  const prepayment = {
    status: prepaymentStatus(order),
    amount: formatAmount(order.prepaymentHao),
    paidAmount: formatAmount(Math.min(order.paidHao, order.prepaymentHao)),
    dueAt: time(order.prepaymentDueAtMs),
  };
  return { prepayment, stages };
}

/** The last units may have ended the order a moment before its stages are closed: a final order is shown as it stays. */
function shownStatus({ status }: StageFacts, orderStatus: OrderStatus): StageStatus {
  if (orderStatus === 'succeeded') return 'accepted';
  return isFinal(orderStatus) && status !== 'accepted' ? 'cancelled' : status;
}

function prepaymentStatus(
  order: Pick<OrderStages, 'paidHao' | 'prepaymentHao' | 'isPaused'> & {
    readonly status: OrderStatus;
  },
): PrepaymentStatus {
  if (order.paidHao >= order.prepaymentHao) return 'paid';
  if (isFinal(order.status)) return 'cancelled';
  return order.isPaused ? 'overdue' : 'awaiting-payment';
}
