// npm run sample-month -- --seed S: a month of sales, what platform, supplier and bank say of it with twelve planted
// differences, reconciled on a database of its own. Docs: docs/reconciliation.md.
import path from 'node:path';
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureCompiled } from './lib/build.mjs';
import { endRunningCommands, mustExecute } from './lib/exec.mjs';
import { ensurePackages, requireNode } from './lib/packages.mjs';
import { DIST, ROOT, makeDataFolders } from './lib/paths.mjs';
import { UserError, printError } from './lib/progress.mjs';
import { TestBench, clearOldBenches } from './lib/test-bench.mjs';

const HELP = `npm run sample-month -- [options]

  --seed S   repeats a month (1)
  --json     one JSON object on the last line

Twelve differences are planted in the statements of a month, one of each kind but for currency. Exit code 0: all were found,
none was invented, each could be resolved, and the books explain every fen; 1: not so.`;

/** @returns {{ seed: string, isJson: boolean } | undefined} */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!values.help) return { seed: values.seed, isJson: values.json };
    console.log(HELP);
    return undefined;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

/** @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function run(args, env) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [path.join(DIST, 'tools', 'sample-month', 'main.js'), ...args],
      {
        cwd: ROOT,
        env,
        stdio: 'inherit',
      },
    );
    child.once('exit', (code) => resolve(code ?? 1));
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.once(signal, () => child.kill(signal));
  });
}

/** @param {{ seed: string, isJson: boolean }} options */
async function main({ seed, isJson }) {
  requireNode();
  makeDataFolders();
  await ensurePackages();
  await ensureCompiled();
  await clearOldBenches();
  const bench = new TestBench();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, endRunningCommands);
  try {
    const env = { ...process.env, DATABASE_URL: await bench.startPostgres() };
    await mustExecute(process.execPath, [path.join(DIST, 'tools', 'migrate.js'), 'run'], {
      cwd: ROOT,
      env,
      what: 'migrate run',
    });
    process.exitCode = await run(['--seed', seed, ...(isJson ? ['--json'] : [])], env);
  } finally {
    await bench.clear();
  }
}

try {
  const options = readOptions();
  if (options) await main(options);
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
