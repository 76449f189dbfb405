import pg from 'pg';
import {
  beginSnapshot,
  CardVault,
  checkCiphertexts,
  MasterKeys,
  runChecks,
  type CheckResult,
} from '#domain/stores';
import { reportJson, reportText, violationCount } from './doctor/report.js';
import { findRunningSystem, NoRunningSystem, type RunningSystem } from './doctor/running-system.js';
import { checkWorkflowRuns, reachTemporal } from './doctor/workflow-runs.js';

// npm run doctor [-- --json] [--verbose]: looks whether the system keeps its promises. Exit code 0: it does; 1: a
// violation was found; 2: nothing could be looked at.
const USAGE = 'Usage: npm run doctor -- [--json] [--verbose]';
const HELP = `${USAGE}

Looks whether the running system keeps its promises, and changes nothing.

  --verbose         how long each check took
  --json            one JSON object on the last line: {"checks","violations"}

Exit code 0: every invariant holds; 1: a violation was found; 2: nothing could be looked at.`;
const CANNOT_LOOK = 2;
const flags = new Set(process.argv.slice(2));
const isVerbose = flags.delete('--verbose');
const isJson = flags.delete('--json');
const isHelp = flags.delete('--help');

try {
  if (flags.size > 0) throw new NoRunningSystem(`Unknown: ${[...flags].join(' ')}. ${USAGE}`);
  if (isHelp) console.log(HELP);
  else process.exitCode = report(await examine(findRunningSystem(process.env)));
} catch (error) {
  if (!(error instanceof NoRunningSystem)) throw error;
  console.error(error.message);
  process.exitCode = CANNOT_LOOK;
}

/** Prints what was found; answers the exit code. */
function report(results: readonly CheckResult[]): number {
  console.log(reportText(results, isVerbose));
  if (isJson) console.log(reportJson(results));
  return violationCount(results) > 0 ? 1 : 0;
}

async function examine(system: RunningSystem): Promise<CheckResult[]> {
  const [snapshot, live, temporal] = await Promise.all([
    connect(system.databaseUrl),
    connect(system.databaseUrl),
    reachTemporal(system),
  ]);
  try {
    await beginSnapshot(snapshot);
    const runs = await checkWorkflowRuns({ snapshot, live }, temporal, system.temporalNamespace);
    const invariants = await runChecks(snapshot, { isTemporalAway: temporal === undefined });
    return [...invariants, await ciphertexts(snapshot, system), runs];
  } finally {
    await Promise.all([snapshot.end(), live.end(), temporal?.close()]);
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: 'kagong-doctor',
  });
  client.on('error', () => undefined); // the query that is running reports it
  try {
    await client.connect();
    return client;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NoRunningSystem(`The database does not answer (${reason}). Is Kagong running?`);
  }
}

async function ciphertexts(client: pg.Client, system: RunningSystem): Promise<CheckResult> {
  const { masterKeys, fingerprintKey } = system;
  if (masterKeys && fingerprintKey) {
    const vault = new CardVault(
      MasterKeys.parse(masterKeys),
      Buffer.from(fingerprintKey, 'base64'),
    );
    return checkCiphertexts(client, vault);
  }
  const name = 'card-opens-and-matches';
  const skipped = 'not looked: the keys are not given';
  return { name, looked: 0, violations: 0, examples: [], durationMs: 0, skipped };
}
