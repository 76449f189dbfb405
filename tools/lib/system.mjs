import { existsSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { appEnvironment, appParts, simulatorPart, withSampleSecrets } from './apps.mjs';
import { ensureBuilt } from './build.mjs';
import { mustExecute } from './exec.mjs';
import { readJson, writeAtomically } from './files.mjs';
import { DATA, DIST, LOGS, ROOT, inData } from './paths.mjs';
import { HOST } from './ports.mjs';
import { placesOfPostgres } from './postgres-home.mjs';
import { databaseUrl, ensureDatabase, postgresPart } from './postgres.mjs';
import { ProcessLedger, leftOvers, stopProcess } from './processes.mjs';
import { Interrupted, UserError, step, warn } from './progress.mjs';
import { RUN_FILE, removeRun, writeRun } from './run-file.mjs';
import { SECRETS_FILE, secretsOf } from './secrets.mjs';
import { Supervisor } from './supervisor.mjs';
import { NAMESPACE, filesOfTemporal, temporalPart } from './temporal.mjs';

const POSTGRES_DATA = inData('postgres');
const TEMPORAL_FILE = inData('temporal.db');
const LEDGER_FILE = inData('processes.json');
const STATE_FILE = inData('state.json');
const FREE_BYTES_MIN = 500 * 1024 * 1024;
const LEFT_OVER_GRACE_MS = 10_000;

export function requireDisk() {
  const { bavail, bsize } = statfsSync(DATA);
  const free = bavail * bsize;
  if (free >= FREE_BYTES_MIN) return;
  throw new UserError(
    `The disk is full: ${Math.round(free / 2 ** 20)} MB are free where Kagong keeps its data, and it needs ${FREE_BYTES_MIN / 2 ** 20} MB.`,
    { hint: `Make room on the disk that holds ${DATA}, and try again.` },
  );
}

/** Stops what a supervisor that was killed has left running. The servers go last. */
export async function stopLeftOvers() {
  const left = leftOvers(LEDGER_FILE);
  if (left.length === 0) return;
  warn(
    `An earlier npm start was killed and left ${left.map((p) => `${p.name} (pid ${p.pid})`).join(', ')} running.`,
  );
  await step('Stopping what it left', async () => {
    const servers = ['temporal', 'postgres'];
    const apps = left.filter(({ name }) => !servers.includes(name));
    await Promise.all(apps.map((one) => stopProcess({ ...one, graceMs: LEFT_OVER_GRACE_MS })));
    for (const name of servers) {
      const server = left.find((one) => one.name === name);
      if (server) await stopProcess({ ...server, graceMs: LEFT_OVER_GRACE_MS });
    }
  });
}

/** Deletes database, Temporal's file, secrets and logs; downloaded binaries stay. */
export function wipe() {
  const places = [
    ...placesOfPostgres(POSTGRES_DATA),
    `${POSTGRES_DATA}.unfinished`,
    ...filesOfTemporal(TEMPORAL_FILE),
  ];
  for (const place of [...places, SECRETS_FILE, STATE_FILE, RUN_FILE, LEDGER_FILE]) {
    rmSync(place, { recursive: true, force: true });
  }
  for (const name of ['api', 'worker', 'admin', 'simulator', 'temporal', 'postgres']) {
    for (const end of ['log', 'log.1']) rmSync(path.join(LOGS, `${name}.${end}`), { force: true });
  }
}

/** A running Kagong: its servers, its apps, and what tools are told about them. */
export class System {
  /**
   * @param {object} options
   * @param {import('./ports.mjs').Ports} options.ports
   * @param {boolean} options.empty asked for on the command line
   * @param {(error: unknown) => void} options.onGiveUp
   */
  constructor({ ports, empty, onGiveUp }) {
    this.ports = ports;
    this.empty = isEmpty(empty);
    this.secrets = secretsOf({
      hasDatabase: placesOfPostgres(POSTGRES_DATA).some((place) => existsSync(place)),
    });
    this.env = appEnvironment({ ports, secrets: this.secrets });
    this.announced = false;
    this.supervisor = new Supervisor({
      ledger: new ProcessLedger(LEDGER_FILE),
      onChange: () => this.announced && this.announce(),
      onGiveUp,
    });
  }

  /** @param {string} temporalBinary */
  async start(temporalBinary) {
    const [sources] = await Promise.all([
      ensureBuilt(),
      this.#startPostgres(),
      this.#startTemporal(temporalBinary),
    ]);
    await step('Migrating the database', () => this.#run('migrate'));
    await this.#seed(sources);
    const { ports, env } = this;
    await step('Starting api, worker, admin and the supplier simulator', () =>
      Promise.all(
        [...appParts({ ports, env }), simulatorPart({ ports, env, sample: !this.empty })].map(
          (part) => this.supervisor.start(part),
        ),
      ),
    );
    this.announced = true;
    this.announce();
  }

  #startPostgres() {
    return step('Starting Postgres', async () => {
      const password = this.secrets.databasePassword;
      const port = this.ports.postgres;
      const logFile = path.join(LOGS, 'postgres.log');
      await this.supervisor.start(
        await postgresPart({ dataDir: POSTGRES_DATA, port, password, logFile }),
      );
      await ensureDatabase({ port, password, database: 'kagong' });
    });
  }

  /** @param {string} binary */
  #startTemporal(binary) {
    const logFile = path.join(LOGS, 'temporal.log');
    return step('Starting Temporal', async () => {
      await this.supervisor.start(
        await temporalPart({ file: TEMPORAL_FILE, ports: this.ports, logFile, binary }),
      );
    });
  }

  /** Sample data is loaded once, and again only when the code that makes it has changed. @param {string} sources */
  async #seed(sources) {
    // Sample suppliers live on the simulator's port: other ports are other addresses.
    const seededWith = `${sources} ${this.ports.supplierSimulator}`;
    const wanted = { empty: this.empty, seededWith };
    const state = readJson(STATE_FILE);
    if (state?.seededWith === seededWith) return;
    await step(this.empty ? 'Making the first staff member' : 'Loading sample data', () =>
      this.#run('seed', ...(this.empty ? ['--empty'] : [])),
    );
    writeAtomically(STATE_FILE, JSON.stringify(wanted));
  }

  /** @param {string} program @param {...string} args */
  async #run(program, ...args) {
    if (this.supervisor.stopping) throw new Interrupted();
    const env = withSampleSecrets(this.env);
    await mustExecute(process.execPath, [path.join(DIST, 'tools', `${program}.js`), ...args], {
      cwd: ROOT,
      env,
      what: `The program ${program}`,
    });
  }

  /** Writes run.json as things stand now. */
  announce() {
    if (!this.supervisor.stopping) writeRun(this.describe());
  }

  /** @returns {import('./run-file.mjs').Run} */
  describe() {
    const { ports, secrets } = this;
    const at = (/** @type {number} */ port) => `http://${HOST}:${port}`;
    return {
      api: at(ports.api),
      admin: `${at(ports.admin)}/admin`,
      temporalUi: at(ports.temporalUi),
      temporalAddress: `${HOST}:${ports.temporal}`,
      temporalNamespace: NAMESPACE,
      databaseUrl: databaseUrl({ port: ports.postgres, password: secrets.databasePassword }),
      metrics: [ports.apiMetrics, ports.workerMetrics, ports.adminMetrics].map(
        (port) => `${at(port)}/metrics`,
      ),
      platforms: this.empty ? [] : secrets.platforms,
      staff: this.empty ? secrets.staff.filter(({ role }) => role === 'owner') : secrets.staff,
      supplierSimulator: at(ports.supplierSimulator),
      pids: this.supervisor.pids(),
    };
  }

  /** Stops the apps first, then Temporal, then Postgres. */
  async stop() {
    removeRun();
    await step('Stopping api, worker, admin and the supplier simulator', () =>
      this.supervisor.stop('admin', 'api', 'worker', 'simulator'),
    );
    await step('Stopping Temporal', () => this.supervisor.stop('temporal'));
    await step('Stopping Postgres', () => this.supervisor.stop('postgres'));
  }

  /** Ends everything without waiting. The database recovers at the next start. */
  killAll() {
    for (const pid of Object.values(this.supervisor.pids())) process.kill(-pid, 'SIGKILL');
    removeRun();
  }
}

/** A system that began empty stays so, and one that began with sample data cannot become empty. @param {boolean} asked */
function isEmpty(asked) {
  const state = readJson(STATE_FILE);
  if (asked && state?.empty === false) {
    throw new UserError('This system already holds sample data; --empty is for a first start.', {
      hint: 'To begin anew without sample data: npm start -- --reset --empty (deletes the database).',
    });
  }
  return asked || state?.empty === true;
}
