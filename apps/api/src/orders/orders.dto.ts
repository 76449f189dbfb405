import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalRequest, parseYuan, type OrderRequest } from '#domain';
import {
  isHttpUrl,
  merchantOrderNo,
  plainText,
  productCode,
  quantity,
  says,
} from '../http/fields.js';

const accountFieldName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, says('account-field-name'));
const account = z.record(accountFieldName, plainText(200));

/** Body of `POST /open/v1/orders`; unknown fields are refused. */
export const createOrder = z.strictObject({
  merchantOrderNo,
  productCode,
  quantity,
  account: account.optional().meta({ description: "The fields of the product's template." }),
  maxAmount: z
    .string()
    .regex(/^\d{1,11}(\.\d{1,4})?$/, says('decimal-amount'))
    .optional()
    .meta({ description: 'The most the platform will pay in total, in yuan.' }),
  callbackUrl: plainText(500)
    .refine(isHttpUrl, says('web-address'))
    .optional()
    .meta({ description: "https; its host must be on the platform's allow-list." }),
  customerNo: plainText(64).optional(),
  saleChannel: plainText(40).optional(),
  remark: plainText(500).optional(),
});

/** Body of `POST /open/v1/orders/{merchantOrderNo}/cancel`. */
export const cancelOrder = z.strictObject({ reason: plainText(200).optional() });

export type CreateOrder = z.infer<typeof createOrder>;

/** The request as the domain knows it: absent fields are null, the amount is in hao. */
export function toOrderRequest(body: CreateOrder): OrderRequest {
  return {
    merchantOrderNo: body.merchantOrderNo,
    productCode: body.productCode,
    quantity: body.quantity,
    account: body.account ?? {},
    maxAmountHao: body.maxAmount === undefined ? null : (parseYuan(body.maxAmount) ?? null),
    callbackUrl: body.callbackUrl ?? null,
    customerNo: body.customerNo ?? null,
    saleChannel: body.saleChannel ?? null,
    remark: body.remark ?? null,
  };
}

/** SHA-256 of the content, in hex: what makes a repeat a repeat. */
export function fingerprintOf(request: OrderRequest): string {
  return createHash('sha256').update(canonicalRequest(request), 'utf8').digest('hex');
}

const WAIT_SECONDS_MAX = 25;

/** Milliseconds asked for by `Prefer: wait=N`, at most 25 seconds; 0 where it is absent. */
export function preferredWaitMs(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})"?(?:$|[,;\s])/i.exec(prefer ?? '')?.[1];
  return Math.min(Number(seconds ?? 0), WAIT_SECONDS_MAX) * 1000;
}
