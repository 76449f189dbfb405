import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key inside a callback secret as it is shown to platforms; undefined where the text is none. */
export function webhookKey(secret: string): Buffer | undefined {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : '';
  return key.length > 0 ? Buffer.from(key) : undefined;
}

/** The three headers of Standard Webhooks for one try. */
export function webhookHeaders(
  key: Buffer,
  message: { readonly id: string; readonly sentAtMs: number; readonly body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.sentAtMs / 1_000));
  const signature = createHmac('sha256', key)
    .update(`${message.id}.${timestamp}.${message.body}`, 'utf8')
    .digest('base64');
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
