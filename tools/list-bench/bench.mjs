// npm run bench -- lists: the panel's lists and searches over 10 million cards and 5 million orders. Brings a whole Kagong of
// its own, fills its database and measures over HTTP, logged in as the owner.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { printError } from '../lib/progress.mjs';
import { start } from '../supply-run/system.mjs';
import { fill } from './fill.mjs';
import { measure } from './measure.mjs';
import { tableOf, write } from './report.mjs';

const { values } = parseArgs({
  options: {
    cards: { type: 'string', default: '10000000' },
    orders: { type: 'string', default: '5000000' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const size = values.quick
  ? { cards: 200_000, orders: 100_000 }
  : { cards: Number(values.cards), orders: Number(values.orders) };
const began = Date.now();
const say = (/** @type {string} */ text) =>
  console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

await main().catch((error) => {
  printError(error);
  process.exitCode = 1;
});

async function main() {
  if (!(size.orders > 0) || size.cards < size.orders)
    throw new Error(
      'each order has a card of its own: --cards is at least --orders, and both are numbers',
    );
  const system = await start({ clockSpeed: 1 }, say);
  try {
    const client = new pg.Client({ connectionString: system.run().databaseUrl });
    await client.connect();
    await fill(client, size, say);
    const lines = await measure({ ...system.run(), dataDir: system.dataDir }, client, say);
    await client.end();
    const table = tableOf(lines, size);
    console.log(table);
    if (!values.quick) {
      write(table);
      say('written to docs/performance.md');
    }
    if (values.json) console.log(JSON.stringify({ size, lines }));
  } finally {
    await system.stop();
    rmSync(system.dataDir, { recursive: true, force: true });
  }
}
