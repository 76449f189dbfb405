import { existsSync } from 'node:fs';
import path from 'node:path';
import { execute, mustExecute } from './exec.mjs';
import { readJson } from './files.mjs';
import { inRoot, ROOT } from './paths.mjs';
import { UserError, step, warn } from './progress.mjs';

const REASON_LINES = 6;
const OLDEST_NODE = [20, 19];

/** Node 21 and 22.0 to 22.11 lack what the packages need, too. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (good) return;
  throw new UserError(
    `Kagong needs Node ${OLDEST_NODE.join('.')} or newer (or 22.12 or newer); this is ${process.version}.`,
    {
      hint: 'Install a current long-term-support version of Node and try again.',
    },
  );
}

/** Installs the packages of the lock file, if they are not exactly those that are installed. */
export async function ensurePackages() {
  const reason = whyInstall();
  if (!reason) return;
  await step(`Installing packages (${reason})`, install);
  const still = whyInstall();
  if (still) throw new UserError(`The packages are still not complete after npm ci: ${still}.`);
}

/** @returns {string} why an installation is needed; empty where it is not */
export function whyInstall() {
  const locked = readJson(inRoot('package-lock.json'))?.packages;
  if (!locked)
    throw new UserError('package-lock.json is missing or damaged.', {
      hint: 'Take it from git: git checkout package-lock.json',
    });
  const installed = readJson(inRoot('node_modules', '.package-lock.json'))?.packages;
  if (!installed) return 'none are installed';
  for (const [place, wanted] of Object.entries(locked)) {
    const fault = place === '' ? '' : faultOf(place, wanted, installed[place]);
    if (fault) return fault;
  }
  return '';
}

/**
 * @param {string} place such as node_modules/pg
 * @param {any} wanted its entry in the lock file
 * @param {any} have its entry among what npm installed
 */
function faultOf(place, wanted, have) {
  if (!have) return wanted.optional || wanted.peer ? '' : `${place} is missing`;
  if (have.version !== wanted.version) return `${place} is ${have.version}, not ${wanted.version}`;
  return have.link || existsSync(inRoot(place, 'package.json')) ? '' : `${place} is gone`;
}

async function install() {
  const flags = [
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const options = { cwd: ROOT, env: npmEnvironment(), what: 'Installing packages' };
  const first = await npm(['ci', ...flags], options);
  if (first.code === 0) return;
  const reason = first.output.trim().split('\n').slice(0, REASON_LINES).join('\n');
  warn(
    `npm ci failed; trying npm install, which leaves the lock file as it is. It began with:\n${reason}`,
  );
  const [command, args] = npmCommand(['install', '--no-save', ...flags]);
  await mustExecute(command, args, options);
}

/** @param {string[]} args @param {Parameters<typeof execute>[2]} options */
async function npm(args, options) {
  const [command, all] = npmCommand(args);
  try {
    return await execute(command, all, options);
  } catch (error) {
    throw new UserError(`npm could not be started: ${/** @type {Error} */ (error).message}`, {
      hint: 'Install npm, or install the packages in another way, and try again.',
    });
  }
}

/** The npm that called us, if one did. @param {string[]} args @returns {[string, string[]]} */
function npmCommand(args) {
  const own = process.env['npm_execpath'];
  return own && path.basename(own).startsWith('npm') && existsSync(own)
    ? [process.execPath, [own, ...args]]
    : ['npm', args];
}

/** What `npm start` told its script about itself must not steer another npm. */
function npmEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_(global_prefix|local_prefix))/.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: 'development' };
}
