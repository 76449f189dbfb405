import { z } from 'zod';
import {
  ORDER_FAIL_CODES,
  ORDER_STATUSES,
  PREPAYMENT_STATUSES,
  PRODUCT_KINDS,
  STAGE_STATUSES,
  STOCK_LEVELS,
} from '#domain';

const yuan = z.string().meta({ examples: ['197.00'], description: 'decimal yuan' });
const unitPrice = z
  .string()
  .meta({ examples: ['98.5000'], description: 'decimal yuan with four digits' });
const instant = z.string().meta({ format: 'date-time' });

/** One stage of a large order. */
const stageView = z.object({
  stageNo: z.int(),
  status: z.enum(STAGE_STATUSES).meta({
    description:
      'planned, awaiting-payment (overdue when its time has passed), delivering once its money has cleared, delivered until it is accepted',
  }),
  quantity: z.int(),
  deliveredQuantity: z.int(),
  amount: yuan,
  prepaidAmount: yuan.meta({ description: 'what of the amount the prepayment covers' }),
  paidAmount: yuan.meta({ description: 'what has cleared, the share of the prepayment included' }),
  dueAt: instant.nullable().meta({ description: 'when its payment is due; null until it begins' }),
  releasedAt: instant.nullable(),
  acceptedAt: instant.nullable(),
});

export const orderView = z.object({
  orderNo: z.string(),
  merchantOrderNo: z.string(),
  productCode: z.string(),
  quantity: z.int(),
  status: z
    .enum(ORDER_STATUSES)
    .meta({ description: 'succeeded, partial, failed and cancelled are final' }),
  deliveredQuantity: z.int(),
  unitPrice,
  amount: yuan,
  refundedAmount: yuan,
  cards: z.array(
    z.object({ cardNo: z.string(), cardPassword: z.string(), expiresOn: z.string().nullable() }),
  ),
  prepayment: z
    .object({
      status: z.enum(PREPAYMENT_STATUSES),
      amount: yuan,
      paidAmount: yuan,
      dueAt: instant.nullable(),
    })
    .optional()
    .meta({ description: 'large orders only' }),
  stages: z.array(stageView).optional().meta({ description: 'large orders only' }),
  failCode: z.enum(ORDER_FAIL_CODES).nullable(),
  failReason: z.string().nullable(),
  version: z.int().meta({ description: 'only grows' }),
  createdAt: instant,
  updatedAt: instant,
});

export const productView = z.object({
  productCode: z.string(),
  name: z.string(),
  kind: z.enum(PRODUCT_KINDS),
  price: unitPrice,
  stock: z.enum(STOCK_LEVELS),
  mayWait: z.boolean().meta({ description: 'whether an order may wait when stock is short' }),
  minQuantity: z.int(),
  maxQuantity: z.int(),
  quantityStep: z.int(),
  accountFields: z.array(
    z.object({ name: z.string(), label: z.string(), required: z.boolean(), maxLength: z.int() }),
  ),
  bannedChannels: z.array(z.string()),
});

export const productPage = z.object({
  items: z.array(productView),
  nextCursor: z.string().nullable(),
});

export const quoteView = z.object({
  productCode: z.string(),
  quantity: z.int(),
  unitPrice,
  amount: yuan,
  reasons: z.array(z.object({ code: z.string(), detail: z.string() })),
});

export const balanceView = z.object({
  balance: yuan,
  held: yuan,
  creditLimit: yuan,
  creditUsed: yuan,
});
