import { z } from 'zod';
import { ENTRY_KINDS, PAYMENT_SOURCES, STATEMENT_STATUSES } from '#domain';

const yuan = z.string().meta({ examples: ['-197.00'], description: 'decimal yuan' });
const day = z.string().meta({ format: 'date', description: 'a day in Shanghai' });
const instant = z.string().meta({ format: 'date-time' });

const statementView = z.object({
  statementNo: z.string(),
  periodFrom: day,
  periodTo: day,
  status: z.enum(STATEMENT_STATUSES),
  openingBalance: yuan,
  totals: z
    .object({
      orders: yuan,
      refunds: yuan,
      compensation: yuan,
      fees: yuan,
      topUps: yuan,
      payments: yuan,
      others: yuan,
    })
    .meta({ description: 'changes of your balance: what you bought is negative' }),
  closingBalance: yuan,
  lineCount: z.int(),
  amountDue: yuan.meta({ description: 'what you are asked to pay for the period' }),
  adjustedAmount: yuan.meta({ description: 'what disputes have changed about it' }),
  paidAmount: yuan,
  writtenOffAmount: yuan,
  outstandingAmount: yuan,
  disputedAmount: yuan.meta({ description: 'held back while a dispute is open' }),
  dueOn: day.nullable(),
  isDueEstimated: z
    .boolean()
    .meta({ description: 'the working days of that year are not announced yet' }),
  latestDueOn: day
    .nullable()
    .meta({ description: 'nothing is overdue before this day has passed' }),
  issuedAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  settledAt: instant.nullable(),
});

export const statementPage = z.object({
  items: z.array(statementView),
  nextCursor: z.string().nullable(),
});

export const statementDetailView = statementView.extend({
  payments: z.array(
    z.object({
      amount: yuan,
      source: z.enum(PAYMENT_SOURCES),
      bankReference: z.string(),
      receivedOn: day,
    }),
  ),
  lines: z.object({
    items: z.array(
      z.object({
        kind: z.enum(ENTRY_KINDS),
        orderNo: z.string().nullable(),
        merchantOrderNo: z.string().nullable(),
        amount: yuan,
        postedAt: instant,
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
