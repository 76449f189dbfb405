import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hungAfterMs } from './hang-watch.mjs';
import { Part, answers, speaks } from './part.mjs';
import { HOST } from './ports.mjs';
import { ProcessLedger } from './processes.mjs';
import { say } from './progress.mjs';
import { temporalBinary } from './temporal-binary.mjs';
import { TEMPORAL } from './temporal-pins.mjs';

export const NAMESPACE = 'kagong';
const SEARCH_ATTRIBUTES = [
  'OrderNo=Keyword',
  'MerchantOrderNo=Keyword',
  'PlatformCode=Keyword',
  'ProductCode=Keyword',
  'OrderStatus=Keyword',
  'SupplierCode=KeywordList',
  'ComplaintNo=Keyword',
  'ComplaintSeverity=Keyword',
];
const NICE = 10;

/**
 * @typedef {object} TemporalOptions
 * @property {string} file the database of the server
 * @property {{ temporal: number, temporalUi: number, temporalHttp: number, temporalMetrics: number }} ports
 * @property {string} logFile
 * @property {string} [binary]
 */

/**
 * Describes the dev server, with its UI and its data in a file, as a part that can be started and restarted.
 * @param {TemporalOptions} options
 * @returns {Promise<import('./part.mjs').PartSpec>}
 */
export async function temporalPart({ file, ports, logFile, binary }) {
  const command = binary ?? (await temporalBinary());
  dropUnusable(file);
  const ui = `http://${HOST}:${ports.temporalUi}`;
  return {
    name: 'temporal',
    command,
    args: flags(file, ports),
    logFile,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC' },
    nice: NICE,
    beforeStart: async () => keepPrivate(file),
    isReady: async () => {
      const ready = await answers(`${ui}/api/v1/namespaces/${NAMESPACE}/workflows?pageSize=1`);
      if (ready && !existsSync(usable(file))) writeFileSync(usable(file), TEMPORAL.version);
      return ready;
    },
    answers: () => speaks(`http://${HOST}:${ports.temporalHttp}/api/v1/system-info`),
    hungAfterMs: hungAfterMs().server,
  };
}

/**
 * Starts a server of its own that nobody supervises: for tests.
 * @param {TemporalOptions & { ledger?: ProcessLedger }} options
 * @returns {Promise<{ address: string, namespace: string, ui: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startTemporal(options) {
  const part = new Part(
    await temporalPart(options),
    options.ledger ?? new ProcessLedger(`${options.file}.processes.json`),
  );
  await part.startAndWait();
  return {
    address: `${HOST}:${options.ports.temporal}`,
    namespace: NAMESPACE,
    ui: `http://${HOST}:${options.ports.temporalUi}`,
    pid: /** @type {number} */ (part.pid),
    stop: () => part.stop(),
  };
}

/** @param {string} file @param {TemporalOptions['ports']} ports */
function flags(file, ports) {
  return [
    ...['server', 'start-dev', '--ip', HOST],
    ...['--port', String(ports.temporal), '--ui-port', String(ports.temporalUi)],
    ...['--http-port', String(ports.temporalHttp), '--metrics-port', String(ports.temporalMetrics)],
    ...['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL'],
    ...['--ui-disable-news-fetch', '--log-level', 'warn', '--namespace', NAMESPACE],
    ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', name]),
    // One partition instead of four: on one machine more of them only lengthen the tail.
    ...['--dynamic-config-value', 'matching.numTaskqueueReadPartitions=1'],
    ...['--dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
  ];
}

/** Stands once a server has answered on this file, with the version that made its tables. @param {string} file */
const usable = (file) => `${file}.made-by`;

/** Files that an earlier version of this program let the server make for everybody to read. @param {string} file */
function keepPrivate(file) {
  for (const name of filesOfTemporal(file)) if (existsSync(name)) chmodSync(name, 0o600);
}

/** @param {string} file */
export const filesOfTemporal = (file) => [file, `${file}-wal`, `${file}-shm`, usable(file)];

/**
 * The server makes its tables and the search attributes only in a new file, and migrates none. A file whose
 * making was cut short, or that another version made, is no use; the orders live in Postgres and their
 * workflows are started again from there.
 * @param {string} file
 */
function dropUnusable(file) {
  if (!existsSync(file)) return;
  const madeBy = existsSync(usable(file)) ? readFileSync(usable(file), 'utf8') : '';
  if (madeBy === TEMPORAL.version) return;
  if (madeBy === '') {
    for (const name of filesOfTemporal(file)) rmSync(name, { force: true });
    return;
  }
  say(`  Temporal's file was made by version ${madeBy}; it is put aside as ${file}.${madeBy}`);
  renameSync(file, `${file}.${madeBy}`);
  for (const name of filesOfTemporal(file)) rmSync(name, { force: true });
}
