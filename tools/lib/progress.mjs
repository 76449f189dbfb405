const STILL_BUSY_EVERY_MS = 10_000;
const startedMs = Date.now();

/** An error whose message is meant for the person at the keyboard: shown without a stack. */
export class UserError extends Error {
  /** @param {string} message @param {{ hint?: string, details?: string }} [more] */
  constructor(message, { hint, details } = {}) {
    super(message);
    this.name = 'UserError';
    this.hint = hint;
    this.details = details;
  }
}

/** Thrown by work that is cut short because the program was told to stop. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
  }
}

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const clock = () => `${((Date.now() - startedMs) / 1000).toFixed(1).padStart(6)} s`;

/** One line of progress, with the time since the program began. @param {string} text */
export function say(text) {
  process.stdout.write(`${clock()}  ${text}\n`);
}

/** @param {string} text */
export function warn(text) {
  process.stdout.write(`${clock()}  ! ${text}\n`);
}

/** Text without a clock, for blocks that people copy from. @param {string} text */
export function print(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {unknown} error */
export function printError(error) {
  if (!(error instanceof UserError)) {
    process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
    return;
  }
  const parts = [error.details?.trimEnd(), `Error: ${error.message}`, error.hint];
  process.stderr.write(`\n${parts.filter(Boolean).join('\n')}\n`);
}

/**
 * Runs one named piece of work: says that it begins, that it is still busy, and how long it took.
 * A string that the work returns is shown beside its name.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const beganMs = Date.now();
  say(`- ${name} …`);
  const ticker = setInterval(
    () => say(`  ${name}: still busy after ${seconds(Date.now() - beganMs)}`),
    STILL_BUSY_EVERY_MS,
  );
  try {
    const result = await work();
    const note = typeof result === 'string' && result !== '' ? `: ${result}` : '';
    say(`✓ ${name}${note} (${seconds(Date.now() - beganMs)})`);
    return result;
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    say(`✗ ${name} failed after ${seconds(Date.now() - beganMs)}`);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

/** A reader that goes away (a closed terminal, `| head`) must not end the supervisor. */
export function outliveTheConsole() {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
