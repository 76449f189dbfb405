import { z } from 'zod';
import type { FieldIssue } from '#domain/i18n';

/** What a schema answers for a value that breaks a rule of ours: its text is chosen at the edge. */
export const says = (issue: FieldIssue): string => issue;

/** Text that Postgres and JSON can hold: no control characters, no halves of a pair. */
export function plainText(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => !/\p{Cc}/u.test(text), says('control-characters'))
    .refine((text) => !/\p{Cs}/u.test(text), says('half-character'));
}

export const merchantOrderNo = z
  .string()
  .regex(/^[A-Za-z0-9_-]{2,32}$/, says('merchant-order-no'))
  .meta({ description: "The platform's own order number: the idempotency key, for ever." });

export const productCode = z.string().regex(/^[\x21-\x7e]{1,64}$/, says('product-code'));

export const quantity = z.int().min(1).max(10_000);

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

/** A web address that a callback may be posted to. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
