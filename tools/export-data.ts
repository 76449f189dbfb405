import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isDatabaseAway, openSqlPool } from '#domain/database';
import { findRunningSystem, NoRunningSystem } from './doctor/running-system.js';
import { exportMasterData } from './master-data/export.js';

// npm run export-data: suppliers, products, prices and routes in the form that `apply` reads.
const HELP = `npm run export-data [-- --out FILE]

Writes suppliers, products, prices and routes as one JSON document, to FILE or to the screen. Secrets are not in it: each
stands as the name of an environment variable, which apply reads.`;

try {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else await run(values.out);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function run(out: string | undefined): Promise<void> {
  const pool = openSqlPool(findRunningSystem(process.env).databaseUrl, 1, 'kagong-export');
  try {
    const text = `${JSON.stringify(await exportMasterData(pool), undefined, 2)}\n`;
    if (out === undefined) process.stdout.write(text);
    else {
      await writeFile(out, text);
      console.error(`written to ${out}`);
    }
  } finally {
    await pool.end();
  }
}

function explain(error: unknown): string {
  if (error instanceof NoRunningSystem) return error.message;
  if (isDatabaseAway(error)) return 'The database does not answer. Is Kagong running?';
  return `${error instanceof Error ? error.message : String(error)}\n\n${HELP}`;
}
