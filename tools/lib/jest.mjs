import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT, inRoot } from './paths.mjs';
import { sendSignal, sleep } from './processes.mjs';
import { warn } from './progress.mjs';

const END_WITHIN_MS = 15_000;
const POLL_MS = 500;
const FLAGS = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];

/** Where Jest leaves the outcome of a tier. @param {string} folder @param {string} tier */
export const resultFile = (folder, tier) => path.join(folder, `${tier}.json`);

/**
 * Runs one project of jest.config.mjs. Jest waits for ever on a program that a spec has left running,
 * so it is ended when its result has been there for a while; what it leaves is ended with it.
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.folder for the result
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string[]} options.args
 * @param {(pid: number | undefined) => void} options.onStart
 * @returns {Promise<number>} the exit code; 0 where Jest had to be ended after a result
 */
export async function runJestTier({ name, folder, env, args, onStart }) {
  const result = resultFile(folder, name);
  const project = ['--selectProjects', name, '--passWithNoTests', ...(await timeoutOf(name))];
  const child = spawn(
    process.execPath,
    [
      ...FLAGS,
      inRoot('node_modules', 'jest', 'bin', 'jest.js'),
      ...project,
      ...['--json', `--outputFile=${result}`],
      ...args,
    ],
    { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true },
  );
  const group = child.pid ?? 0;
  onStart(child.pid);
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const code = await Promise.race([
    ended,
    stuckAfter(result, () => child.exitCode !== null || child.signalCode !== null),
  ]);
  if (code === undefined) {
    warn(`Jest was done with ${name} but did not end: a spec leaves a program running.`);
  }
  if (group > 0) sendSignal(group, 'SIGKILL', { group: true });
  return code ?? 0;
}

/**
 * Jest heeds the time limit of a test only on its command line, not in a project.
 * @param {string} name
 */
async function timeoutOf(name) {
  const file = inRoot('jest.config.mjs');
  const projects = existsSync(file) ? (await import(file)).default.projects : [];
  const project = projects.find((/** @type {any} */ one) => one.displayName === name);
  return project?.testTimeout ? [`--testTimeout=${project.testTimeout}`] : [];
}

/** @param {string} file @param {() => boolean} hasEnded @returns {Promise<undefined>} when the file has been there for long */
async function stuckAfter(file, hasEnded) {
  let thereMs = 0;
  while (thereMs < END_WITHIN_MS && !hasEnded()) {
    await sleep(POLL_MS);
    if (existsSync(file)) thereMs += POLL_MS;
  }
  // An ended Jest tells by itself how it ended.
  if (hasEnded()) await new Promise(() => undefined);
  return undefined;
}
