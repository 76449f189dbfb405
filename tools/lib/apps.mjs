import path from 'node:path';
import { ADMIN_BUNDLE } from './build.mjs';
import { DATA, DIST, LOGS, ROOT } from './paths.mjs';
import { hungAfterMs } from './hang-watch.mjs';
import { answers, speaks } from './part.mjs';
import { HOST } from './ports.mjs';
import { databaseUrl } from './postgres.mjs';
import { SECRETS_FILE } from './secrets.mjs';
import { NAMESPACE } from './temporal.mjs';

const WORKER_NICE = 10;

/**
 * The environment of every program of Kagong.
 * @param {{ ports: import('./ports.mjs').Ports, secrets: import('./secrets.mjs').Secrets, database?: string }} system
 * @returns {NodeJS.ProcessEnv}
 */
export function appEnvironment({ ports, secrets, database = 'kagong' }) {
  return {
    ...process.env,
    NODE_ENV: 'production',
    KAGONG_HOST: HOST,
    DATABASE_URL: databaseUrl({
      port: ports.postgres,
      password: secrets.databasePassword,
      database,
    }),
    KAGONG_MASTER_KEYS: secrets.masterKeys,
    KAGONG_FINGERPRINT_KEY: secrets.fingerprintKey,
    ORDER_WORKFLOWS: process.env['ORDER_WORKFLOWS'] ?? 'all',
    SUPPLY_NOTIFY_URL: `http://${HOST}:${ports.api}`,
    SUPPLIER_SIMULATOR_URL: `http://${HOST}:${ports.supplierSimulator}`,
    API_PORT: String(ports.api),
    STATUS_DIR: path.join(DATA, 'status'),
    API_METRICS_PORT: String(ports.apiMetrics),
    TEMPORAL_ADDRESS: `${HOST}:${ports.temporal}`,
    TEMPORAL_NAMESPACE: NAMESPACE,
    TEMPORAL_UI_URL: `http://${HOST}:${ports.temporalUi}`,
    WORKER_METRICS_PORT: String(ports.workerMetrics),
    ADMIN_PORT: String(ports.admin),
    ADMIN_METRICS_PORT: String(ports.adminMetrics),
    ADMIN_SESSION_SECRET: secrets.sessionSecret,
    ADMIN_JS_TMP_DIR: ADMIN_BUNDLE,
    ADMIN_JS_SKIP_BUNDLE: 'true',
  };
}

/** Programs that run once, such as the seed, are told where the sample secrets are. @param {NodeJS.ProcessEnv} env */
export const withSampleSecrets = (env) => ({ ...env, SAMPLE_SECRETS_FILE: SECRETS_FILE });

/**
 * The api, the worker and the admin panel as parts.
 * @param {{ ports: import('./ports.mjs').Ports, env: NodeJS.ProcessEnv, logs?: string }} system
 * @returns {import('./part.mjs').PartSpec[]}
 */
export function appParts({ ports, env, logs = LOGS }) {
  const at = (/** @type {number} */ port) => `http://${HOST}:${port}`;
  return [
    appPart('api', env, logs, at(ports.api)),
    { ...appPart('worker', env, logs, at(ports.workerMetrics)), nice: WORKER_NICE },
    appPart('admin', env, logs, at(ports.admin)),
  ];
}

/**
 * The servers that play suppliers: a part of every trial system, with the suppliers of the sample data where there is any.
 * @param {{ ports: import('./ports.mjs').Ports, env: NodeJS.ProcessEnv, sample: boolean, logs?: string }} system
 * @returns {import('./part.mjs').PartSpec}
 */
export function simulatorPart({ ports, env, sample, logs = LOGS }) {
  const port = ports.supplierSimulator;
  return {
    name: 'simulator',
    command: process.execPath,
    args: [
      path.join(DIST, 'tools', 'simulator', 'main.js'),
      ...['--port', String(port)],
      ...(sample ? ['--sample'] : []),
    ],
    logFile: path.join(logs, 'simulator.log'),
    cwd: ROOT,
    env,
    nice: WORKER_NICE,
    isReady: () => answers(`http://${HOST}:${port}/control/health`),
    answers: () => speaks(`http://${HOST}:${port}/control/health`),
    hungAfterMs: hungAfterMs().app,
  };
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @param {string} logs
 * @param {string} health the address under which it tells how it is
 * @returns {import('./part.mjs').PartSpec}
 */
function appPart(name, env, logs, health) {
  return {
    name,
    command: process.execPath,
    args: [path.join(DIST, 'apps', name, 'src', 'main.js')],
    logFile: path.join(logs, `${name}.log`),
    cwd: ROOT,
    env,
    isReady: () => answers(`${health}/health/ready`),
    answers: () => speaks(`${health}/health/live`),
    hungAfterMs: hungAfterMs().app,
  };
}
