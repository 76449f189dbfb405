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
 * it must be silent for the whole time and miss every probe in it, so that this program's own sleep counts as one miss.
 * @param {object} options
 * @param {() => Promise<boolean>} options.answers
 * @param {number} options.hungAfterMs
 * @param {() => boolean} options.isOver
 * @param {Promise<void>} options.ended settles when there is nothing left to watch
 * @returns {Promise<string>} how long it has been silent, in words; empty where it ended by itself
 */
export async function untilHung({ answers, hungAfterMs, isOver, ended }) {
  const everyMs = Math.min(PROBE_EVERY_MS, hungAfterMs / PROBES_MIN);
  const missesMin = Math.ceil(hungAfterMs / everyMs);
  let lastAnswerMs = Date.now();
  for (let misses = 0; !isOver();) {
    const pause = pauseOf(everyMs);
    const answered = await answers().catch(() => false);
    misses = answered ? 0 : misses + 1;
    if (answered) lastAnswerMs = Date.now();
    const silentMs = Date.now() - lastAnswerMs;
    if (misses >= missesMin && silentMs >= hungAfterMs && !isOver()) {
      pause.end();
      return seconds(silentMs);
    }
    await Promise.race([pause.over, ended]);
    pause.end();
  }
  return '';
}

/** @param {number} ms */
function pauseOf(ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const over = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  return { over, end: () => clearTimeout(timer) };
}
