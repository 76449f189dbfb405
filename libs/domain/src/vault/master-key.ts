import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** Random bytes drawn ahead: one draw for many nonces costs a tenth of one each. */
const drawn = Buffer.alloc(IV_BYTES * 1_024);
let nextDrawn = drawn.length;

function freshNonce(): Buffer {
  if (nextDrawn >= drawn.length) {
    randomFillSync(drawn);
    nextDrawn = 0;
  }
  nextDrawn += IV_BYTES;
  return Buffer.from(drawn.subarray(nextDrawn - IV_BYTES, nextDrawn));
}

/** AES-256-GCM: nonce, ciphertext, tag. `context` is bound to the text: it opens nowhere else. */
export function sealWith(key: Buffer, plain: Buffer, context: string): Buffer {
  const iv = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where key, context or bytes are not those of `sealWith`. */
export function openWith(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new Error('sealed text is too short');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const body = sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** The keys that wrap data keys and small secrets. They live outside the database; the first one seals, all open. */
export class MasterKeys {
  private constructor(
    private readonly sealingId: string,
    private readonly keys: ReadonlyMap<string, Buffer>,
  ) {}

  /** Reads `id:base64[,id:base64…]`, the newest first; throws with what is wrong. */
  static parse(text: string): MasterKeys {
    const keys = new Map<string, Buffer>();
    for (const part of text.split(',')) {
      const [id, encoded] = part.trim().split(':');
      const key = Buffer.from(encoded ?? '', 'base64');
      if (!id || !/^[a-z0-9-]{1,32}$/i.test(id)) throw new Error('a master key needs a short id');
      if (key.length !== KEY_BYTES) throw new Error(`master key ${id} is not 32 bytes of base64`);
      keys.set(id, key);
    }
    const [sealingId] = keys.keys();
    if (sealingId === undefined) throw new Error('no master key is given');
    return new MasterKeys(sealingId, keys);
  }

  /** The id of the key is kept in front, so that keys can be rotated. */
  seal(plain: Buffer, context: string): Buffer {
    const id = Buffer.from(this.sealingId, 'utf8');
    const sealed = sealWith(this.key(this.sealingId), plain, context);
    return Buffer.concat([Buffer.from([id.length]), id, sealed]);
  }

  open(sealed: Buffer, context: string): Buffer {
    const length = sealed[0] ?? 0;
    const id = sealed.subarray(1, 1 + length).toString('utf8');
    return openWith(this.key(id), sealed.subarray(1 + length), context);
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (!key) throw new Error(`master key ${id} is not configured`);
    return key;
  }
}

/** What a sealed secret is bound to: its table, column and row. */
export const secretContext = {
  apiCredential: (key: string): string => `api_credentials|secret|${key}`,
  platformCallback: (platformCode: string): string => `platforms|callback_secret|${platformCode}`,
  supplier: (supplierCode: string): string => `suppliers|secret|${supplierCode}`,
  staffTotp: (staffId: string): string => `staff|totp|${staffId}`,
  alertChannel: (channelId: string): string => `alert_channels|address|${channelId}`,
  alertSecret: (channelId: string): string => `alert_channels|secret|${channelId}`,
  supplierNotification: (supplierCode: string, digestHex: string): string =>
    `supplier_notifications|sealed|${supplierCode}|${digestHex}`,
  cardBatch: (batchId: string): string => `card_batches|data_key|${batchId}`,
};
