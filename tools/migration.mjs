// `npm run migration:check` and `migration:generate -- what-it-does`: compares entities with a database
// that was just made by all migrations. The database is thrown away; a running system is not touched.
import path from 'node:path';
import { ensureCompiled } from './lib/build.mjs';
import { endRunningCommands, mustExecute } from './lib/exec.mjs';
import { ensurePackages, requireNode } from './lib/packages.mjs';
import { DIST, ROOT, makeDataFolders } from './lib/paths.mjs';
import { UserError, print, printError, step } from './lib/progress.mjs';
import { TestBench } from './lib/test-bench.mjs';

/** @param {NodeJS.ProcessEnv} env @param {...string} args */
const migrate = (env, ...args) =>
  mustExecute(process.execPath, [path.join(DIST, 'tools', 'migrate.js'), ...args], {
    cwd: ROOT,
    env,
    what: `migrate ${args.join(' ')}`,
  });

/** @param {TestBench} bench @param {string[]} args */
async function compare(bench, [command = '', what]) {
  if (command === 'generate' && !/^[a-z][a-z0-9-]*$/.test(what ?? '')) {
    throw new UserError('Say in small letters what the migration does.', {
      hint: 'npm run migration:generate -- add-refund-reason',
    });
  }
  await ensureCompiled();
  let url = '';
  await step(
    'Starting a database to compare with',
    async () => void (url = await bench.startPostgres()),
  );
  const env = { ...process.env, DATABASE_URL: url };
  await step('Running all migrations', async () => void (await migrate(env, 'run')));
  const said = await migrate(env, command, ...(what === undefined ? [] : [what]));
  if (said.trim() !== '') print(said.trim());
  if (command === 'check') print('Entities and migrations agree.');
}

requireNode();
makeDataFolders();
await ensurePackages();
const bench = new TestBench();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, endRunningCommands);
try {
  await compare(bench, process.argv.slice(2));
} catch (error) {
  printError(error);
  process.exitCode = 1;
} finally {
  await bench.clear();
}
