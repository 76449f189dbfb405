import { sleep } from './processes.mjs';
import { UserError, seconds } from './progress.mjs';

const PROBE_EVERY_MS = 5_000;
const PROBES_MIN = 3;
const APP_HUNG_AFTER_S = 30;
/** Servers are given longer: both may be busy with their own repair, and everything hangs on them. */
const SERVER_PATIENCE = 2;
const SETTING = 'KAGONG_HUNG_AFTER_S';

/** How long a part may give no sign of life before it counts as hung. */
export function hungAfterMs() {
  const given = process.env[SETTING] ?? '';
  const appMs = (given === '' ? APP_HUNG_AFTER_S : Number(given)) * 1_000;
  if (!(appMs > 0)) throw new UserError(`${SETTING} is a number of seconds; ${given} is not.`);
  return { app: appMs, server: appMs * SERVER_PATIENCE };
}

/**
 * Asks a part again and again whether it answers. What is frozen for a moment, or late on a busy machine, is left alone:
 * only misses in a row count, so many that they fill the whole time; so this program's own sleep counts as one miss.
 * @param {object} options
 * @param {() => Promise<boolean>} options.answers
 * @param {number} options.hungAfterMs
 * @param {() => boolean} options.isOver
 * @param {Promise<void>} options.ended settles when there is nothing left to watch
 * @returns {Promise<string>} how long it has been silent, in words; empty where it ended by itself
 */
export async function untilHung({ answers, hungAfterMs, isOver, ended }) {
  const everyMs = Math.min(PROBE_EVERY_MS, hungAfterMs / PROBES_MIN);
  const missesMax = Math.ceil(hungAfterMs / everyMs);
  let lastAnswerMs = Date.now();
  let misses = 0;
  while (misses < missesMax) {
    const pause = sleep(everyMs);
    await Promise.race([pause, ended]);
    if (isOver()) return '';
    const answered = await answers().catch(() => false);
    if (isOver()) return '';
    misses = answered ? 0 : misses + 1;
    if (answered) lastAnswerMs = Date.now();
  }
  return seconds(Date.now() - lastAnswerMs);
}
