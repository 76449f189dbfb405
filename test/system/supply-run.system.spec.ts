import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { ROOT } from '../support/files.js';

interface Verdict {
  readonly orders: number;
  readonly fulfilled: number;
  readonly unknownOpen: number;
  readonly doubleDeliveries: number;
  readonly ledgerDifferences: number;
  readonly doctorViolations: number;
}

/** The short form of `npm run supply-run`: the same mix of faults, with a worker killed in between. */
it('fulfils orders from sources that fail and misbehave, none twice, with both ledgers agreeing', async () => {
  const run = spawn(
    process.execPath,
    [
      'tools/supply-run.mjs',
      ...[
        '--orders',
        '150',
        '--seed',
        '5',
        '--clock-speed',
        '30',
        '--kill-every',
        '8',
        '--minutes',
        '5',
      ],
      '--json',
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const [out, err] = await Promise.all([text(run.stdout), text(run.stderr)]);
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`the run gave no verdict:\n${err.slice(-2_000)}`);
  expect(JSON.parse(last) as Verdict).toMatchObject({
    orders: 150,
    fulfilled: 150,
    unknownOpen: 0,
    doubleDeliveries: 0,
    ledgerDifferences: 0,
    doctorViolations: 0,
  });
}, 420_000);
