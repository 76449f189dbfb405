import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readJson, writeAtomically } from './files.mjs';
import { inData } from './paths.mjs';
import { UserError } from './progress.mjs';

export const SECRETS_FILE = inData('secrets.json');
const PLATFORMS = ['demo', 'demo2', 'limited'];
const STAFF = [
  ['admin', 'owner'],
  ['operator', 'operator'],
  ['service', 'service'],
  ['finance', 'finance'],
  ['compliance', 'compliance'],
  ['ops', 'ops'],
  ['auditor', 'auditor'],
];
/** Without the look-alikes 0 O 1 l I. */
const READABLE = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * @typedef {object} Secrets
 * @property {string} masterKeys
 * @property {string} fingerprintKey
 * @property {string} sessionSecret
 * @property {string} databasePassword
 * @property {{ code: string, key: string, secret: string, callbackSecret: string }[]} platforms
 * @property {{ email: string, password: string, role: string, totpSecret?: string }[]} staff
 */

/**
 * The secrets of this system, made at its first start. They belong to its database for good:
 * card codes are encrypted under the master key.
 * @param {{ hasDatabase: boolean }} state
 * @returns {Secrets}
 */
export function secretsOf({ hasDatabase }) {
  const known = readJson(SECRETS_FILE);
  if (known) return known;
  if (hasDatabase || existsSync(SECRETS_FILE)) {
    const fault = existsSync(SECRETS_FILE)
      ? 'cannot be read'
      : 'is missing, but there is a database';
    throw new UserError(
      `.data/secrets.json ${fault}. Without its keys no card code can be decrypted.`,
      {
        hint: 'Put the file back, or begin anew with npm start -- --reset (which deletes the database).',
      },
    );
  }
  const secrets = newSecrets();
  writeAtomically(SECRETS_FILE, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** @returns {Secrets} */
export function newSecrets() {
  return {
    masterKeys: `m1:${randomBytes(32).toString('base64')}`,
    fingerprintKey: randomBytes(32).toString('base64'),
    sessionSecret: randomBytes(32).toString('base64url'),
    databasePassword: randomBytes(24).toString('hex'),
    platforms: PLATFORMS.map((code) => ({
      code,
      key: `ak_${code}_${randomBytes(9).toString('hex')}`,
      secret: randomBytes(32).toString('base64url'),
      callbackSecret: `whsec_${randomBytes(32).toString('base64')}`,
    })),
    staff: STAFF.map(([name, role]) => ({
      email: `${name}@example.test`,
      password: readablePassword(),
      role: /** @type {string} */ (role),
    })),
  };
}

/** Four groups of five, about 100 bits. */
function readablePassword() {
  const character = () => READABLE.charAt(randomInt(READABLE.length));
  return Array.from({ length: 4 }, () => Array.from({ length: 5 }, character).join('')).join('-');
}
