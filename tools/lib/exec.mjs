import { spawn } from 'node:child_process';
import { UserError } from './progress.mjs';
import { sendSignal } from './processes.mjs';

const KEPT_CHARACTERS = 64_000;
const SHOWN_CHARACTERS = 6_000;

/** @type {Set<number>} */
const running = new Set();

/**
 * Runs a command to its end, quietly; what it printed last is kept for the error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number, what?: string,
 *           onOutput?: (text: string) => void, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function execute(command, args, options = {}) {
  const { onOutput, timeoutMs, what: _what, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...spawnOptions,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const pid = child.pid;
    if (pid !== undefined) running.add(pid);
    const timer =
      timeoutMs && pid
        ? setTimeout(() => sendSignal(pid, 'SIGKILL', { group: true }), timeoutMs)
        : undefined;
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_CHARACTERS);
      onOutput?.(chunk.toString('utf8'));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      if (pid !== undefined) running.delete(pid);
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      if (pid !== undefined) running.delete(pid);
      clearTimeout(timer);
      if (signal) output += `\n(ended by ${signal})`;
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * As `execute`, but anything other than success is a UserError that shows the end of the output.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof execute>[2]} [options]
 * @returns {Promise<string>} the end of the output
 */
export async function mustExecute(command, args, options = {}) {
  const what = options.what ?? command;
  let result;
  try {
    result = await execute(command, args, options);
  } catch (error) {
    throw new UserError(`${what} could not be started: ${/** @type {Error} */ (error).message}`);
  }
  if (result.code === 0) return result.output;
  throw new UserError(`${what} failed (exit ${result.code}).`, {
    details: result.output.slice(-SHOWN_CHARACTERS),
  });
}

/** Ends every command that still runs, with all its children: used when the program itself is told to stop. */
export function endRunningCommands() {
  for (const pid of running) sendSignal(pid, 'SIGKILL', { group: true });
}
