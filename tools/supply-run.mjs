// npm run supply-run -- --orders N --seed S: many orders through three sources that fail one time in ten and misbehave in
// every known way, while workers are killed; on servers of its own. Docs: docs/supplier-protocols.md.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PlatformClient } from './platform-client.mjs';
import { readJson } from './lib/files.mjs';
import { ROOT, inRoot } from './lib/paths.mjs';
import { printError, UserError } from './lib/progress.mjs';
import { documentOf, MIX, SOURCES, setups } from './supply-run/mix.mjs';
import { judge } from './supply-run/judge.mjs';
import { dice, freePortBase, rest } from './supply-run/run-tools.mjs';

const HELP = `npm run supply-run -- [options]

  --orders N          how many orders (10000)
  --seed S            repeats a run's choices (1)
  --clock-speed S     waits towards suppliers run so many times as fast (10; 1 is the real thing)
  --kill-every S      a worker is killed about every S seconds, 0 never (20)
  --minutes M         gives up after so long (60)
  --json              one JSON object on the last line
  --keep              leaves the data folder for a look

Three simulated sources succeed nine times in ten and misbehave in all known ways; one is down for a while.`;

const FULFILLED_MIN = 0.998;
const IN_FLIGHT_MAX = 300;
const READY_WITHIN_MS = 240_000;

const options = readOptions();
if (options) await main(options).catch(fail);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        orders: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        'clock-speed': { type: 'string', default: '10' },
        'kill-every': { type: 'string', default: '20' },
        minutes: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return void console.log(HELP);
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

/** Brings up a whole Kagong in a folder of its own. @param {Options} options @param {(text: string) => void} say */
async function start({ clockSpeed }, say) {
  const dataDir = inRoot('.data', `supply-run-${randomBytes(4).toString('hex')}`);
  const portBase = await freePortBase(11);
  say(`starting Postgres, Temporal, api, worker and simulator on ports ${portBase} and up`);
  const supervisor = spawn(process.execPath, ['tools/start.mjs', '--port-base', String(portBase)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KAGONG_DATA_DIR: dataDir, SUPPLY_CLOCK_SPEED: String(clockSpeed) },
  });
  let said = '';
  for (const stream of [supervisor.stdout, supervisor.stderr])
    stream.on('data', (chunk) => (said = (said + chunk).slice(-8_000)));
  const gone = new Promise((resolve) => supervisor.once('exit', resolve));
  const runFile = path.join(dataDir, 'run.json');
  const endMs = Date.now() + READY_WITHIN_MS;
  while (!existsSync(runFile)) {
    if (supervisor.exitCode !== null || Date.now() > endMs)
      throw new UserError(`The system of this run did not come up:\n${said}`);
    await rest(300);
  }
  const stop = async () => {
    supervisor.kill('SIGINT');
    await gone;
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => void stop().then(() => process.exit(130)));
  return { dataDir, run: () => readJson(runFile), stop };
}

