import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { ROOT } from '../lib/paths.mjs';
import { PlatformClient } from '../platform-client.mjs';
import { control, disturb } from './faults.mjs';
import { judge, OPEN_AT_SOURCES } from './judge.mjs';
import { documentOf, mixOf, setups } from './mix.mjs';
import { followAll, submitAll } from './orders.mjs';
import { rest } from './run-tools.mjs';
import { doctor } from './system.mjs';

/** @typedef {import('../supply-run.mjs').Options} Options */

/** @param {Options} options @param {Awaited<ReturnType<typeof import('./system.mjs').start>>} system @param {(text: string) => void} say */
export async function run(options, system, say) {
  const { api, platforms, supplierSimulator: simulator, databaseUrl } = system.run();
  const client = new PlatformClient({ api, ...platforms[0] });
  await prepare(options, system, simulator);
  const state = { sent: 0, ended: 0, isOver: false };
  const views = new Map();
  const chaos = disturb(options, { system, simulator, state, say });
  const isLate = lateness(options);
  try {
    await Promise.all([
      submitAll(options, client, { state, views, isLate }),
      followAll(options, client, { state, views, isLate, say }),
    ]);
  } finally {
    state.isOver = true;
    await chaos;
  }
  say('letting late news come in');
  await rest(Math.max(5_000, 60_000 / options.clockSpeed));
  await settleOpen(databaseUrl, isLate);
  const ledger = await (await fetch(`${simulator}/control/ledger`)).json();
  return { views, verdict: await judge(databaseUrl, ledger, views), doctor: doctor(system) };
}

/** @param {Options} options @param {{ dataDir: string }} system @param {string} simulator */
async function prepare({ seed }, system, simulator) {
  await control(simulator, 'reset', { seed });
  for (const setup of setups()) {
    await control(simulator, 'suppliers', setup);
    await control(simulator, `suppliers/${setup.code}/behaviour`, { mix: mixOf(setup.protocol) });
  }
  const file = path.join(system.dataDir, 'supply-run.json');
  writeFileSync(file, JSON.stringify(documentOf(simulator)));
  execFileSync(process.execPath, ['tools/command.mjs', 'apply', '--file', file], {
    cwd: ROOT,
    env: { ...process.env, KAGONG_DATA_DIR: system.dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** @param {Options} options */
function lateness({ minutes }) {
  const endMs = Date.now() + minutes * 60_000;
  return () => Date.now() > endMs;
}

/** Waits until no attempt is open any more. @param {string} databaseUrl @param {() => boolean} isLate */
async function settleOpen(databaseUrl, isLate) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const endMs = Date.now() + 60_000; Date.now() < endMs && !isLate();) {
      const { rows } = await client.query(
        `SELECT (${OPEN_AT_SOURCES}) + (SELECT count(*) FROM supplier_notifications WHERE status = 'received') AS open`,
      );
      if (Number(rows[0].open) === 0) return;
      await rest(500);
    }
  } finally {
    await client.end();
  }
}
