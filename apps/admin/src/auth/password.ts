import { hash, verify } from '@node-rs/argon2';
import { PASSWORD_COST, passwordText } from '#domain';

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 200;

let decoy: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(passwordText(password), PASSWORD_COST);
}

/** Takes as long for somebody who does not exist as for somebody who does. */
export async function isPassword(
  password: string,
  passwordHash: string | undefined,
): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await decoy), passwordText(password)).catch(
    () => false,
  );
  return matches && passwordHash !== undefined;
}