/** @param {Options} options @param {Awaited<ReturnType<typeof start>>} system @param {(text: string) => void} say */
async function run(options, system, say) {
  const { api, platforms, supplierSimulator: simulator, databaseUrl } = system.run();
  const client = new PlatformClient({ api, ...platforms[0] });
  await prepare(options, system, simulator);
  const state = { sent: 0, ended: 0, isOver: false };
  const views = new Map();
  const chaos = disturb(options, { system, simulator, state, say });
  const isLate = lateness(options);
  await Promise.all([
    submitAll(options, client, { state, views, isLate }),
    followAll(options, client, { state, views, isLate, say }),
  ]);
  state.isOver = true;
  await chaos;
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
    await control(simulator, `suppliers/${setup.code}/behaviour`, { mix: MIX });
  }
  const file = path.join(system.dataDir, 'supply-run.json');
  writeFileSync(file, JSON.stringify(documentOf(simulator)));
  execFileSync(process.execPath, ['tools/command.mjs', 'apply', '--file', file], {
    cwd: ROOT,
    env: { ...process.env, KAGONG_DATA_DIR: system.dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** @param {string} simulator @param {string} what @param {object} body */
async function control(simulator, what, body) {
  const reply = await fetch(`${simulator}/control/${what}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`the simulator refused ${what}: ${await reply.text()}`);
}

/** @param {Options} options */
function lateness({ minutes }) {
  const endMs = Date.now() + minutes * 60_000;
  return () => Date.now() > endMs;
}

/**
 * Sends all orders, never more than some hundreds ahead of those that have ended. One in five is a top-up.
 * @param {Options} options @param {PlatformClient} client
 * @param {{ state: { sent: number, ended: number }, views: Map<string, any>, isLate: () => boolean }} shared
 */
async function submitAll({ orders, seed }, client, { state, views, isLate }) {
  const lane = async () => {
    while (state.sent < orders && !isLate()) {
      if (state.sent - state.ended >= IN_FLIGHT_MAX) {
        await rest(50);
        continue;
      }
      state.sent += 1;
      const no = state.sent;
      const isTopUp = no % 5 === 0;
      const order = {
        merchantOrderNo: `RUN${no}`,
        productCode: isTopUp ? 'RUN-TOPUP' : 'RUN-CARD',
        quantity: isTopUp ? 1 : 1 + Math.floor(dice(seed, `quantity ${no}`) * 3),
        ...(isTopUp ? { account: { account: `1380${String(no).padStart(7, '0')}` } } : {}),
      };
      views.set(order.merchantOrderNo, await insist(() => client.submitOrder(order), isLate));
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/** Asks again until there is an answer: the same number never buys twice. @param {() => Promise<any>} call @param {() => boolean} isLate */
async function insist(call, isLate) {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (isLate()) throw error;
      await rest(300);
    }
  }
}

const FINAL = new Set(['succeeded', 'partial', 'failed', 'cancelled']);

/**
 * Reads every order until it has ended.
 * @param {Options} options @param {PlatformClient} client
 * @param {{ state: { sent: number, ended: number }, views: Map<string, any>, isLate: () => boolean, say: (text: string) => void }} shared
 */
async function followAll({ orders }, client, { state, views, isLate, say }) {
  let saidMs = 0;
  while (state.ended < orders && !isLate()) {
    for (const [no, view] of views) {
      if (FINAL.has(view.status)) continue;
      views.set(no, await insist(() => client.getOrder(no), isLate));
    }
    state.ended = [...views.values()].filter(({ status }) => FINAL.has(status)).length;
    if (Date.now() - saidMs > 10_000) {
      say(`${state.sent} of ${orders} sent, ${state.ended} ended`);
      saidMs = Date.now();
    }
    await rest(500);
  }
}

/**
 * Kills the worker now and then; in the middle one source refuses every connection for a while and then hangs.
 * @param {Options} options
 * @param {{ system: { run: () => any }, simulator: string, state: { ended: number, isOver: boolean }, say: (text: string) => void }} shared
 */
async function disturb({ orders, seed, killEverySeconds }, { system, simulator, state, say }) {
  const downs = [
    { at: 0.3, mode: 'refuse' },
    { at: 0.4, mode: 'hang' },
    { at: 0.5, mode: 'no' },
  ];
  let killAtMs = Date.now() + killEverySeconds * 1_000;
  for (let kill = 0; !state.isOver;) {
    await rest(200);
    const next = downs[0];
    if (next && state.ended >= orders * next.at) {
      downs.shift();
      say(`source ${SOURCES[1]?.code}: ${next.mode === 'no' ? 'up again' : next.mode}`);
      await control(simulator, `suppliers/${SOURCES[1]?.code}/down`, { mode: next.mode });
    }
    if (killEverySeconds > 0 && Date.now() >= killAtMs) {
      kill += 1;
      killAtMs = Date.now() + killEverySeconds * 1_000 * (0.5 + dice(seed, `kill ${kill}`));
      const pid = system.run()?.pids.worker;
      say(`killing the worker (pid ${pid})`);
      if (pid) process.kill(pid, 'SIGKILL');
    }
  }
  await control(simulator, `suppliers/${SOURCES[1]?.code}/down`, { mode: 'no' });
}

/** Waits until no attempt is open any more. @param {string} databaseUrl @param {() => boolean} isLate */
async function settleOpen(databaseUrl, isLate) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const endMs = Date.now() + 60_000; Date.now() < endMs && !isLate();) {
      const { rows } = await client.query(
        `SELECT (SELECT count(*) FROM attempts WHERE status IN ('prepared', 'accepted', 'unknown'))
           + (SELECT count(*) FROM supplier_notifications WHERE status = 'received') AS open`,
      );
      if (Number(rows[0].open) === 0) return;
      await rest(500);
    }
  } finally {
    await client.end();
  }
}

/** @param {{ dataDir: string }} system */
function doctor(system) {
  try {
    const out = execFileSync(process.execPath, ['tools/command.mjs', 'doctor', '--json'], {
      cwd: ROOT,
      env: { ...process.env, KAGONG_DATA_DIR: system.dataDir },
      encoding: 'utf8',
    });
    return JSON.parse(out.trim().split('\n').at(-1) ?? '{}');
  } catch (error) {
    const out = String(/** @type {{ stdout?: string }} */ (error).stdout ?? '');
    return JSON.parse(out.trim().split('\n').at(-1) || '{"violations":-1,"checks":[]}');
  }
}

/** @param {Options} options @param {Awaited<ReturnType<typeof run>>} result */
function report(options, { views, verdict, doctor: checked }) {
  const count = (/** @type {string} */ status) =>
    [...views.values()].filter((view) => view.status === status).length;
  const summary = {
    orders: views.size,
    fulfilled: count('succeeded'),
    partial: count('partial'),
    failed: count('failed') + count('cancelled'),
    unknownOpen: verdict.unknownOpen,
    doubleDeliveries: verdict.doubleDeliveries.length,
    ledgerDifferences: verdict.ledgerDifferences.length,
    doctorViolations: checked.violations,
    seed: options.seed,
    clockSpeed: options.clockSpeed,
  };
  for (const line of [...verdict.doubleDeliveries, ...verdict.ledgerDifferences].slice(0, 20))
    console.error(`  ${line}`);
  for (const check of checked.checks.filter((/** @type {any} */ one) => one.violations > 0))
    console.error(`  doctor: ${check.name}: ${check.violations}`);
  if (options.isJson) console.log(JSON.stringify(summary));
  else
    console.log(
      [
        `${summary.fulfilled} of ${summary.orders} orders fulfilled (${((100 * summary.fulfilled) / summary.orders).toFixed(2)} %), ${summary.partial} partly, ${summary.failed} failed.`,
        `${summary.doubleDeliveries} double deliveries, ${summary.ledgerDifferences} differences between our books and the sources', ${summary.unknownOpen} outcomes unknown, ${summary.doctorViolations} violations.`,
      ].join('\n'),
    );
  const isGood =
    summary.orders === options.orders &&
    summary.fulfilled >= FULFILLED_MIN * summary.orders &&
    summary.doubleDeliveries + summary.ledgerDifferences + summary.unknownOpen === 0 &&
    summary.doctorViolations === 0;
  if (!isGood) process.exitCode = 1;
}
