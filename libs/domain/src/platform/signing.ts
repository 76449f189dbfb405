/** How far a request's clock may be off, in seconds. */
export const CLOCK_SKEW_SECONDS = 300;
/** A nonce is remembered this long: past it, its timestamp has run out, too. */
export const NONCE_KEPT_SECONDS = 2 * CLOCK_SKEW_SECONDS + 60;

export const NONCE_PATTERN = /^[A-Za-z0-9_-]{16,64}$/;
export const TIMESTAMP_PATTERN = /^\d{1,12}$/;

/** The text a platform signs: method, path with query exactly as sent, time, nonce, hash of the raw body. */
export function signingText(parts: {
  readonly method: string;
  readonly target: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly bodySha256Hex: string;
}): string {
  return [parts.method, parts.target, parts.timestamp, parts.nonce, parts.bodySha256Hex].join('\n');
}
