import { createHmac, timingSafeEqual } from 'node:crypto';
import { SECOND_MS } from '#domain';

/** RFC 6238 as authenticator apps have it: SHA-1, 6 digits, a new one every 30 seconds. */
const STEP_MS = 30 * SECOND_MS;
const DIGITS = 6;
export const TOTP_SECRET_BYTES = 20;
/** Clocks of telephones go wrong by so many steps, and people type slowly. */
const STEPS_OFF = 1;

const stepAt = (nowMs: number): number => Math.floor(nowMs / STEP_MS);

/** The code of one step (RFC 4226). */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The step whose code was typed; undefined where it is none of the allowed ones. A step that was used, or one before it, counts
 * no more: whoever looked over a shoulder comes too late.
 */
export function acceptedTotpStep(
  secret: Buffer,
  typed: string,
  { nowMs, lastStep }: { readonly nowMs: number; readonly lastStep: number },
): number | undefined {
  const code = Buffer.from(typed.replace(/\s/g, ''));
  if (code.length !== DIGITS) return undefined;
  const now = stepAt(nowMs);
  for (let step = now - STEPS_OFF; step <= now + STEPS_OFF; step += 1)
    if (step > lastStep && timingSafeEqual(code, Buffer.from(totpCode(secret, step)))) return step;
  return undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648), as people type secrets into their app. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** What the picture says that an app reads. */
export function totpUri(secret: Buffer, { issuer, account }: Record<'issuer' | 'account', string>) {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
