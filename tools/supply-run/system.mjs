import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../lib/files.mjs';
import { ROOT, inRoot } from '../lib/paths.mjs';
import { UserError } from '../lib/progress.mjs';
import { freePortBase, rest } from './run-tools.mjs';

const READY_WITHIN_MS = 240_000;

/** @typedef {import('../supply-run.mjs').Options} Options */
/** Brings up a whole Kagong in a folder of its own. @param {{ clockSpeed: number }} options @param {(text: string) => void} say */
export async function start({ clockSpeed }, say) {
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

/** @param {{ dataDir: string }} system */
export function doctor(system) {
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
