// `npm run dev:api` (worker, admin): one app from its sources, compiled again at every change,
// on the servers of a running `npm start`, whose own copy of the app is left alone: it listens on ports of its own.
import { spawn } from 'node:child_process';
import { readJson } from './lib/files.mjs';
import { appEnvironment } from './lib/apps.mjs';
import { ROOT, inRoot } from './lib/paths.mjs';
import { choosePorts, requireFreePorts } from './lib/ports.mjs';
import { UserError, print, printError } from './lib/progress.mjs';
import { readRun } from './lib/run-file.mjs';
import { SECRETS_FILE } from './lib/secrets.mjs';

const APPS = ['api', 'worker', 'admin'];
const DEV_PORT_BASE = '13000';

/** @param {string} app */
async function develop(app) {
  if (!APPS.includes(app))
    throw new UserError(`There is no app ${app}; there are ${APPS.join(', ')}.`);
  const run = readRun();
  const ports = choosePorts(process.env['KAGONG_PORT_BASE'] ?? DEV_PORT_BASE);
  await requireFreePorts(ports);
  const env = {
    ...appEnvironment({ ports, secrets: readJson(SECRETS_FILE) }),
    NODE_ENV: 'development',
    DATABASE_URL: run.databaseUrl,
    TEMPORAL_ADDRESS: run.temporalAddress,
    TEMPORAL_UI_URL: run.temporalUi,
  };
  const port = { api: ports.api, worker: ports.workerMetrics, admin: ports.admin }[app];
  print(`${app} from its sources on http://127.0.0.1:${port}`);
  const nest = inRoot('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const child = spawn(process.execPath, [nest, 'start', app, '--watch'], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}

try {
  await develop(process.argv[2] ?? '');
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
