import { z } from 'zod';

/** Text that Postgres and JSON can hold: no control characters, no halves of a pair. */
export function plainText(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'contains control characters');
}

export const merchantOrderNo = z
  .string()
  .regex(/^[A-Za-z0-9_-]{2,32}$/, '2 to 32 of A-Z a-z 0-9 _ -')
  .meta({ description: "The platform's own order number: the idempotency key, for ever." });

export const productCode = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, '1 to 64 visible ASCII characters');

export const quantity = z.int().min(1).max(10_000);

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
