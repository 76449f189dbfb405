/** A card as staff hand it in: a number (or the code itself), perhaps a password, perhaps a last day. */
export interface CardText {
  readonly cardNo: string;
  readonly cardPassword: string;
  /** `YYYY-MM-DD`, the last day on which the card may be sold; null for none. */
  readonly expiresOn: string | null;
}

export const CARD_TEXT_LENGTH_MAX = 512;

export const REFUSED_LINE_REASONS = [
  'duplicate-in-file',
  'duplicate-in-stock',
  'missing-number',
  'missing-password',
  'too-long',
  'bad-expiry',
  'expired',
  'bad-quotes',
  'too-many-fields',
  'control-character',
] as const;
export type RefusedLineReason = (typeof REFUSED_LINE_REASONS)[number];

/** What two lines must share to be the same card: its number; compatibility forms and blanks around it do not count. */
export function cardIdentity(card: Pick<CardText, 'cardNo'>): string {
  return card.cardNo.normalize('NFKC').trim();
}
