import { accessSync, constants } from 'node:fs';
import { execute } from './exec.mjs';
import { say, step } from './progress.mjs';
import { onPath } from './temporal-binary.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];
const APT_WITHIN_MS = 10 * 60_000;

/**
 * The browser for tests and pictures: the one in CHROMIUM, one on the PATH, or, as root, Debian's.
 * @returns {Promise<{ path: string, missing?: undefined } | { path?: undefined, missing: string }>} the reason in one line where there is none
 */
export async function chromiumBinary() {
  const given = process.env['CHROMIUM'];
  if (given)
    return isExecutable(given)
      ? { path: given }
      : { missing: `CHROMIUM names ${given}, which is not an executable file` };
  const known = installed();
  if (known) return { path: known };
  if (process.getuid?.() !== 0) {
    return {
      missing: `no Chromium on this machine (as root: apt-get install ${PACKAGES.join(' ')}; CHROMIUM names another one)`,
    };
  }
  const fault = await step('Installing Chromium and Chinese fonts (apt-get)', install).catch(
    (error) => String(error.message),
  );
  const path = installed();
  return path
    ? { path }
    : {
        missing: `no Chromium, and apt-get could not install it: ${fault ?? 'it is not on the PATH'}`,
      };
}

const installed = () => NAMES.map(onPath).find((path) => path !== undefined);

async function install() {
  if (!onPath('apt-get')) throw new Error('there is no apt-get');
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: APT_WITHIN_MS,
  };
  const update = await execute('apt-get', ['update', '-q'], options);
  if (update.code !== 0) say('  apt-get update failed; trying with the lists that are there');
  const args = ['install', '-q', '-y', '--no-install-recommends', ...PACKAGES];
  const { code, output } = await execute('apt-get', args, options);
  if (code !== 0) throw new Error(output.trim().split('\n').at(-1));
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
