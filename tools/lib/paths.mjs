import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file belongs to. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Everything that outlives a run: database, Temporal's file, secrets, logs. A second system may be given its own. */
export const DATA = path.resolve(process.env['KAGONG_DATA_DIR'] ?? path.join(ROOT, '.data'));
export const LOGS = path.join(DATA, 'logs');
/** Downloaded binaries are the same for all. */
export const BIN_CACHE = path.join(ROOT, '.data', 'bin');
export const DIST = path.join(ROOT, 'dist');

/** @param {...string} parts */
export const inRoot = (...parts) => path.join(ROOT, ...parts);
/** @param {...string} parts */
export const inData = (...parts) => path.join(DATA, ...parts);

/**
 * Makes the data folders. As root they are made passable for others whatever the umask says,
 * because Postgres runs under another user; every secret file in them has mode 0600 of its own.
 */
export function makeDataFolders() {
  for (const folder of [DATA, LOGS, BIN_CACHE]) mkdirSync(folder, { recursive: true });
  if (process.getuid?.() === 0) chmodSync(DATA, 0o755);
}
