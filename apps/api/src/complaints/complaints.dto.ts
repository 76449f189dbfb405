import { createHash } from 'node:crypto';
import { z } from 'zod';
import { COMPLAINT_CATEGORIES, COMPLAINT_TEXT_MAX, IMAGES_MAX } from '#domain';
import { isHttpUrl, merchantOrderNo, plainText, says } from '../http/fields.js';

const number = z
  .string()
  .regex(/^[A-Za-z0-9_-]{2,64}$/, says('merchant-complaint-no'))
  .meta({ description: "The platform's own number: sent again it is the same, for ever." });

/** Lines are welcome, other control characters are not. */
const text = z
  .string()
  .max(COMPLAINT_TEXT_MAX)
  .refine((value) => !/(?![\n\r\t])\p{Cc}/u.test(value), says('control-characters'))
  .refine((value) => !/\p{Cs}/u.test(value), says('half-character'));

const images = z.array(z.base64().min(4)).max(IMAGES_MAX).meta({
  description:
    'PNG, JPEG or WebP in base64, at most 3. The whole body stays below 64 kB: shrink pictures to about 40 kB in all.',
});

const instant = z.iso.datetime({ offset: true, error: says('instant') });

/** Body of `POST /open/v1/complaints`; unknown fields are refused. */
export const createComplaint = z.strictObject({
  merchantComplaintNo: number,
  merchantOrderNo: merchantOrderNo
    .optional()
    .meta({ description: 'The order that it is about; it may have been sent by you only.' }),
  unitNo: z.int().min(1).max(10_000).optional().meta({ description: 'Which piece of the order.' }),
  cardNo: plainText(200)
    .optional()
    .meta({ description: 'In place of the unit: the number of the card that it is about.' }),
  category: z.enum(COMPLAINT_CATEGORIES),
  text: text.min(1),
  images: images.optional(),
  occurredAt: instant
    .optional()
    .meta({ description: 'When you received it: our times count from here. Absent: now.' }),
  deadlineAt: instant
    .optional()
    .meta({ description: 'The deadline of an authority or of your arbitration.' }),
  customerNo: plainText(64).optional(),
  contact: plainText(120).optional(),
  callbackUrl: plainText(500)
    .refine(isHttpUrl, says('web-address'))
    .optional()
    .meta({ description: 'Where `complaint.updated` is posted; its host must be on your list.' }),
});
export type CreateComplaint = z.infer<typeof createComplaint>;

/** Body of `POST /open/v1/complaints/{complaintNo}/messages`. */
export const complaintMessage = z.strictObject({
  merchantMessageNo: number.optional(),
  action: z.enum(['message', 'confirm', 'withdraw']).default('message').meta({
    description: '`confirm` agrees to the solution that is offered, `withdraw` takes it back.',
  }),
  text: text.optional(),
  images: images.optional(),
  sentAt: instant
    .optional()
    .meta({ description: 'When you received it; waiting for it ends here. Absent: now.' }),
});
export type ComplaintMessageBody = z.infer<typeof complaintMessage>;

/** SHA-256 of the content, in hex: what makes a repeat a repeat. */
export function complaintFingerprint(body: CreateComplaint): string {
  const content = Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(content), 'utf8').digest('hex');
}
