import { spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { lowerPriority, sendSignal, sleep, stopProcess } from './processes.mjs';
import { UserError } from './progress.mjs';

/**
 * @typedef {object} PartSpec one program of the running system
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string} logFile where all it prints goes
 * @property {() => Promise<boolean>} isReady whether it does its work; may throw a UserError where waiting is in vain
 * @property {() => Promise<boolean>} [answers] whether it gives any sign of life, also while what it needs is away
 * @property {number} [hungAfterMs] silent for so long it counts as hung
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {number} [nice] how far behind the others it stands in the queue for the processors
 * @property {NodeJS.Signals} [stopSignal]
 * @property {() => Promise<void>} [beforeStart] clears what a killed predecessor left behind
 */

const READY_WITHIN_MS = 120_000;
const READY_POLL_MS = 100;
const STOP_GRACE_MS = 20_000;
const LOG_BYTES_MAX = 20 * 1024 * 1024;
const TAIL_LINES = 20;
/** What a part writes by itself, such as Temporal's file, is for nobody else to read. */
const PRIVATE = 0o077;
const PRIORITY_AGAIN_MS = 2_000;

/** One child process and its log. It knows nothing of restarts: the supervisor does. */
export class Part {
  /** @param {PartSpec} spec @param {import('./processes.mjs').ProcessLedger} ledger */
  constructor(spec, ledger) {
    this.spec = spec;
    this.ledger = ledger;
    /** @type {number | undefined} */
    this.pid = undefined;
    this.startedMs = 0;
    this.logFrom = 0;
    /** What ended it last, in words. */
    this.lastEnd = '';
    /** @type {Promise<void>} settles when the process has ended, however it came about */
    this.ended = Promise.resolve();
  }

  get name() {
    return this.spec.name;
  }

  /** @returns {Promise<void>} when the process is there, not yet when it is ready */
  async start() {
    await this.spec.beforeStart?.();
    rotate(this.spec.logFile);
    this.logFrom = existsSync(this.spec.logFile) ? statSync(this.spec.logFile).size : 0;
    const log = openSync(this.spec.logFile, 'a', 0o600);
    try {
      writeSync(log, `--- started ${new Date().toISOString()}\n`);
      await this.#spawn(log);
    } finally {
      closeSync(log);
    }
  }

  /** @param {number} log */
  #spawn(log) {
    const { name, command, args, cwd, env, uid, gid, stopSignal } = this.spec;
    const who = uid === undefined ? {} : { uid, gid };
    return new Promise((resolve, reject) => {
      const umask = process.umask(PRIVATE);
      const child = spawn(command, args, {
        cwd,
        env,
        ...who,
        stdio: ['ignore', log, log],
        detached: true,
      });
      process.umask(umask);
      child.once('error', (error) =>
        reject(new UserError(`${name} could not be started: ${error.message}`)),
      );
      this.ended = new Promise((ended) => {
        child.once('exit', (code, signal) => {
          this.#tidy(child.pid ?? 0, code, signal);
          ended();
        });
      });
      child.once('spawn', () => {
        const pid = child.pid ?? 0;
        this.pid = pid;
        this.startedMs = Date.now();
        this.ledger.add(name, pid, stopSignal);
        this.#lowerPriority(pid);
        resolve(undefined);
      });
    });
  }

  /** Threads that were just being born may have missed the first call. @param {number} pid */
  #lowerPriority(pid) {
    const { nice } = this.spec;
    if (nice === undefined) return;
    lowerPriority(pid, nice);
    setTimeout(() => this.pid === pid && lowerPriority(pid, nice), PRIORITY_AGAIN_MS).unref();
  }

  /** @param {number} pid @param {number | null} code @param {NodeJS.Signals | null} signal */
  #tidy(pid, code, signal) {
    sendSignal(pid, 'SIGKILL', { group: true });
    this.lastEnd = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    this.pid = undefined;
    this.ledger.remove(pid);
  }

  /**
   * Waits until the part does its work.
   * @param {number} [withinMs]
   * @returns {Promise<'ready' | 'ended' | 'late'>}
   */
  async waitReady(withinMs = READY_WITHIN_MS) {
    const endMs = Date.now() + withinMs;
    while (!(await this.#seemsReady())) {
      if (this.pid === undefined) return 'ended';
      if (Date.now() > endMs) return 'late';
      await sleep(READY_POLL_MS);
    }
    return 'ready';
  }

  /** Starts it, unsupervised, and throws with the end of its log unless it becomes ready. @param {number} [withinMs] */
  async startAndWait(withinMs = READY_WITHIN_MS) {
    await this.start();
    const outcome = await this.waitReady(withinMs);
    if (outcome === 'ready') return;
    await this.stop();
    throw this.failure(
      outcome === 'late' ? `was not ready within ${withinMs / 1000} s` : this.lastEnd,
    );
  }

  async #seemsReady() {
    try {
      return this.pid !== undefined && (await this.spec.isReady());
    } catch (error) {
      if (error instanceof UserError) throw error;
      return false;
    }
  }

  /** @param {string} what happened @returns {UserError} with the end of the part's log */
  failure(what) {
    return new UserError(`${this.name} ${what}.`, {
      details: `The last lines of its log:\n${this.logTail()}`,
      hint: `Its whole log: ${this.spec.logFile}`,
    });
  }

  /** The last lines that this start of the part has written. */
  logTail() {
    try {
      const text = readFileSync(this.spec.logFile).subarray(this.logFrom).toString('utf8');
      return text
        .trimEnd()
        .split('\n')
        .slice(-TAIL_LINES)
        .map((line) => `  ${line}`)
        .join('\n');
    } catch {
      return '  (no log)';
    }
  }

  /** Keeps the log from filling the disk while the part runs: it is opened for appending, so it may be cut. */
  trimLog() {
    if (rotate(this.spec.logFile)) this.logFrom = 0;
  }

  /** Ends it and all it has started at once, also where it is frozen. */
  kill() {
    if (this.pid === undefined) return;
    sendSignal(this.pid, 'SIGKILL', { group: true });
    sendSignal(this.pid, 'SIGKILL');
  }

  /** @param {number} [graceMs] @returns {Promise<void>} */
  async stop(graceMs = STOP_GRACE_MS) {
    const pid = this.pid;
    if (pid === undefined) return;
    const identity = this.ledger.noted.get(pid)?.identity;
    await stopProcess({ pid, identity, signal: this.spec.stopSignal ?? 'SIGTERM', graceMs });
    await this.ended;
  }
}

/** Moves a log that has grown too large aside. @param {string} file */
function rotate(file) {
  if (!existsSync(file) || statSync(file).size < LOG_BYTES_MAX) return false;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
  return true;
}

/** @param {string} url @param {(status: number) => boolean} [isGood] @returns {Promise<boolean>} */
export async function answers(url, isGood = (status) => status === 200) {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3_000) });
    await answer.arrayBuffer();
    return isGood(answer.status);
  } catch {
    return false;
  }
}

/** Whether anything answers there, be it a refusal. @param {string} url */
export const speaks = (url) => answers(url, () => true);
