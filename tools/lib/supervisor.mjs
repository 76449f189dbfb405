import { untilHung } from './hang-watch.mjs';
import { Part } from './part.mjs';
import { sleep } from './processes.mjs';
import { Interrupted, say, seconds, warn } from './progress.mjs';

const BACK_OFF_MS = [200, 500, 1_000, 2_000, 4_000, 8_000, 10_000];
const SETTLED_AFTER_MS = 30_000;
const FAILURES_MAX = 10;
const FAILURES_MAX_BEFORE_READY = 3;
const TRIM_LOGS_EVERY_MS = 60_000;
const HUNG_GRACE_MS = 5_000;

/** @typedef {{ part: Part, wasReady: boolean, life?: Promise<void> }} Watched */

/**
 * Keeps the parts of a system alive: one that dies is started again, ever more slowly; one that hangs is killed,
 * and so dies; one that cannot be brought back is reported through `onGiveUp`.
 */
export class Supervisor {
  /**
   * @param {object} options
   * @param {import('./processes.mjs').ProcessLedger} options.ledger
   * @param {() => void} options.onChange a part has a new process
   * @param {(error: unknown) => void} options.onGiveUp a part that once was ready cannot be brought back
   */
  constructor({ ledger, onChange, onGiveUp }) {
    this.ledger = ledger;
    this.onChange = onChange;
    this.onGiveUp = onGiveUp;
    /** @type {Map<string, Watched>} */
    this.watched = new Map();
    this.stopping = false;
    /** @type {Promise<void>} */
    this.stopAsked = new Promise((resolve) => (this.askStop = resolve));
    this.trimmer = setInterval(() => this.#trimLogs(), TRIM_LOGS_EVERY_MS);
  }

  /** Starts a part, waits until it is ready, and keeps it alive from then on. @param {import('./part.mjs').PartSpec} spec */
  async start(spec) {
    if (this.stopping) throw new Interrupted();
    /** @type {Watched} */
    const watched = { part: new Part(spec, this.ledger), wasReady: false };
    this.watched.set(spec.name, watched);
    await new Promise((resolve, reject) => {
      watched.life = this.#keepAlive(watched, () => resolve(undefined)).catch((error) => {
        if (watched.wasReady) this.onGiveUp(error);
        else reject(error);
      });
      void watched.life.then(() => reject(new Interrupted()));
    });
  }

  /** The process numbers as they are now. @returns {Record<string, number>} */
  pids() {
    /** @type {Record<string, number>} */
    const pids = {};
    for (const [name, { part }] of this.watched) if (part.pid !== undefined) pids[name] = part.pid;
    return pids;
  }

  /** Stops the named parts side by side; from the first call on, nothing is started again. @param {...string} names */
  async stop(...names) {
    this.stopping = true;
    this.askStop?.();
    clearInterval(this.trimmer);
    await Promise.all(
      names.map(async (name) => {
        const watched = this.watched.get(name);
        await watched?.part.stop();
        await watched?.life;
      }),
    );
  }

  /**
   * Short lives lengthen the pause before the next; only starts that never became ready speak against it:
   * what was ready and was killed from outside can be brought back, however often.
   * @param {Watched} watched
   * @param {() => void} firstReady
   */
  async #keepAlive(watched, firstReady) {
    const { part } = watched;
    let shortLives = 0;
    let failures = 0;
    while (!this.stopping) {
      const wasReady = await this.#oneLife(watched, firstReady);
      if (this.stopping) return;
      const livedMs = Date.now() - part.startedMs;
      shortLives = livedMs > SETTLED_AFTER_MS ? 1 : shortLives + 1;
      failures = wasReady ? 0 : failures + 1;
      const most = watched.wasReady ? FAILURES_MAX : FAILURES_MAX_BEFORE_READY;
      if (failures >= most) {
        throw part.failure(`cannot be brought back: ${most} times in a row it ${part.lastEnd}`);
      }
      const delayMs = BACK_OFF_MS[Math.min(shortLives, BACK_OFF_MS.length) - 1] ?? 0;
      warn(`${part.name} ${part.lastEnd}; starting it again in ${seconds(delayMs)}`);
      await Promise.race([sleep(delayMs), this.stopAsked]);
    }
  }

  /** From start to end of one process. @param {Watched} watched @param {() => void} firstReady @returns {Promise<boolean>} whether it was ready in between */
  async #oneLife(watched, firstReady) {
    const { part } = watched;
    const beganMs = Date.now();
    try {
      await part.start();
    } catch (error) {
      part.lastEnd = `could not be started (${/** @type {Error} */ (error).message})`;
      return false;
    }
    this.onChange();
    if (this.stopping) await part.stop();
    const outcome = await part.waitReady();
    if (outcome === 'late') {
      warn(`${part.name} was not ready in time and is stopped`);
      await part.stop(HUNG_GRACE_MS);
    }
    if (outcome === 'ready') {
      if (watched.wasReady) {
        say(`✓ ${part.name} is back (${seconds(Date.now() - beganMs)}, pid ${part.pid})`);
      }
      watched.wasReady = true;
      firstReady();
      await this.#endIfItHangs(part);
    }
    await part.ended;
    return outcome === 'ready';
  }

  /** @param {Part} part one that is ready @returns {Promise<void>} when it has ended, or was ended */
  async #endIfItHangs(part) {
    const { pid } = part;
    const { answers, hungAfterMs } = part.spec;
    if (!answers || hungAfterMs === undefined) return;
    const isOver = () => this.stopping || part.pid !== pid;
    const silence = await untilHung({ answers, hungAfterMs, isOver, ended: part.ended });
    if (silence === '') return;
    warn(`${part.name} has not answered for ${silence} (pid ${pid}) and is killed`);
    part.kill();
  }

  #trimLogs() {
    for (const { part } of this.watched.values()) part.trimLog();
  }
}
