import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { mustExecute } from './exec.mjs';
import { hungAfterMs } from './hang-watch.mjs';
import { Part } from './part.mjs';
import { HOST } from './ports.mjs';
import { makeOwned, postgresHome } from './postgres-home.mjs';
import {
  identityOf,
  isAlive,
  processesTitled,
  ProcessLedger,
  sendSignal,
  sleep,
  stopProcess,
  titleOf,
} from './processes.mjs';
import { UserError } from './progress.mjs';

const USER = 'kagong';
const INITDB_WITHIN_MS = 120_000;
const ORPHANS_END_WITHIN_MS = 500;
const STOP_GRACE_MS = 20_000;
const SPEAKS_WITHIN_MS = 3_000;
/** The first packet of a client that would like TLS; every server answers it, also a full or a recovering one. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Sized for two cores. Durability stays as Postgres ships it: fsync, synchronous_commit, full_page_writes. */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '100',
  wal_compression: 'pglz',
  max_wal_size: '2GB',
  checkpoint_completion_target: '0.9',
  idle_in_transaction_session_timeout: '60s',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
};

/** For throw-away databases of tests only: a crash of the machine may cost them. */
export const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  max_wal_size: '512MB',
};

/**
 * @typedef {object} PostgresOptions
 * @property {string} dataDir where the data should be (kept elsewhere if the user that runs Postgres cannot reach it)
 * @property {number} port
 * @property {string} password
 * @property {string} logFile
 * @property {Record<string, string>} [settings] beside or instead of the usual ones
 */

/** @param {{ port: number, password: string, database?: string }} options */
export function databaseUrl({ port, password, database = 'kagong' }) {
  return `postgres://${USER}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;
}

/**
 * Prepares the data folder and describes the server as a part that can be started and restarted.
 * @param {PostgresOptions} options
 * @returns {Promise<import('./part.mjs').PartSpec>}
 */
export async function postgresPart({ dataDir, port, password, logFile, settings = {} }) {
  const home = postgresHome(dataDir);
  await initialise(home, password);
  const cluster = `kagong-${createHash('sha256').update(home.data).digest('hex').slice(0, 12)}`;
  const flags = Object.entries({ ...SETTINGS, cluster_name: cluster, ...settings });
  const who = home.uid === undefined ? {} : { uid: home.uid, gid: home.gid };
  return {
    name: 'postgres',
    command: path.join(home.bin, 'postgres'),
    args: [
      '-D',
      home.data,
      '-p',
      String(port),
      ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    logFile,
    cwd: '/',
    env: plainEnvironment(),
    ...who,
    stopSignal: 'SIGINT',
    beforeStart: () => clearPredecessor(home.data, cluster),
    isReady: () => isReady(databaseUrl({ port, password, database: 'postgres' })),
    answers: () => speaks(port),
    hungAfterMs: hungAfterMs().server,
  };
}

/**
 * Starts a server of its own that nobody supervises: for tests.
 * @param {PostgresOptions & { ledger?: ProcessLedger }} options
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>} `url` is a superuser's, of the database "postgres"
 */
export async function startPostgres(options) {
  const part = new Part(
    await postgresPart(options),
    options.ledger ?? new ProcessLedger(`${options.dataDir}.processes.json`),
  );
  await part.startAndWait();
  const url = databaseUrl({ ...options, database: 'postgres' });
  return { url, pid: /** @type {number} */ (part.pid), stop: () => part.stop() };
}

/** An inherited locale may be one that this machine does not have, or none at all; and PGDATA and friends are not ours. */
function plainEnvironment() {
  return { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', TZ: 'UTC' };
}

/** @param {import('./postgres-home.mjs').PostgresHome} home @param {string} password */
async function initialise(home, password) {
  if (existsSync(path.join(home.data, 'PG_VERSION')) && !existsSync(unfinished(home))) return;
  rmSync(home.data, { recursive: true, force: true });
  writeFileSync(unfinished(home), '');
  makeOwned(home.data, home);
  const passwordFile = `${home.data}.${randomBytes(4).toString('hex')}`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.uid !== undefined && home.gid !== undefined) chownSync(passwordFile, home.uid, home.gid);
  try {
    await mustExecute(path.join(home.bin, 'initdb'), initdbFlags(home.data, passwordFile), {
      what: 'Making the database (initdb)',
      cwd: '/',
      env: plainEnvironment(),
      timeoutMs: INITDB_WITHIN_MS,
      ...(home.uid === undefined ? {} : { uid: home.uid, gid: /** @type {number} */ (home.gid) }),
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(unfinished(home));
}

/** Stands while initdb runs, so that a killed one is begun again. @param {import('./postgres-home.mjs').PostgresHome} home */
const unfinished = (home) => `${home.data}.unfinished`;

/** @param {string} data @param {string} passwordFile */
function initdbFlags(data, passwordFile) {
  return [
    `--pgdata=${data}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--data-checksums',
  ];
}

/**
 * Clears what a killed postmaster leaves behind: its orphaned servers, which hold the shared memory,
 * and a pid file whose number may by now belong to another program.
 * @param {string} data
 * @param {string} cluster
 */
async function clearPredecessor(data, cluster) {
  const pidFile = path.join(data, 'postmaster.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
  if (pid > 0 && isAlive(pid) && titleOf(pid).includes(data)) {
    await stopProcess({ pid, identity: identityOf(pid), signal: 'SIGINT', graceMs: STOP_GRACE_MS });
  }
  const orphans = () => processesTitled(`postgres: ${cluster}: `);
  const endMs = Date.now() + ORPHANS_END_WITHIN_MS;
  while (orphans().length > 0 && Date.now() < endMs) await sleep(50);
  for (const orphan of orphans()) sendSignal(orphan, 'SIGKILL');
  while (orphans().length > 0 && Date.now() < endMs + STOP_GRACE_MS) await sleep(50);
  if (existsSync('/proc/self/cmdline')) rmSync(pidFile, { force: true });
}

/** @param {string} url */
async function isReady(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === '28P01') throw wrongPassword();
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the server takes a connection and says anything at all. @param {number} port @returns {Promise<boolean>} */
function speaks(port) {
  return new Promise((resolve) => {
    const socket = connect(port, HOST, () => socket.write(SSL_REQUEST));
    const tell = (/** @type {boolean} */ spoke) => {
      socket.destroy();
      resolve(spoke);
    };
    socket.once('data', () => tell(true));
    socket.once('error', () => tell(false));
    socket.setTimeout(SPEAKS_WITHIN_MS, () => tell(false));
  });
}

const wrongPassword = () =>
  new UserError('The database does not know the password in .data/secrets.json.', {
    hint: 'Put the secrets.json back that belongs to this database, or begin anew with npm start -- --reset',
  });

/** @param {{ port: number, password: string, database: string }} options made if it is missing */
export async function ensureDatabase({ port, password, database }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: databaseUrl({ port, password, database: 'postgres' }),
  });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      database,
    ]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
