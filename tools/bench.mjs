// npm run bench -- orders | supply | lists: each brings servers of its own. See docs/performance.md.
import { spawn } from 'node:child_process';
import { inRoot } from './lib/paths.mjs';

const [what, ...rest] = process.argv.slice(2);
const OWN = { supply: 'supply-run', lists: 'list-bench' };
const own = OWN[/** @type {keyof typeof OWN} */ (what)];
const args = own
  ? [inRoot('tools', own, 'bench.mjs'), ...rest]
  : [inRoot('tools', 'command.mjs'), 'bench/bench', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.once('exit', (code) => (process.exitCode = code ?? 1));
