import { createDecipheriv } from 'node:crypto';

/** AES in ECB mode with PKCS padding, base64, the secret itself being the key: its length chooses 128 or 256 bits. */
export function openEcb(sealed: string, secret: string, keyBytes: 16 | 32): string | undefined {
  const key = Buffer.from(secret, 'utf8');
  if (key.length !== keyBytes) return undefined;
  return opened(() => {
    const cipher = createDecipheriv(`aes-${keyBytes * 8}-ecb`, key, null);
    return Buffer.concat([cipher.update(Buffer.from(sealed, 'base64')), cipher.final()]);
  });
}

/** AES-256 in CBC mode, base64, the first 16 bytes being the initialisation vector. */
export function openCbc(sealed: string, key: Uint8Array): string | undefined {
  return opened(() => {
    const bytes = Buffer.from(sealed, 'base64');
    const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
  });
}

/** A wrong key shows in the padding or in bytes that are no text. */
function opened(open: () => Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(open());
  } catch {
    return undefined;
  }
}
