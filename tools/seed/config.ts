import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { STAFF_ROLES } from '#domain';
import { MasterKeys } from '#domain/stores';

const environment = z.object({
  DATABASE_URL: z.url(),
  KAGONG_MASTER_KEYS: z.string().min(1),
  KAGONG_FINGERPRINT_KEY: z.base64(),
  SAMPLE_SECRETS_FILE: z.string().min(1),
  SUPPLIER_SIMULATOR_URL: z.url().default('http://127.0.0.1:4010'),
});

const secretsFile = z.object({
  platforms: z.array(
    z.object({
      code: z.string(),
      key: z.string().min(8).max(64),
      secret: z.string().min(16),
      callbackSecret: z.string().startsWith('whsec_'),
    }),
  ),
  staff: z.array(
    z.object({ email: z.string(), password: z.string().min(8), role: z.enum(STAFF_ROLES) }),
  ),
});

/** Keys and log-ins of the sample platforms and people; they were made for this installation. */
export type SampleSecrets = z.infer<typeof secretsFile>;

export interface SeedConfig {
  readonly databaseUrl: string;
  readonly masterKeys: MasterKeys;
  readonly fingerprintKey: Buffer;
  readonly secrets: SampleSecrets;
  /** Where the sample suppliers live. */
  readonly simulatorUrl: string;
}

/** Throws with every problem at once. */
export function readSeedConfig(env: NodeJS.ProcessEnv): SeedConfig {
  const given = environment.safeParse(env);
  if (!given.success)
    throw new Error(`The environment is incomplete:\n${z.prettifyError(given.error)}`);
  const file = given.data.SAMPLE_SECRETS_FILE;
  const secrets = secretsFile.safeParse(readJson(file));
  if (!secrets.success)
    throw new Error(`${file} is incomplete:\n${z.prettifyError(secrets.error)}`);
  return {
    databaseUrl: given.data.DATABASE_URL,
    masterKeys: MasterKeys.parse(given.data.KAGONG_MASTER_KEYS),
    fingerprintKey: Buffer.from(given.data.KAGONG_FINGERPRINT_KEY, 'base64'),
    secrets: secrets.data,
    simulatorUrl: given.data.SUPPLIER_SIMULATOR_URL,
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read`, { cause: error });
  }
}
