import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/files.js';

/** A planted fault: the file that commits it, the rule that must see it. `$` in a path becomes a number of its own. */
interface Fault {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  /** What the fault needs beside itself. */
  readonly beside?: Readonly<Record<string, string>>;
}

const FOLDERS = ['libs', 'apps', 'tools', 'test'];
const CONFIGS = ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', '.oxlintrc.json'];
const RULE = 'libs/domain/src/order/planted-$.ts';
const WORKFLOW = 'libs/workflows/src/order/planted-$.workflow.ts';
const WORKER = 'apps/worker/src/planted-$.ts';
const API = 'apps/api/src/planted-$.ts';

const WALLS: readonly Fault[] = [
  {
    rule: 'domain-is-pure',
    file: RULE,
    text: `import { z } from 'zod';\nexport const x = z.string();`,
  },
  {
    rule: 'domain-is-pure',
    file: RULE,
    text: `import { randomBytes } from 'node:crypto';\nexport const x = randomBytes(1);`,
  },
  {
    rule: 'domain-rules-know-no-rows',
    file: RULE,
    text: `import { Order } from './order.entity.js';\nexport const x = Order;`,
  },
  {
    rule: 'workflows-never-reach-impure',
    file: WORKFLOW,
    text: `import { x } from './planted-step-$.js';\nexport const planted = async (): Promise<unknown> => x;`,
    beside: {
      'libs/workflows/src/order/planted-step-$.ts': `export { x } from '../../../domain/src/order/planted-leak-$.js';`,
      'libs/domain/src/order/planted-leak-$.ts': `import { openDataSource } from '../database/index.js';\nexport const x = openDataSource;`,
    },
  },
  {
    rule: 'workflows-import-only-their-own',
    file: WORKFLOW,
    text: `import pg from 'pg';\nexport const x = pg;`,
  },
  {
    rule: 'apps-do-not-know-each-other',
    file: 'apps/admin/src/planted-$.ts',
    text: `export * from '../../api/src/config.js';`,
  },
  {
    rule: 'libs-know-no-app',
    file: 'libs/domain/src/database/planted-$.ts',
    text: `export * from '../../../../apps/api/src/config.js';`,
  },
  {
    rule: 'domain-through-its-doors',
    file: WORKER,
    text: `export * from '../../../libs/domain/src/order/order-no.js';`,
  },
  {
    rule: 'doors-are-entered-by-name',
    file: WORKER,
    text: `export * from '../../../libs/domain/src/index.js';`,
  },
  { rule: 'doors-that-exist', file: WORKER, text: `export * from '#domain/order';` },
  {
    rule: 'only-the-worker-works',
    file: API,
    text: `import { Worker } from '@temporalio/worker';\nexport const x = Worker;`,
  },
  {
    rule: 'no-cycles',
    file: RULE,
    text: `import { y } from './planted-other-$.js';\nexport const x = (): unknown => y;`,
    beside: {
      'libs/domain/src/order/planted-other-$.ts': `import { x } from './planted-$.js';\nexport const y = (): unknown => x;`,
    },
  },
  {
    rule: 'panel-components-stay-in-the-browser',
    file: 'apps/admin/src/components/planted-$.tsx',
    text: `import { ROLE_PERMISSIONS } from '#domain';\nexport const x = ROLE_PERMISSIONS;`,
  },
  {
    rule: 'production-needs-no-dev-package',
    file: API,
    text: `import fc from 'fast-check';\nexport const x = fc;`,
  },
];

const LINT: readonly Fault[] = [
  {
    rule: 'no-restricted-globals',
    file: RULE,
    text: 'export const x = (): number => Date.now();',
  },
  { rule: 'no-restricted-globals', file: RULE, text: 'export const x = process.pid;' },
  {
    rule: 'no-restricted-globals',
    file: WORKFLOW,
    text: 'export const x = (): unknown => setTimeout(() => undefined, 1);',
  },
  {
    rule: 'no-restricted-properties',
    file: RULE,
    text: 'export const x = (): number => Math.random();',
  },
  {
    rule: 'no-floating-promises',
    file: WORKFLOW,
    text: `import { proxyActivities } from '@temporalio/workflow';
const { send } = proxyActivities<{ send(): Promise<void> }>({ startToCloseTimeout: '1s' });
export async function planted(): Promise<void> {
  send();
}`,
  },
  {
    rule: 'switch-exhaustiveness-check',
    file: RULE,
    text: `import type { UnitStatus } from './unit-status.js';
export function x(status: UnitStatus): number {
  switch (status) {
    case 'pending':
      return 1;
  }
  return 0;
}`,
  },
  { rule: 'no-process-env', file: API, text: `export const x = process.env['HOME'];` },
  { rule: 'no-console', file: API, text: `console.log('x');\nexport {};` },
  { rule: 'no-explicit-any', file: API, text: 'export const x = (y: any): void => y;' },
];

/** What a planted file is called in the copy. */
const named = (text: string, index: number): string => text.replaceAll('$', String(index));
const ALL = [...WALLS, ...LINT].map((fault, index) => ({
  ...fault,
  index,
  file: named(fault.file, index),
}));

/** A copy in which files may be spoilt without anybody else seeing it; each tool looks at it once. */
let copy: string;
let crossed: readonly { from: string; rule: string }[];
let linted: string;

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'kagong-walls-'));
  for (const name of [...FOLDERS, ...CONFIGS])
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  for (const { index, file, text, beside = {} } of ALL)
    for (const [name, content] of Object.entries({ [file]: text, ...beside }))
      plant(named(name, index), named(content, index));
  crossed = crossings();
  linted = run('oxlint/bin/oxlint', ['--type-aware', '--format', 'unix', 'apps', 'libs']);
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function plant(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
  writeFileSync(path.join(copy, name), `${text}\n`);
}

/** Output of a tool of node_modules, whether it is content or not. */
function run(tool: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, [path.join(ROOT, 'node_modules', tool), ...args], {
      cwd: copy,
      encoding: 'utf8',
      maxBuffer: 100 * 1024 * 1024,
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

function crossings(): { from: string; rule: string }[] {
  const config = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const output = run('dependency-cruiser/bin/dependency-cruise.mjs', [...config, ...FOLDERS]);
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}

const isPlanted = (text: string): boolean => text.includes('planted-');

describe('the walls between folders', () => {
  it('stand in the checkout as it is', () => {
    expect(crossed.filter(({ from }) => !isPlanted(from))).toEqual([]);
  });

  it.each(ALL.slice(0, WALLS.length))('fall on whoever breaks $rule', ({ rule, file, index }) => {
    const own = crossed.filter(
      ({ from }) => from === file || (isPlanted(from) && from.endsWith(`-${index}.ts`)),
    );
    expect(own.map((crossing) => crossing.rule)).toContain(rule);
  });
});

describe('the rules of the linter', () => {
  it.each(ALL.slice(WALLS.length))('$rule bites in $file', ({ rule, file }) => {
    const lines = linted.split('\n').filter((line) => line.includes(file));
    expect(lines.join('\n')).toContain(`(${rule})`);
  });
});
