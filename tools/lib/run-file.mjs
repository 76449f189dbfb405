import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readJson, writeAtomically } from './files.mjs';
import { inData } from './paths.mjs';
import { identityOf, isStillThere, sleep } from './processes.mjs';
import { UserError } from './progress.mjs';

export const RUN_FILE = inData('run.json');
const LOCK_FILE = inData('supervisor.lock');

/**
 * @typedef {object} Run what tools need to know of a running system
 * @property {string} api
 * @property {string} admin
 * @property {string} temporalUi
 * @property {string} temporalAddress
 * @property {string} temporalNamespace
 * @property {string} databaseUrl
 * @property {string[]} metrics
 * @property {{ code: string, key: string, secret: string, callbackSecret: string }[]} platforms
 * @property {{ email: string, password: string, role: string, totpSecret?: string }[]} staff
 * @property {string} [supplierSimulator]
 * @property {Record<string, number>} pids
 */

/** @param {Run} run */
export const writeRun = (run) => writeAtomically(RUN_FILE, `${JSON.stringify(run, null, 2)}\n`);
export const removeRun = () => rmSync(RUN_FILE, { force: true });

/** @returns {Run} of the running system; throws a UserError where none is running */
export function readRun() {
  const run = isRunning() ? readJson(RUN_FILE) : undefined;
  if (run) return run;
  throw new UserError(
    isRunning() ? 'Kagong is just starting or stopping.' : 'Kagong is not running.',
    {
      hint: 'Start it in another terminal with npm start, and wait for its block of addresses.',
    },
  );
}

/** Whether a supervisor of this checkout is alive. */
export function isRunning() {
  const holder = readJson(LOCK_FILE);
  return holder !== undefined && isStillThere(holder);
}

/**
 * Makes this process the only supervisor of the checkout.
 * @returns {Promise<() => void>} gives the place up again
 */
export async function becomeSupervisor() {
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) });
  const draft = `${LOCK_FILE}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    if (isRunning()) throw alreadyRunning();
    rmSync(LOCK_FILE, { force: true });
    linkSync(draft, LOCK_FILE);
  } catch (error) {
    throw error instanceof UserError ? error : alreadyRunning();
  } finally {
    rmSync(draft, { force: true });
  }
  // Two that start in the same moment may both have removed a stale lock; the later one holds it.
  await sleep(50);
  if (readFileSync(LOCK_FILE, 'utf8') !== mine) throw alreadyRunning();
  return () => rmSync(LOCK_FILE, { force: true });
}

function alreadyRunning() {
  const run = readJson(RUN_FILE);
  const where = run
    ? `\n  API       ${run.api}\n  Admin     ${run.admin}\n  Temporal  ${run.temporalUi}`
    : '';
  return new UserError(
    `Kagong is already ${run ? 'running' : 'starting or stopping'} from this folder.${where}`,
    {
      hint: 'Stop it with Ctrl-C in its terminal. For a second system, use a second clone with npm start -- --port-base 20000',
    },
  );
}
