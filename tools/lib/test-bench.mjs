import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readJson, writeAtomically } from './files.mjs';
import { DATA, inData } from './paths.mjs';
import { freePort } from './ports.mjs';
import { placesOfPostgres } from './postgres-home.mjs';
import { TEST_SETTINGS, startPostgres } from './postgres.mjs';
import { ProcessLedger, identityOf, isStillThere, leftOvers, stopProcess } from './processes.mjs';

const PREFIX = 'test-';
const GRACE_MS = 10_000;

/** A folder below .data for one run of tests, with servers of its own; nothing of it outlives the run. */
export class TestBench {
  constructor() {
    this.folder = inData(`${PREFIX}${process.pid}-${randomBytes(3).toString('hex')}`);
    mkdirSync(this.folder, { recursive: true, mode: 0o755 });
    writeAtomically(
      ownerOf(this.folder),
      JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }),
    );
    this.ledger = new ProcessLedger(ledgerOf(this.folder));
  }

  /** @returns {Promise<string>} the URL of a superuser, on a server for this run alone */
  async startPostgres() {
    const postgres = await startPostgres({
      dataDir: postgresOf(this.folder),
      port: await freePort(),
      password: randomBytes(12).toString('hex'),
      logFile: path.join(this.folder, 'postgres.log'),
      settings: TEST_SETTINGS,
      ledger: this.ledger,
    });
    return postgres.url;
  }

  /** Stops the servers and deletes the folder. */
  async clear() {
    await clearAway(this.folder);
  }
}

/** @param {string} folder */
const ownerOf = (folder) => path.join(folder, 'owner.json');
/** @param {string} folder */
const ledgerOf = (folder) => path.join(folder, 'processes.json');
/** @param {string} folder */
const postgresOf = (folder) => path.join(folder, 'postgres');

/** Clears away what runs of tests that were killed have left. */
export async function clearOldBenches() {
  for (const name of readdirSync(DATA).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = readJson(ownerOf(inData(name)));
    if (!owner || !isStillThere(owner)) await clearAway(inData(name));
  }
}

/** @param {string} folder */
async function clearAway(folder) {
  for (const left of leftOvers(ledgerOf(folder))) await stopProcess({ ...left, graceMs: GRACE_MS });
  for (const place of [...placesOfPostgres(postgresOf(folder)), folder])
    rmSync(place, { recursive: true, force: true });
}
