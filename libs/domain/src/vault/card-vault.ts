import { createHmac, randomBytes } from 'node:crypto';
import { cardIdentity, type CardText } from '../inventory/card-text.js';
import { KEY_BYTES, MasterKeys, openWith, sealWith, secretContext } from './master-key.js';

const FINGERPRINT_BYTES = 16;
const OPEN_KEYS_MAX = 5_000;

/** A card as the database holds it, with its batch's wrapped data key. */
export interface SealedCard {
  readonly cardId: string;
  readonly productId: string;
  readonly batchId: string;
  readonly sealed: Buffer;
  readonly dataKeySealed: Buffer;
}

export type CardSecret = Pick<CardText, 'cardNo' | 'cardPassword'>;

/** What a card's ciphertext is bound to: table, row, product and key. */
function cardContext(cardId: string, productId: string, batchId: string): string {
  return `cards|${cardId}|${productId}|${batchId}`;
}

/** Encrypts and decrypts cards. Each batch has a data key of its own, wrapped by the master key. */
export class CardVault {
  private readonly openKeys = new Map<string, Buffer>();

  constructor(
    private readonly masterKeys: MasterKeys,
    private readonly fingerprintKey: Buffer,
  ) {
    if (fingerprintKey.length !== KEY_BYTES) throw new Error('the fingerprint key is not 32 bytes');
  }

  /** A fresh data key for a batch, wrapped as it is stored. */
  newDataKey(batchId: string): Buffer {
    const key = randomBytes(KEY_BYTES);
    this.openKeys.set(batchId, key);
    return this.masterKeys.seal(key, secretContext.cardBatch(batchId));
  }

  seal(
    card: CardSecret & { cardId: string; productId: string; batchId: string },
    dataKeySealed: Buffer,
  ): Buffer {
    const plain = Buffer.from(JSON.stringify([card.cardNo, card.cardPassword]), 'utf8');
    const key = this.dataKey(card.batchId, dataKeySealed);
    return sealWith(key, plain, cardContext(card.cardId, card.productId, card.batchId));
  }

  open(card: SealedCard): CardSecret {
    const key = this.dataKey(card.batchId, card.dataKeySealed);
    const context = cardContext(card.cardId, card.productId, card.batchId);
    const plain = openWith(key, card.sealed, context).toString('utf8');
    const [cardNo, cardPassword] = JSON.parse(plain) as [string, string];
    return { cardNo, cardPassword };
  }

  /** Keyed fingerprint of a card's number: equal numbers are found, numbers are not. */
  fingerprint(card: Pick<CardText, 'cardNo'>): Buffer {
    const digest = createHmac('sha256', this.fingerprintKey)
      .update(cardIdentity(card), 'utf8')
      .digest();
    return digest.subarray(0, FINGERPRINT_BYTES);
  }

  private dataKey(batchId: string, sealed: Buffer): Buffer {
    let key = this.openKeys.get(batchId);
    if (!key) {
      key = this.masterKeys.open(sealed, secretContext.cardBatch(batchId));
      if (this.openKeys.size >= OPEN_KEYS_MAX) this.openKeys.clear();
      this.openKeys.set(batchId, key);
    }
    return key;
  }
}
