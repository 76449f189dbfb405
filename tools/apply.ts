import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { isDatabaseAway, openSqlPool } from '#domain/database';
import { MasterKeys } from '#domain/stores';
import { findRunningSystem, NoRunningSystem, type RunningSystem } from './doctor/running-system.js';
import { applyMasterData, type Applied, type SecretWish } from './master-data/apply.js';
import type { Change } from './master-data/changes.js';
import { readDocument, type Fault } from './master-data/document.js';

// npm run apply -- --file F.json: makes suppliers, products, prices and routes as a file says.
const HELP = `npm run apply -- --file F.json [options]

  --dry-run         show what would change, write nothing
  --json            one JSON object on the last line: {"created","updated","unchanged","errors"}

The file holds any of "suppliers", "products", "prices" and "routes"; docs/master-data.schema.json describes it and
docs/master-data.example.json is one. What the file does not name stays as it is. All of it is applied, or nothing.
A secret may stand in the file, in the environment ({"env": "NAME"}), or be asked for ({"prompt": true}).`;

class UsageError extends Error {}

try {
  const { file, isDryRun, isJson, isHelp } = readArguments();
  if (isHelp) console.log(HELP);
  else await run(file, isDryRun, isJson);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

function readArguments() {
  const { values } = parsed();
  if (values.help) return { isHelp: true, file: '', isDryRun: false, isJson: false };
  if (!values.file) throw new UsageError('--file is missing.');
  return { isHelp: false, file: values.file, isDryRun: values['dry-run'], isJson: values.json };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        file: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(file: string, isDryRun: boolean, isJson: boolean): Promise<void> {
  const system = findRunningSystem(process.env);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`The file ${file} cannot be read.`);
  });
  const { document, faults } = readDocument(text);
  const applied = document ? await apply(system, document, isDryRun) : { changes: [], faults };
  if (!isJson) console.log(peopleText(applied, isDryRun));
  else console.log(JSON.stringify(jsonOf(applied)));
  if (applied.faults.length > 0) process.exitCode = 1;
}

async function apply(
  system: RunningSystem,
  document: Parameters<typeof applyMasterData>[1],
  isDryRun: boolean,
): Promise<Applied> {
  if (!system.masterKeys)
    throw new NoRunningSystem(
      'The keys are not known: .data/secrets.json is missing, or KAGONG_MASTER_KEYS is not set.',
    );
  const pool = openSqlPool(system.databaseUrl, 1, 'kagong-apply');
  try {
    return await applyMasterData(pool, document, {
      masterKeys: MasterKeys.parse(system.masterKeys),
      actor: 'npm run apply',
      isDryRun,
      secretOf,
    });
  } finally {
    await pool.end();
  }
}

async function secretOf(wish: SecretWish, supplierCode: string): Promise<string | undefined> {
  if (typeof wish === 'string') return wish;
  if ('env' in wish) return process.env[wish.env] || undefined;
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Secret of ${supplierCode}: `)) || undefined;
  } finally {
    terminal.close();
  }
}

function countOf(changes: readonly Change[], kind: Change['kind']): number {
  return changes.filter((change) => change.kind === kind).length;
}

function jsonOf({ changes, faults }: Applied): Record<string, unknown> {
  return {
    created: countOf(changes, 'created'),
    updated: countOf(changes, 'updated'),
    unchanged: countOf(changes, 'unchanged'),
    errors: faults,
  };
}

function peopleText({ changes, faults }: Applied, isDryRun: boolean): string {
  if (faults.length > 0)
    return ['Nothing was applied:', ...faults.map((fault) => `  ${lineOf(fault)}`)].join('\n');
  const lines = changes
    .filter(({ kind }) => kind !== 'unchanged')
    .flatMap(({ what, kind, fields }) => [
      `${kind === 'created' ? '+' : '~'} ${what}`,
      ...(kind === 'updated'
        ? fields.map(({ name, from, to }) => `    ${name}: ${from} → ${to}`)
        : []),
    ]);
  const [created, updated, unchanged] = (['created', 'updated', 'unchanged'] as const).map((kind) =>
    countOf(changes, kind),
  );
  const end = isDryRun ? ' Nothing was written (--dry-run).' : '';
  return [...lines, `${created} created, ${updated} updated, ${unchanged} unchanged.${end}`].join(
    '\n',
  );
}

function lineOf({ pointer, detail }: Fault): string {
  return pointer === '' ? detail : `${pointer}: ${detail}`;
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (error instanceof NoRunningSystem) return error.message;
  if (isDatabaseAway(error))
    return 'The database does not answer; nothing was applied. Is Kagong running?';
  return `Nothing was applied: ${error instanceof Error ? error.message : String(error)}`;
}
