import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the doctor must know; the environment of production wins over the files of `npm start`. */
export interface RunningSystem {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly masterKeys: string | undefined;
  readonly fingerprintKey: string | undefined;
}

export class NoRunningSystem extends Error {}

const runFile = z.object({
  databaseUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
});
const secretsFile = z.object({ masterKeys: z.string(), fingerprintKey: z.string() });

const DATA_FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../.data');

/** Throws NoRunningSystem with what is missing and what to do. */
export function findRunningSystem(env: NodeJS.ProcessEnv, dataFolder = DATA_FOLDER): RunningSystem {
  const databaseUrl = env['DATABASE_URL'];
  if (databaseUrl)
    return {
      databaseUrl,
      temporalAddress: env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233',
      temporalNamespace: env['TEMPORAL_NAMESPACE'] ?? 'kagong',
      masterKeys: env['KAGONG_MASTER_KEYS'],
      fingerprintKey: env['KAGONG_FINGERPRINT_KEY'],
    };
  const run = runFile.safeParse(readJson(path.join(dataFolder, 'run.json')));
  if (!run.success)
    throw new NoRunningSystem(
      'Kagong is not running here: .data/run.json is missing or cannot be read. Start it with npm start, or set DATABASE_URL.',
    );
  const secrets = secretsFile.safeParse(readJson(path.join(dataFolder, 'secrets.json')));
  return {
    ...run.data,
    masterKeys: secrets.data?.masterKeys,
    fingerprintKey: secrets.data?.fingerprintKey,
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
