import 'reflect-metadata';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  COLUMN_ROLES,
  type ColumnMapping,
  dayOfDate,
  DomainError,
  ENCODING_CHOICES,
  type EncodingChoice,
} from '#domain';
import { isDatabaseAway, openSqlPool } from '#domain/database';
import { errorText } from '#domain/i18n';
import { importStatement, reconcileStatement, rowFaultReport } from '#domain/stores';
import type pg from 'pg';
import { findRunningSystem, NoRunningSystem } from './doctor/running-system.js';

// npm run import-statement -- --party P --file F: takes a statement of a platform, a supplier or the bank, and reconciles it.
const HELP = `npm run import-statement -- --party P --file F [options]

  --party P         platform:CODE, supplier:CODE or bank
  --file F          CSV or Excel (.xlsx), up to 200 MB
  --map ROLE=HEAD   which column is which, where it is not guessed; may be repeated, is remembered
  --from D --to D   the period as YYYY-MM-DD, where the file does not tell it
  --encoding E      auto, utf-8 or gbk (auto)
  --report FILE     where rows that cannot be read are written, if there are any
  --json            one JSON object on the last line

Roles: ${COLUMN_ROLES.join(', ')}.
All lines are taken or none; the same file is taken once; the same period again is a new version.
Exit code 0: the statement was taken; 1: it was not.`;
const CONNECTIONS = 3;

class UsageError extends Error {}

interface Asked {
  readonly party: string;
  readonly file: string;
  readonly encoding: EncodingChoice;
  readonly columns: ColumnMapping;
  readonly period: { readonly from: string; readonly to: string } | undefined;
  readonly report: string | undefined;
  readonly isJson: boolean;
}

let isJson = false;
try {
  const asked = readArguments();
  if (asked === 'help') console.log(HELP);
  else await run(asked);
} catch (error) {
  const code = error instanceof DomainError ? error.code : 'failed';
  console.error(explain(error));
  if (isJson) console.log(JSON.stringify({ taken: false, code, message: explain(error) }));
  process.exitCode = 1;
}

function parsed() {
  try {
    return parseArgs({
      options: {
        party: { type: 'string' },
        file: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
        from: { type: 'string' },
        to: { type: 'string' },
        encoding: { type: 'string', default: 'auto' },
        report: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readArguments(): Asked | 'help' {
  const values = parsed();
  if (values.help) return 'help';
  isJson = values.json;
  const { party, file, report } = values;
  if (!party) throw new UsageError('--party is missing.');
  if (!file) throw new UsageError('--file is missing.');
  const encoding = ENCODING_CHOICES.find((choice) => choice === values.encoding);
  if (!encoding) throw new UsageError(`--encoding is one of ${ENCODING_CHOICES.join(', ')}.`);
  const columns = columnsOf(values.map);
  return { party, file, encoding, columns, period: periodOf(values), report, isJson };
}

function columnsOf(pairs: readonly string[]): ColumnMapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const role = COLUMN_ROLES.find((one) => one === pair.slice(0, at));
      if (!role)
        throw new UsageError(`--map ${pair}: the role is one of ${COLUMN_ROLES.join(', ')}.`);
      return [role, pair.slice(at + 1)];
    }),
  );
}

function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  if (from === undefined && to === undefined) return undefined;
  const [first, last] = [dayOfDate(from ?? ''), dayOfDate(to ?? '')];
  if (
    from === undefined ||
    to === undefined ||
    first === undefined ||
    last === undefined ||
    first > last
  )
    throw new UsageError('--from and --to are two days in order, as YYYY-MM-DD.');
  return { from, to };
}

async function run(asked: Asked): Promise<void> {
  const found = await stat(asked.file).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`There is no file ${asked.file}.`);
  const { databaseUrl } = findRunningSystem(process.env);
  const pool = openSqlPool(databaseUrl, CONNECTIONS, 'kagong-import-statement');
  try {
    await take(pool, asked);
  } finally {
    await pool.end();
  }
}

async function take(pool: pg.Pool, asked: Asked): Promise<void> {
  let statementId = '';
  const nowMs = Date.now();
  try {
    const taken = await importStatement(pool, createReadStream(asked.file), {
      partyCode: asked.party,
      fileName: path.basename(asked.file),
      encoding: asked.encoding,
      columns: asked.columns,
      ...(asked.period ? { period: asked.period } : {}),
      startedBy: 'npm run import-statement',
      nowMs,
      onStart: (id) => (statementId = id),
    });
    await reconcileStatement(pool, { statementId: taken.statementId, nowMs });
    const result = { taken: true, ...taken, ...(await countsOf(pool, taken.statementId)) };
    if (asked.isJson) console.log(JSON.stringify(result));
    else console.log(peopleText(result));
  } catch (error) {
    if (statementId !== '' && asked.report !== undefined)
      await writeFaults(pool, statementId, asked.report);
    throw error;
  }
}

async function countsOf(pool: pg.Pool, statementId: string) {
  const { rows } = await pool.query<{
    matched: number;
    waiting: number;
    proposed: number;
    different: number;
    differences: number;
  }>(
    `SELECT count(*) FILTER (WHERE state = 'matched')::int AS matched, count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
       count(*) FILTER (WHERE state = 'proposed')::int AS proposed, count(*) FILTER (WHERE state = 'different')::int AS different,
       (SELECT count(*)::int FROM reconciliation_differences WHERE statement_id = $1 AND status IN ('open', 'suspended')) AS differences
     FROM external_lines WHERE statement_id = $1`,
    [statementId],
  );
  const [counts] = rows;
  if (!counts) throw new Error('the statement has gone');
  return counts;
}

function peopleText(
  result: Awaited<ReturnType<typeof importStatement>> & Awaited<ReturnType<typeof countsOf>>,
): string {
  return [
    `${result.lineCount} lines taken, ${result.periodFrom} to ${result.periodTo}, version ${result.versionNo}.`,
    ...(result.versionNo > 1
      ? [
          `Against the version before: ${result.addedCount} added, ${result.changedCount} changed, ${result.removedCount} removed.`,
        ]
      : []),
    `${result.matched} matched, ${result.proposed} to be confirmed, ${result.different} different, ${result.waiting} waiting.`,
    `${result.differences} open differences.`,
  ].join('\n');
}

async function writeFaults(pool: pg.Pool, statementId: string, file: string): Promise<void> {
  const parts: string[] = [];
  for await (const part of rowFaultReport(pool, statementId)) parts.push(part);
  await writeFile(file, parts.join(''));
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (error instanceof NoRunningSystem) return error.message;
  if (error instanceof DomainError) return errorText('en', error.code, error.params);
  if (isDatabaseAway(error))
    return 'The database does not answer; nothing was imported. Is Kagong running?';
  return `The import failed and nothing was imported: ${error instanceof Error ? error.message : String(error)}`;
}
