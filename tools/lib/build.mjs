import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { mustExecute } from './exec.mjs';
import { filesBelow, readJson, writeAtomically } from './files.mjs';
import { DIST, ROOT, inRoot } from './paths.mjs';
import { step } from './progress.mjs';

const API = path.join(DIST, 'apps', 'api', 'src', 'main.js');
const NOTE = path.join(DIST, 'built.json');
const COMPILED = ['apps', 'libs', 'tools'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Where the admin panel's bundle is written; its last folder must not begin with a dot. */
export const ADMIN_BUNDLE = path.join(DIST, 'adminjs');
const BUNDLES = [path.join(DIST, 'workflow-bundle.js'), path.join(ADMIN_BUNDLE, 'bundle.js')];

/**
 * Compiles and bundles, each only if its sources have changed.
 * @returns {Promise<string>} a sum over all sources, which changes when any of them does
 */
export async function ensureBuilt() {
  const sources = await ensureCompiled();
  const bundles = sumOf(isBundled);
  const areThere = BUNDLES.every((file) => existsSync(file));
  if (!areThere || readJson(NOTE)?.bundles !== bundles) {
    await step('Bundling workflows and admin panel', bundle);
    remember({ sources, bundles });
  }
  return sources;
}

/** Compiles, if the sources have changed. @returns {Promise<string>} as `ensureBuilt` */
export async function ensureCompiled() {
  const sources = sumOf(isSource);
  const note = readJson(NOTE) ?? {};
  if (note.sources !== sources || !existsSync(API)) {
    await step('Compiling', compile);
    remember({ ...note, sources });
  }
  return sources;
}

/** @param {{ sources: string, bundles?: string }} note */
const remember = (note) => writeAtomically(NOTE, JSON.stringify(note), 0o644);

/** @param {string} file */
const isSource = (file) => /\.(tsx?|json)$/.test(file) && !/\.spec\.tsx?$/.test(file);

/** The panel's components are not compiled by tsc, and need not be TypeScript. @param {string} file */
const isBundled = (file) =>
  file.startsWith('apps/admin/') || (isSource(file) && !/^apps\/(api|worker)\//.test(file));

/** @param {(file: string) => boolean} isWanted */
function sumOf(isWanted) {
  const files = [
    ...COMPILED.filter((folder) => existsSync(inRoot(folder))).flatMap((folder) =>
      filesBelow(ROOT, folder),
    ),
    ...SETTINGS,
  ];
  const hash = createHash('sha256').update(process.version);
  for (const file of files.filter(isWanted))
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  return hash.digest('hex');
}

async function compile() {
  mkdirSync(DIST, { recursive: true });
  removeOrphans();
  if (!existsSync(API)) rmSync(path.join(DIST, '.tsbuildinfo'), { force: true });
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  await mustExecute(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    what: 'Compiling (tsc)',
  });
}

/**
 * The compiler leaves the output of deleted sources behind; an old migration among them would still be run.
 * Its output has a map beside it, which tells it from what the bundlers write.
 */
function removeOrphans() {
  const folders = COMPILED.filter((name) => existsSync(path.join(DIST, name)));
  const maps = folders
    .flatMap((name) => filesBelow(DIST, name))
    .filter((file) => file.endsWith('.js.map'));
  for (const name of maps.map((file) => file.slice(0, -'.js.map'.length))) {
    if (existsSync(inRoot(`${name}.ts`)) || existsSync(inRoot(`${name}.tsx`))) continue;
    for (const end of ['.js', '.js.map']) rmSync(path.join(DIST, `${name}${end}`), { force: true });
  }
}

async function bundle() {
  await mustExecute(process.execPath, [path.join(DIST, 'tools', 'bundle.js')], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', ADMIN_JS_TMP_DIR: ADMIN_BUNDLE },
    what: 'Bundling',
  });
}
