// npm run bench -- supply: orders that need a supplier, beside workflows with one activity that does nothing, on the same
// server in the same run. Brings servers of its own.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printError } from '../lib/progress.mjs';
import { measure } from './bench-measure.mjs';
import { tableOf, write } from './bench-report.mjs';
import { prepare } from './bench-setup.mjs';
import { start } from './system.mjs';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '400' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});
const count = Number(values.quick ? 60 : values.orders);
const seconds = Number(values.quick ? 5 : values.seconds);
const began = Date.now();
const say = (/** @type {string} */ text) =>
  console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

await main().catch((error) => {
  printError(error);
  process.exitCode = 1;
});

async function main() {
  const system = await start({ clockSpeed: 1 }, say);
  try {
    const bench = await prepare(system);
    const figures = await measure(bench, { count, seconds, say });
    const table = tableOf(figures, { count, seconds });
    console.log(table);
    if (!values.quick) {
      write(table);
      say('written to docs/performance.md');
    }
    if (values.json) console.log(JSON.stringify(figures));
    await bench.close();
  } finally {
    await system.stop();
    rmSync(system.dataDir, { recursive: true, force: true });
  }
}
