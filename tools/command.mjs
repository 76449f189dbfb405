// Runs a compiled program (`npm run import`, `doctor`, `bench` …) with the environment of the running system.
// Where DATABASE_URL is set, as in production, the environment is used as it is.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { appEnvironment } from './lib/apps.mjs';
import { readJson } from './lib/files.mjs';
import { whyInstall } from './lib/packages.mjs';
import { DIST } from './lib/paths.mjs';
import { choosePorts } from './lib/ports.mjs';
import { UserError, printError } from './lib/progress.mjs';
import { readRun } from './lib/run-file.mjs';
import { SECRETS_FILE } from './lib/secrets.mjs';

/** Programs that bring servers of their own. */
const SELF_CONTAINED = new Set(['bench/bench']);

/** Help is given without a running system, too. @param {string} program @param {string[]} args @returns {NodeJS.ProcessEnv} */
function environment(program, args) {
  if (process.env['DATABASE_URL'] || SELF_CONTAINED.has(program)) return process.env;
  if (args.includes('--help')) return process.env;
  const run = readRun();
  const secrets = readJson(SECRETS_FILE);
  if (!secrets) throw new UserError('.data/secrets.json is missing.');
  return {
    ...appEnvironment({ ports: choosePorts(undefined), secrets }),
    DATABASE_URL: run.databaseUrl,
    TEMPORAL_ADDRESS: run.temporalAddress,
    TEMPORAL_UI_URL: run.temporalUi,
  };
}

/** @param {string} program */
function requireBuilt(program) {
  const file = path.join(DIST, 'tools', `${program}.js`);
  if (whyInstall() === '' && existsSync(file)) return file;
  throw new UserError(
    `Kagong is not built here: ${path.relative(process.cwd(), file)} is missing.`,
    {
      hint: 'npm start builds it; npm run build does only that.',
    },
  );
}

try {
  const [program = '', ...args] = process.argv.slice(2);
  const file = requireBuilt(program);
  const child = spawn(process.execPath, [file, ...args], {
    env: environment(program, args),
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
