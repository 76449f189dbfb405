// npm run supply-run -- --orders N --seed S: many orders through three sources that fail one time in ten and misbehave in
// every known way, while workers are killed; on servers of its own. Docs: docs/supplier-protocols.md.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printError, UserError } from './lib/progress.mjs';
import { report } from './supply-run/report.mjs';
import { run } from './supply-run/run.mjs';
import { start } from './supply-run/system.mjs';

const HELP = `npm run supply-run -- [options]

  --orders N          how many orders (10000)
  --seed S            repeats a run's choices (1)
  --clock-speed S     waits towards suppliers run so many times as fast (10; 1 is the real thing)
  --kill-every S      a worker is killed about every S seconds, 0 never (40)
  --minutes M         gives up after so long (60)
  --json              one JSON object on the last line
  --keep              leaves the data folder for a look

Three simulated sources succeed nine times in ten and misbehave in all known ways; one is down for a while.`;

const options = readOptions();
if (options) await main(options).catch(fail);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        orders: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        'clock-speed': { type: 'string', default: '10' },
        'kill-every': { type: 'string', default: '40' },
        minutes: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return undefined;
    }
    const count = (
      /** @type {string} */ name,
      /** @type {string} */ text,
      /** @type {number} */ min,
    ) => {
      const number = Number(text);
      if (!(number >= min))
        throw new UserError(`--${name} must be a number from ${min}; ${text} is not.`);
      return number;
    };
    return {
      orders: count('orders', values.orders, 1),
      seed: values.seed,
      clockSpeed: count('clock-speed', values['clock-speed'], 1),
      killEverySeconds: count('kill-every', values['kill-every'], 0),
      minutes: count('minutes', values.minutes, 1),
      isJson: values.json,
      keep: values.keep,
    };
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/** @param {unknown} error */
function fail(error) {
  printError(error);
  process.exitCode = 1;
}

/** @typedef {NonNullable<ReturnType<typeof readOptions>>} Options */

/** @param {Options} options */
async function main(options) {
  const began = Date.now();
  const say = (/** @type {string} */ text) =>
    console.error(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`);
  const system = await start(options, say);
  let result;
  try {
    result = await run(options, system, say);
  } finally {
    say('stopping');
    await system.stop();
    if (!options.keep) rmSync(system.dataDir, { recursive: true, force: true });
  }
  report(options, result);
}
