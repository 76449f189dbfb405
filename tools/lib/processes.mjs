import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { writeAtomically } from './files.mjs';

const POLL_MS = 50;
const KILLED_WITHIN_MS = 5_000;

/** @param {number} ms @returns {Promise<void>} */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {number} pid a negative one names a process group */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** The fields of /proc/<pid>/stat behind the command name, which may itself hold blanks. @param {number} pid */
function statFields(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
const isZombie = (pid) => pid > 0 && statFields(pid)?.[0] === 'Z';

/**
 * A text that no later process with the same number shares: the boot and the start time.
 * @param {number} pid
 * @returns {string | undefined} undefined where there is no such process
 */
export function identityOf(pid) {
  const startTicks = statFields(pid)?.[19];
  if (startTicks !== undefined) {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTicks}`;
  }
  if (existsSync('/proc/self/stat')) return undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: 'pipe' })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

/** @typedef {{ name: string, pid: number, identity: string | undefined, signal: NodeJS.Signals }} Noted */

/** @param {{ pid: number, identity?: string | undefined }} noted */
export function isStillThere({ pid, identity }) {
  return identity !== undefined && isAlive(pid) && identityOf(pid) === identity;
}

/** @param {number} pid @param {NodeJS.Signals} signal @param {{ group?: boolean }} [how] */
export function sendSignal(pid, signal, { group = false } = {}) {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

/** @param {() => boolean} condition @param {number} withinMs @returns {Promise<boolean>} */
export async function until(condition, withinMs) {
  const endMs = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > endMs) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/**
 * Asks a process to stop, wakes it in case it is frozen, and ends its whole group when the grace is over.
 * @param {{ pid: number, identity?: string | undefined, signal?: NodeJS.Signals, graceMs: number }} target
 * @returns {Promise<boolean>} whether it stopped by itself
 */
export async function stopProcess({ pid, identity, signal = 'SIGTERM', graceMs }) {
  const gone = () => !isStillThere({ pid, identity });
  if (!gone()) {
    sendSignal(pid, signal);
    sendSignal(pid, 'SIGCONT', { group: true });
  }
  const byItself = await until(gone, graceMs);
  if (!byItself) {
    sendSignal(pid, 'SIGKILL');
    sendSignal(pid, 'SIGKILL', { group: true });
    await until(gone, KILLED_WITHIN_MS);
  }
  return byItself;
}

/**
 * The processes this program has started, kept in a file so that a later start can find
 * what is left of them should this one be killed.
 */
export class ProcessLedger {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
    /** @type {Map<number, Noted>} */
    this.noted = new Map();
  }

  /** @param {string} name @param {number} pid @param {NodeJS.Signals} [signal] what stops it best */
  add(name, pid, signal = 'SIGTERM') {
    const noted = { name, pid, identity: identityOf(pid), signal };
    this.noted.set(pid, noted);
    this.#save();
    return noted;
  }

  /** @param {number} pid */
  remove(pid) {
    if (this.noted.delete(pid)) this.#save();
  }

  #save() {
    if (this.noted.size === 0) rmSync(this.file, { force: true });
    else writeAtomically(this.file, JSON.stringify([...this.noted.values()]));
  }
}

/** @param {string} file a ledger's file @returns {Noted[]} what an earlier program left running */
export function leftOvers(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).filter(isStillThere);
  } catch {
    return [];
  }
}

/** The command line of a process, or the title it gave itself. @param {number | string} pid */
export function titleOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** Processes whose title begins with a text; none where there is no /proc. @param {string} text @returns {number[]} */
export function processesTitled(text) {
  if (!existsSync('/proc/self/cmdline')) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => titleOf(pid).startsWith(text)).map(Number);
}

/**
 * Lowers a process's share of the processors, so that what sells is not slowed by what can wait.
 * Linux keeps the priority per thread, and weighs sessions against each other by their own number.
 * @param {number} pid
 * @param {number} nice
 */
export function lowerPriority(pid, nice) {
  for (const thread of threadsOf(pid)) attempt(() => os.setPriority(thread, nice));
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(nice)));
}

/** @param {number} pid */
function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid];
  }
}

/** @param {() => void} work */
function attempt(work) {
  try {
    work();
  } catch {
    // A priority is a wish: a system without the file, or a process just gone, is no fault.
  }
}
