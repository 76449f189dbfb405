import { createHash } from 'node:crypto';
import { base32 } from './totp.js';

export const RECOVERY_CODES = 10;
/** 80 bits: enough that a fast hash keeps it. */
export const RECOVERY_CODE_BYTES = 10;

/** The code as it is shown: four groups of four. */
export const recoveryCodeText = (bytes: Buffer): string =>
  (base32(bytes).match(/.{4}/g) ?? []).join('-');

/** What is kept of a recovery code. It is bound to its owner, and forgives how it is typed. */
export const recoveryCodeHash = (staffId: string, typed: string): string =>
  createHash('sha256')
    .update(`${staffId}|${typed.toUpperCase().replace(/[^A-Z2-7]/g, '')}`)
    .digest('hex');
