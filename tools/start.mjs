// `npm start`: from a bare checkout to a running Kagong, and its supervisor from then on.
import { parseArgs } from 'node:util';
import { endRunningCommands } from './lib/exec.mjs';
import { ensurePackages, requireNode } from './lib/packages.mjs';
import { makeDataFolders } from './lib/paths.mjs';
import { choosePorts, portTable, requireFreePorts } from './lib/ports.mjs';
import {
  Interrupted,
  UserError,
  outliveTheConsole,
  print,
  printError,
  say,
  step,
} from './lib/progress.mjs';
import { becomeSupervisor } from './lib/run-file.mjs';
import { welcome } from './lib/welcome.mjs';
import { System, requireDisk, stopLeftOvers, wipe } from './lib/system.mjs';
import { temporalBinary } from './lib/temporal-binary.mjs';

const HELP = `npm start -- [options]

Brings up a whole Kagong: Postgres, Temporal, api, worker, admin panel. Ctrl-C stops it; its data stays.

  --port-base N   use ports N, N+1, … instead of the usual ones (also KAGONG_PORT_BASE)
  --empty         first start without sample data
  --reset         delete the database, Temporal's file and the secrets first
  --help          this text

Ports, all on 127.0.0.1 (usual, with --port-base N):
${portTable()}`;

/** npm passes one Ctrl-C on twice; only a later signal means that patience is at its end. */
const SAME_SIGNAL_WITHIN_MS = 3_000;
const PARENT_POLL_MS = 1_000;

/** @type {System | undefined} */
let system;
/** @type {(error?: unknown) => void} */
let askStop = () => undefined;
/** @type {Promise<unknown>} an error, or nothing where a person asked */
const stopAsked = new Promise((resolve) => (askStop = resolve));

function options() {
  try {
    const { values } = parseArgs({
      options: {
        'port-base': { type: 'string' },
        empty: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, portBase: values['port-base'] ?? process.env['KAGONG_PORT_BASE'] };
  } catch (error) {
    throw new UserError(/** @type {Error} */ (error).message.split('. ')[0] ?? '', { hint: HELP });
  }
}

function stopOnSignals() {
  let firstMs = 0;
  const onSignal = (/** @type {string} */ signal) => {
    if (firstMs === 0) {
      firstMs = Date.now();
      say(`${signal}: stopping (once more to stop without waiting)`);
      askStop();
    } else if (Date.now() - firstMs > SAME_SIGNAL_WITHIN_MS) {
      endRunningCommands();
      system?.killAll();
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  process.on('uncaughtException', askStop);
  process.on('unhandledRejection', askStop);
}

/** An npm that was killed outright passes no signal on; what it started must not live on unseen. */
function stopWithNpm() {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    say('npm has ended: stopping');
    askStop();
  }, PARENT_POLL_MS);
}

/** @param {ReturnType<typeof options>} given */
async function bringUp(given) {
  const ports = choosePorts(given.portBase);
  requireDisk();
  await stopLeftOvers();
  if (given.reset) await step('Deleting all data (--reset)', wipe);
  await requireFreePorts(ports);
  const [binary] = await Promise.all([
    step('Looking for Temporal', temporalBinary),
    ensurePackages(),
  ]);
  system = new System({ ports, empty: given.empty, onGiveUp: askStop });
  await system.start(binary);
  print(welcome(system.describe()));
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const given = options();
  if (given.help) {
    print(HELP);
    return 0;
  }
  requireNode();
  makeDataFolders();
  const leave = await becomeSupervisor();
  stopOnSignals();
  stopWithNpm();
  const failed = bringUp(given).then(
    () => stopAsked,
    (error) => error,
  );
  const error = await Promise.race([stopAsked, failed]);
  endRunningCommands();
  await system?.stop();
  leave();
  if (error === undefined || error instanceof Interrupted) return 0;
  printError(error);
  return 1;
}

outliveTheConsole();
try {
  process.exit(await main());
} catch (error) {
  printError(error);
  process.exit(1);
}
