// npm run bench -- orders | supply: each brings servers of its own. See docs/performance.md.
import { spawn } from 'node:child_process';
import { inRoot } from './lib/paths.mjs';

const [what, ...rest] = process.argv.slice(2);
const args =
  what === 'supply'
    ? [inRoot('tools', 'supply-run', 'bench.mjs'), ...rest]
    : [inRoot('tools', 'command.mjs'), 'bench/bench', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.once('exit', (code) => (process.exitCode = code ?? 1));
