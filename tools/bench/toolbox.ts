import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The checkout: the nearest folder above with a package.json, seen from the sources and from dist alike. */
export const ROOT = findRoot(import.meta.dirname);
export const BENCH_FOLDER = path.join(ROOT, '.data', 'bench');

export const inDist = (...parts: string[]): string => path.join(ROOT, 'dist', ...parts);

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package-lock.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('no package-lock.json above this program');
  return findRoot(parent);
}

export interface PartSpec {
  readonly name: string;
}
export interface RunningPart {
  readonly pid: number | undefined;
  startAndWait(withinMs?: number): Promise<void>;
  stop(graceMs?: number): Promise<void>;
}
export type Ports = Record<string, number>;
export interface Secrets {
  readonly masterKeys: string;
  readonly fingerprintKey: string;
  readonly databasePassword: string;
}
interface LeftOver {
  readonly name: string;
  readonly pid: number;
}

/** The front door's own helpers (plain modules, not compiled), so that the servers here are those of `npm start`. */
export interface Toolbox {
  readonly Part: new (spec: PartSpec, ledger: unknown) => RunningPart;
  readonly ProcessLedger: new (file: string) => unknown;
  readonly leftOvers: (file: string) => LeftOver[];
  readonly stopProcess: (target: LeftOver & { graceMs: number }) => Promise<boolean>;
  readonly isStillThere: (noted: { pid: number; identity?: string }) => boolean;
  readonly identityOf: (pid: number) => string | undefined;
  readonly freePort: () => Promise<number>;
  readonly choosePorts: (base: string | undefined) => Ports;
  readonly postgresPart: (options: {
    dataDir: string;
    port: number;
    password: string;
    logFile: string;
  }) => Promise<PartSpec>;
  readonly ensureDatabase: (options: {
    port: number;
    password: string;
    database: string;
  }) => Promise<void>;
  readonly placesOfPostgres: (dataDir: string) => string[];
  readonly temporalPart: (options: {
    file: string;
    ports: Ports;
    logFile: string;
  }) => Promise<PartSpec>;
  readonly appEnvironment: (system: { ports: Ports; secrets: Secrets }) => NodeJS.ProcessEnv;
  readonly appParts: (system: { ports: Ports; env: NodeJS.ProcessEnv; logs: string }) => PartSpec[];
  readonly newSecrets: () => Secrets;
}

const MODULES = [
  'part',
  'processes',
  'ports',
  'postgres',
  'postgres-home',
  'temporal',
  'apps',
  'secrets',
];

export async function openToolbox(): Promise<Toolbox> {
  const loaded = await Promise.all(
    MODULES.map((name) => {
      const file = path.join(ROOT, 'tools', 'lib', `${name}.mjs`);
      return import(pathToFileURL(file).href) as Promise<Partial<Toolbox>>;
    }),
  );
  return Object.assign({}, ...loaded) as Toolbox;
}
