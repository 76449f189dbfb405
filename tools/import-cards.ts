import 'reflect-metadata';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DomainError, ENCODING_CHOICES, type EncodingChoice, shanghaiDate } from '#domain';
import { isDatabaseAway, openSqlPool } from '#domain/database';
import {
  CardVault,
  importCards,
  type ImportResult,
  MasterKeys,
  refusedReasons,
} from '#domain/stores';
import { findRunningSystem, NoRunningSystem, type RunningSystem } from './doctor/running-system.js';
import { counted, ProgressLine } from './import/progress-line.js';
import { errorText, translate } from '#domain/i18n';
import { writeReport } from './import/write-report.js';

// npm run import -- --product P --file F: takes a card file into the stock of the running system.
const HELP = `npm run import -- --product P --file F [options]

  --batch NAME      what the batch is called (its number)
  --encoding E      auto, utf-8 or gbk (auto)
  --report FILE     where the report is written (.data/reports/<batch>.csv)
  --json            one JSON object on the last line

One card a line: number, password and perhaps a last day, with a comma, tab, blanks, | or ---- between them. A header is
recognised. Lines that are not taken are listed in a report with their reasons; if anything goes wrong, none is taken.
Exit code 0: at least one card was taken; 1: none was.`;
const CONNECTIONS = 3;
const PIECE_BYTES = 256 * 1024;

interface Asked {
  readonly product: string;
  readonly file: string;
  readonly batch: string | undefined;
  readonly encoding: EncodingChoice;
  readonly report: string | undefined;
  readonly isJson: boolean;
}

class UsageError extends Error {}

try {
  const asked = readArguments();
  if (asked === 'help') console.log(HELP);
  else await run(asked, findRunningSystem(process.env));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

function readArguments(): Asked | 'help' {
  const { values } = parsed();
  if (values.help) return 'help';
  const encoding = ENCODING_CHOICES.find((choice) => choice === values.encoding);
  if (!values.product) throw new UsageError('--product is missing.');
  if (!values.file) throw new UsageError('--file is missing.');
  if (!encoding) throw new UsageError(`--encoding is one of ${ENCODING_CHOICES.join(', ')}.`);
  const { product, file, batch, report, json } = values;
  return { product, file, batch, encoding, report, isJson: json };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        product: { type: 'string' },
        file: { type: 'string' },
        batch: { type: 'string' },
        encoding: { type: 'string', default: 'auto' },
        report: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(asked: Asked, system: RunningSystem): Promise<void> {
  const { size } = await requireFile(asked.file);
  const vault = openVault(system);
  const pool = openSqlPool(system.databaseUrl, CONNECTIONS, 'kagong-import-command');
  const progress = new ProgressLine(process.stderr);
  try {
    const source = createReadStream(asked.file, { highWaterMark: PIECE_BYTES });
    const result = await importCards(pool, vault, source, {
      productCode: asked.product,
      fileName: path.basename(asked.file),
      batchName: asked.batch,
      encoding: asked.encoding,
      startedBy: 'npm run import',
      today: shanghaiDate(Date.now()),
      onProgress: (now) => progress.show(now, source.bytesRead / Math.max(1, size)),
      signal: stopSignal(),
    });
    progress.end();
    const report = await writeReport(pool, result, asked.report);
    const reasons = await refusedReasons(pool, result.importId);
    if (!asked.isJson) console.log(peopleText(asked, result, { report, reasons }));
    else console.log(JSON.stringify(jsonOf(result, report)));
    if (result.importedCount === 0) process.exitCode = 1;
  } finally {
    progress.end();
    await pool.end();
  }
}

async function requireFile(file: string): Promise<{ size: number }> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new UsageError(`There is no file ${file}.`);
  if (!found.isFile()) throw new UsageError(`${file} is not a file.`);
  return found;
}

function openVault(system: RunningSystem): CardVault {
  const { masterKeys, fingerprintKey } = system;
  if (!masterKeys || !fingerprintKey)
    throw new NoRunningSystem(
      'The keys of the vault are not known: .data/secrets.json is missing, or KAGONG_MASTER_KEYS and KAGONG_FINGERPRINT_KEY are not set.',
    );
  return new CardVault(MasterKeys.parse(masterKeys), Buffer.from(fingerprintKey, 'base64'));
}

/** The first Ctrl-C rolls back; the second ends at once, and Postgres rolls back by itself. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(name, () => stop.abort());
  return stop.signal;
}

function jsonOf(result: ImportResult, report: string): Record<string, unknown> {
  const { batchNo, lineCount, importedCount, refusedCount } = result;
  return { batchNo, lines: lineCount, imported: importedCount, refused: refusedCount, report };
}

function peopleText(
  asked: Asked,
  result: ImportResult,
  { report, reasons }: { report: string; reasons: Awaited<ReturnType<typeof refusedReasons>> },
): string {
  const { batchNo, importedCount, refusedCount, lineCount } = result;
  const batch = batchNo === null ? 'No batch was made.' : `Batch ${batchNo}.`;
  return [
    `${importedCount} of ${counted(lineCount, 'line')} taken into the stock of ${asked.product}. ${batch}`,
    ...reasons.map(
      ({ reason, count }) =>
        `  ${count} refused: ${translate('en', `enum.refusedLineReason.${reason}`)}`,
    ),
    ...(refusedCount === 0 ? [] : [`Report: ${report}`]),
  ].join('\n');
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (error instanceof NoRunningSystem) return error.message;
  if (error instanceof DomainError) return errorText('en', error.code, error.params);
  if (isDatabaseAway(error))
    return 'The database does not answer; nothing was imported. Is Kagong running?';
  const reason = error instanceof Error ? error.message : String(error);
  return `The import failed and nothing was imported: ${reason}`;
}
