// `npm test`: everything that makes a checkout trustworthy, with all its own set-up.
import { ensureBuilt } from './lib/build.mjs';
import { chromiumBinary } from './lib/chromium.mjs';
import { endRunningCommands, execute } from './lib/exec.mjs';
import { readJson } from './lib/files.mjs';
import { resultFile, runJestTier } from './lib/jest.mjs';
import { ensurePackages, requireNode } from './lib/packages.mjs';
import { ROOT, inRoot, makeDataFolders } from './lib/paths.mjs';
import { sendSignal } from './lib/processes.mjs';
import { UserError, print, printError, say, seconds, warn } from './lib/progress.mjs';
import { requireDisk } from './lib/system.mjs';
import { temporalBinary, temporalTestServerBinary } from './lib/temporal-binary.mjs';
import { TestBench, clearOldBenches } from './lib/test-bench.mjs';

const HELP = `npm test -- [--only TIER,TIER…] [-- arguments for Jest]

Tiers, in order: `;

/** @typedef {'testServer' | 'postgres' | 'temporal' | 'chromium' | 'build'} Need */
/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/** @typedef {{ name: string, command?: string[], secondCommand?: string[], needs?: Need[], jest?: string[] }} Tier */

/** Those with a command are one test each; the others are projects of Jest, whose tests are counted. @type {Tier[]} */
const TIERS = [
  { name: 'format', command: ['prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'lint', command: ['oxlint/bin/oxlint', '--type-aware', 'apps', 'libs', 'test', 'tools'] },
  {
    name: 'walls',
    command: [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'tools',
      'test',
    ],
  },
  {
    name: 'types',
    command: ['typescript/bin/tsc', '--noEmit'],
    // The pages of the panel run in a browser and have types of their own.
    secondCommand: ['typescript/bin/tsc', '-p', 'apps/admin/src/components'],
  },
  { name: 'unit' },
  { name: 'workflow', needs: ['testServer', 'postgres'] },
  { name: 'replay' },
  { name: 'service', needs: ['build', 'postgres', 'temporal', 'chromium'] },
  { name: 'architecture' },
  { name: 'system', needs: ['build', 'postgres', 'temporal', 'chromium'], jest: ['--runInBand'] },
];

/** @type {TestBench | undefined} */
let bench;
/** @type {number | undefined} */
let jestPid;
/** What the specs are told, filled as tiers need it. @type {NodeJS.ProcessEnv} */
const told = {};
/** @type {Map<Need, Promise<void>>} */
const prepared = new Map();

/** @type {Record<Need, () => Promise<void>>} */
const PREPARE = {
  build: async () => void (await ensureBuilt()),
  testServer: async () => void (told['TEMPORAL_TEST_SERVER'] = await temporalTestServerBinary()),
  temporal: async () => void (told['TEMPORAL_CLI'] = await temporalBinary()),
  postgres: async () => void (told['TEST_DATABASE_URL'] = await bench?.startPostgres()),
  chromium: async () => {
    const { path: binary, missing } = await chromiumBinary();
    if (binary) told['CHROMIUM'] = binary;
    if (missing) told['CHROMIUM_MISSING'] = missing;
    if (missing) warn(`Browser tests are skipped: ${missing}`);
  },
};

function options() {
  const args = process.argv.slice(2);
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (args.includes('--help')) return { help: true, tiers: [], forJest: [] };
  if (at < 0) return { help: false, tiers: TIERS, forJest: args.filter((arg) => arg !== '--') };
  const [flag = ''] = args.splice(at, 1);
  const list = flag.includes('=')
    ? flag.slice(flag.indexOf('=') + 1)
    : (args.splice(at, 1)[0] ?? '');
  const names = list.split(',').filter(Boolean);
  const unknown = names.filter((name) => !TIERS.some((tier) => tier.name === name));
  if (unknown.length > 0 || names.length === 0) {
    throw new UserError(`--only: there is no tier ${unknown.join(', ') || '(none named)'}.`, {
      hint: HELP + tierNames(),
    });
  }
  return {
    help: false,
    tiers: TIERS.filter(({ name }) => names.includes(name)),
    forJest: args.filter((arg) => arg !== '--'),
  };
}

const tierNames = () => TIERS.map(({ name }) => name).join(', ');

/** @param {Tier} tier @param {string[]} forJest @returns {Promise<Count>} */
async function runTier(tier, forJest) {
  const beganMs = Date.now();
  say(`- ${tier.name} …`);
  let count;
  try {
    await Promise.all((tier.needs ?? []).map(prepare));
    count = tier.command ? await runCommands(tier) : await runJest(tier, forJest);
  } catch (error) {
    printError(error);
    count = { passed: 0, failed: 1, skipped: 0 };
  }
  say(
    `${count.failed > 0 ? '✗' : '✓'} ${tier.name}: ${inWords(count)} (${seconds(Date.now() - beganMs)})`,
  );
  return count;
}

/** Each need is met once, when the first tier has it. @param {Need} need */
function prepare(need) {
  const known = prepared.get(need) ?? PREPARE[need]();
  prepared.set(need, known);
  return known;
}

/** @param {Tier} tier @returns {Promise<Count>} */
async function runCommands({ command = [], secondCommand }) {
  const first = await runCommand(command);
  return first.failed > 0 || !secondCommand ? first : runCommand(secondCommand);
}

/** @param {string[]} command a script inside node_modules and its arguments @returns {Promise<Count>} */
async function runCommand([script = '', ...args]) {
  const file = inRoot('node_modules', script);
  const { code, output } = await execute(process.execPath, [file, ...args], { cwd: ROOT });
  if (code === 0) return { passed: 1, failed: 0, skipped: 0 };
  print(output.trimEnd());
  return { passed: 0, failed: 1, skipped: 0 };
}

/** @param {Tier} tier @param {string[]} forJest @returns {Promise<Count>} */
async function runJest({ name, jest = [] }, forJest) {
  const { folder } = /** @type {TestBench} */ (bench);
  const code = await runJestTier({
    name,
    folder,
    env: { ...process.env, ...told, TEST_DATA_DIR: folder },
    args: [...jest, ...forJest],
    onStart: (pid) => (jestPid = pid),
  });
  jestPid = undefined;
  const result = readJson(resultFile(folder, name));
  if (!result) throw new UserError(`Jest left no result for the tier ${name} (exit ${code}).`);
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** @param {Count} count */
const inWords = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

async function tidyUp() {
  if (jestPid !== undefined) sendSignal(jestPid, 'SIGKILL', { group: true });
  endRunningCommands();
  await bench?.clear();
}

function stopOnSignals() {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say(`${signal}: stopping`);
      void tidyUp().finally(() => process.exit(1));
    });
  }
}

/** @param {ReturnType<typeof options>} given @returns {Promise<Count>} */
async function runAll({ tiers, forJest }) {
  requireNode();
  makeDataFolders();
  requireDisk();
  await ensurePackages();
  await clearOldBenches();
  bench = new TestBench();
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const failedTiers = [];
  for (const tier of tiers) {
    const count = await runTier(tier, forJest);
    for (const key of /** @type {const} */ (['passed', 'failed', 'skipped']))
      sum[key] += count[key];
    if (count.failed > 0) failedTiers.push(tier.name);
  }
  if (told['CHROMIUM_MISSING'] && process.env['CI']) {
    warn('CI is set, so a missing browser is a failure.');
    sum.failed += 1;
  }
  if (failedTiers.length > 0) say(`Failed: ${failedTiers.join(', ')}`);
  return sum;
}

stopOnSignals();
try {
  const given = options();
  if (given.help) {
    print(HELP + tierNames());
  } else {
    const sum = await runAll(given);
    await tidyUp();
    print(inWords(sum));
    process.exitCode = sum.failed > 0 ? 1 : 0;
  }
} catch (error) {
  await tidyUp();
  printError(error);
  print('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}
