import { z } from 'zod';
import { DomainError } from '#domain';

const REASON_LENGTH_MIN = 4;
const REASON_LENGTH_MAX = 500;

/** What a call of ours may carry; anything else is refused. */
export function checked<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const isReason = parsed.error.issues.some((issue) => issue.path[0] === 'reason');
  throw new DomainError(isReason ? 'staff.reason-required' : 'request.invalid');
}

/** Why somebody does what cannot be undone. */
export const reasonField = z.string().trim().min(REASON_LENGTH_MIN).max(REASON_LENGTH_MAX);
export const recordId = z.string().regex(/^\d{1,18}$/);
export const uuidField = z.uuid();
/** Made by the form when it is opened: handed in twice, it acts once. */
export const formKeyField = z.string().regex(/^[0-9a-f]{16,64}$/);

/** An id out of an address; a wrong one is as good as one that does not exist. */
export function recordIdOf(text: string): string {
  const parsed = recordId.safeParse(text);
  if (!parsed.success) throw new DomainError('order.not-found');
  return parsed.data;
}

export function uuidOf(text: string): string {
  const parsed = uuidField.safeParse(text);
  if (!parsed.success) throw new DomainError('request.not-found');
  return parsed.data;
}
