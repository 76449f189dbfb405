import { formatAmount, type EntryKind, type PaymentSource, type StatementStatus } from '#domain';
import type { StatementLineRead, StatementPaymentRead, StatementRead } from '#domain/stores';

export interface StatementView {
  readonly statementNo: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly status: StatementStatus;
  readonly openingBalance: string;
  readonly totals: {
    readonly orders: string;
    readonly refunds: string;
    readonly compensation: string;
    readonly fees: string;
    readonly topUps: string;
    readonly payments: string;
    readonly others: string;
  };
  readonly closingBalance: string;
  readonly lineCount: number;
  readonly amountDue: string;
  readonly adjustedAmount: string;
  readonly paidAmount: string;
  readonly writtenOffAmount: string;
  readonly outstandingAmount: string;
  readonly disputedAmount: string;
  readonly dueOn: string | null;
  readonly isDueEstimated: boolean;
  readonly latestDueOn: string | null;
  readonly issuedAt: string | null;
  readonly confirmedAt: string | null;
  readonly settledAt: string | null;
}

export interface StatementLineView {
  readonly kind: EntryKind;
  readonly orderNo: string | null;
  readonly merchantOrderNo: string | null;
  readonly amount: string;
  readonly postedAt: string;
}

export interface StatementPaymentView {
  readonly amount: string;
  readonly source: PaymentSource;
  readonly bankReference: string;
  readonly receivedOn: string;
}

export interface StatementDetailView extends StatementView {
  readonly payments: readonly StatementPaymentView[];
  readonly lines: {
    readonly items: readonly StatementLineView[];
    readonly nextCursor: string | null;
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A whitelist: what a platform may know of its statement. */
export function toStatementView(read: StatementRead): StatementView {
  return {
    statementNo: read.statementNo,
    periodFrom: read.periodFrom,
    periodTo: read.periodTo,
    status: read.status,
    openingBalance: formatAmount(read.openingHao),
    totals: {
      orders: formatAmount(read.ordersHao),
      refunds: formatAmount(read.refundsHao),
      compensation: formatAmount(read.compensationHao),
      fees: formatAmount(read.feesHao),
      topUps: formatAmount(read.topUpsHao),
      payments: formatAmount(read.paymentsHao),
      others: formatAmount(read.othersHao),
    },
    closingBalance: formatAmount(read.closingHao),
    lineCount: read.lineCount,
    amountDue: formatAmount(read.dueHao),
    adjustedAmount: formatAmount(read.adjustedHao),
    paidAmount: formatAmount(read.paidHao),
    writtenOffAmount: formatAmount(read.writtenOffHao),
    outstandingAmount: formatAmount(read.outstandingHao),
    disputedAmount: formatAmount(read.heldHao),
    dueOn: read.dueOn,
    isDueEstimated: read.isDueEstimated,
    latestDueOn: read.latestDueOn,
    issuedAt: iso(read.issuedAt),
    confirmedAt: iso(read.confirmedAt),
    settledAt: iso(read.settledAt),
  };
}

export const toLineView = (line: StatementLineRead): StatementLineView => ({
  kind: line.kind,
  orderNo: line.orderNo,
  merchantOrderNo: line.merchantOrderNo,
  amount: formatAmount(line.amountHao),
  postedAt: line.postedAt.toISOString(),
});

export const toPaymentView = (payment: StatementPaymentRead): StatementPaymentView => ({
  amount: formatAmount(payment.amountHao),
  source: payment.source,
  bankReference: payment.bankReference,
  receivedOn: payment.receivedOn,
});
