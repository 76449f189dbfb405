/** What a message may hold at most. */
export const COMPLAINT_TEXT_MAX = 4_000;
const SUMMARY_MAX = 200;

/** Characters that are not seen but turn text around, and all control characters but the end of a line. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?!\n)\p{Cc}/gu;

/** Text of other people as it is kept: never rendered as HTML, nothing unseen in it. */
export function cleanText(text: string): string {
  return wellFormed(
    text.replaceAll('\r\n', '\n').replace(UNSEEN, '').trim().slice(0, COMPLAINT_TEXT_MAX),
  );
}

/** The beginning of a text, in one line. */
export const summaryOf = (text: string): string =>
  wellFormed(text.replaceAll(/\s+/gu, ' ').slice(0, SUMMARY_MAX));

/** Postgres holds no half of a pair; a cut may have left one. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Cs}/gu, '');

export const IMAGE_TYPES = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' } as const;
export type ImageType = (typeof IMAGE_TYPES)[keyof typeof IMAGE_TYPES];

export const IMAGES_MAX = 3;
/** A picture that staff upload; one of the API must fit into its body of 64 kB. */
export const IMAGE_BYTES_MAX = 5_000_000;

const begins = (bytes: Uint8Array, signature: readonly number[], offset = 0): boolean =>
  signature.every((value, index) => bytes[offset + index] === value);

/** What a picture is by its first bytes, whatever its name says; undefined where it is none that we take. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return IMAGE_TYPES.png;
  if (begins(bytes, [0xff, 0xd8, 0xff])) return IMAGE_TYPES.jpeg;
  const isRiff = begins(bytes, [0x52, 0x49, 0x46, 0x46]);
  return isRiff && begins(bytes, [0x57, 0x45, 0x42, 0x50], 8) ? IMAGE_TYPES.webp : undefined;
}
