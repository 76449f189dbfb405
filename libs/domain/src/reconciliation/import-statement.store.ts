import type { Pool, PoolClient } from 'pg';
import { inTransaction, isDatabaseAway } from '../database/sql.js';
import type { EncodingChoice } from '../inventory/card-encoding.js';
import { shanghaiDate } from '../shared/business-time.js';
import { DomainError, type ErrorCode, type ErrorParams } from '../shared/domain-error.js';
import { isUsableMapping, type ColumnMapping } from './statement-mapping.js';
import { type PartyFacts, partyOf, saveMapping } from './statement-party.store.js';
import { type RowFaultFact, StatementReader, type StatementLine } from './statement-reader.js';
import { StatementSource } from './statement-source.store.js';
import { totalsFaults, type StatedTotals } from './statement-totals.js';
import { writeLines } from './write-lines.store.js';
import { takeOverVersion, WHOLE_TABLES } from './statement-version.store.js';

export interface StatementImport {
  readonly partyCode: string;
  readonly fileName: string;
  readonly encoding: EncodingChoice;
  /** What a person has corrected; it is saved for the next statement. */
  readonly columns?: ColumnMapping;
  /** The period, where the statement does not tell it and its lines do not show it. */
  readonly period?: { readonly from: string; readonly to: string };
  readonly startedBy: string;
  readonly nowMs: number;
  /** Hears of the record before the first row is read. */
  readonly onStart?: (statementId: string) => void;
  readonly onProgress?: (lineCount: number) => void;
}

export interface ImportedStatement {
  readonly statementId: string;
  readonly versionNo: number;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly lineCount: number;
  readonly hasStatedTotals: boolean;
  readonly addedCount: number;
  readonly changedCount: number;
  readonly removedCount: number;
}

const PAGE_LINES = 1_000;
/** So many unreadable rows are kept to be set right. */
const FAULTS_MAX = 10_000;

/**
 * Takes a statement: all of its lines, or none and a record that tells why, with every row that could not be read.
 * Throws what the record tells. The same file is taken once; the same period again is a new version.
 */
export async function importStatement(
  pool: Pool,
  bytes: AsyncIterable<Uint8Array>,
  asked: StatementImport,
): Promise<ImportedStatement> {
  const party = await partyOf(pool, asked.partyCode);
  const statementId = await startRecord(pool, party, asked);
  asked.onStart?.(statementId);
  const faults: RowFaultFact[] = [];
  try {
    return await inTransaction(pool, (client) =>
      takeStatement({ client, party, asked, statementId, faults, bytes, pool }),
    );
  } catch (error) {
    const refusal = isSameFile(error)
      ? new DomainError('statement.already-imported', { fileName: asked.fileName })
      : error;
    await refuseRecord(pool, statementId, refusal, faults);
    throw refusal;
  }
}

interface Taking {
  readonly client: PoolClient;
  readonly pool: Pool;
  readonly party: PartyFacts;
  readonly asked: StatementImport;
  readonly statementId: string;
  readonly faults: RowFaultFact[];
  readonly bytes: AsyncIterable<Uint8Array>;
}

async function takeStatement(taking: Taking): Promise<ImportedStatement> {
  const { client, party, asked, statementId, faults } = taking;
  // A slow upload is no reason to give up.
  await client.query(WHOLE_TABLES);
  const columns = { ...party.columns, ...asked.columns };
  const source = new StatementSource(taking.bytes, asked.encoding);
  const reader = new StatementReader(party.kind, columns);
  await stageLines(taking, source, reader);
  if (faults.length > 0)
    throw new DomainError('statement.rows-unreadable', { count: faults.length });
  const { count } = reader.lineSums;
  if (count === 0) throw new DomainError('statement.empty');
  requireTotals(reader);
  const period = periodOf(asked, reader);
  await saveMapping(client, party.id, reader.mapping);
  const version = await takeOverVersion(client, {
    partyId: party.id,
    statementId,
    period,
    nowMs: asked.nowMs,
  });
  await finishRecord(taking, { reader, hash: source.digest(), period, ...version });
  return {
    statementId,
    lineCount: count,
    periodFrom: period.from,
    periodTo: period.to,
    hasStatedTotals: hasTotals(reader.stated),
    ...version,
  };
}

async function stageLines(
  { client, pool, party, asked, statementId, faults }: Taking,
  source: StatementSource,
  reader: StatementReader,
): Promise<void> {
  let page: StatementLine[] = [];
  let lineCount = 0;
  const write = async (): Promise<void> => {
    if (page.length === 0) return;
    await writeLines(client, { partyId: party.id, statementId, lines: page, nowMs: asked.nowMs });
    lineCount += page.length;
    page = [];
    await noteProgress(pool, statementId, lineCount);
    asked.onProgress?.(lineCount);
  };
  for await (const { lineNo, cells } of source.rows()) {
    const isHead = reader.headings === undefined;
    const result = reader.push(lineNo, cells);
    if (isHead) requireHeadings(reader);
    if (result.kind === 'fault' && faults.length < FAULTS_MAX) faults.push(result.fault);
    if (result.kind === 'line' && faults.length === 0) page.push(result.line);
    if (page.length >= PAGE_LINES) await write();
  }
  if (reader.headings === undefined) throw new DomainError('statement.headings-unknown');
  await write();
}

function requireHeadings(reader: StatementReader): void {
  const isWrong = reader.headings !== undefined && !isUsableMapping(reader.mapping);
  if (isWrong || reader.isLost) throw new DomainError('statement.headings-unknown');
}

const hasTotals = ({ periodFrom: _from, periodTo: _to, ...totals }: StatedTotals): boolean =>
  Object.keys(totals).length > 0;

function requireTotals(reader: StatementReader): void {
  const [fault] = totalsFaults(reader.stated, reader.lineSums);
  if (!fault) return;
  const yuan = (hao: number): string => (fault.what === 'count' ? `${hao}` : yuanText(hao));
  throw new DomainError('statement.totals-differ', {
    what: fault.what,
    stated: yuan(fault.stated),
    lines: yuan(fault.lines),
    difference: yuan(fault.stated - fault.lines),
  });
}

const yuanText = (hao: number): string => (hao / 10_000).toFixed(hao % 100 === 0 ? 2 : 4);

function periodOf(
  { period }: StatementImport,
  reader: StatementReader,
): { readonly from: string; readonly to: string } {
  if (period) return period;
  const { stated, span } = reader;
  if (stated.periodFrom !== undefined && stated.periodTo !== undefined)
    return { from: stated.periodFrom, to: stated.periodTo };
  if (!span) throw new DomainError('statement.empty');
  return { from: shanghaiDate(span.firstMs), to: shanghaiDate(span.lastMs) };
}

async function startRecord(
  pool: Pool,
  party: PartyFacts,
  { fileName, startedBy }: StatementImport,
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO external_statements (party_id, file_name, started_by) VALUES ($1, $2, $3) RETURNING id`,
    [party.id, fileName.slice(0, 200), startedBy.slice(0, 120)],
  );
  return rows[0]?.id ?? '';
}

/** Seen by others while the transaction of the lines is still open; it also shows that the import lives. */
async function noteProgress(pool: Pool, statementId: string, lineCount: number): Promise<void> {
  await pool.query(
    `UPDATE external_statements SET line_count = $2, updated_at = now() WHERE id = $1 AND status = 'running'`,
    [statementId, lineCount],
  );
}

async function finishRecord(
  { client, statementId, asked }: Taking,
  done: {
    readonly reader: StatementReader;
    readonly hash: string;
    readonly period: { readonly from: string; readonly to: string };
    readonly versionNo: number;
    readonly addedCount: number;
    readonly changedCount: number;
    readonly removedCount: number;
  },
): Promise<void> {
  const { byType, count, feeHao } = done.reader.lineSums;
  await client.query(
    `UPDATE external_statements SET status = 'reconciling', period_from = $2, period_to = $3, version_no = $4, file_hash = $5,
       line_count = $6, order_hao = $7, refund_hao = $8, fee_hao = $9, deduction_hao = $10, payout_hao = $11,
       has_stated_totals = $12, added_count = $13, changed_count = $14, removed_count = $15, next_pass_at = $16,
       updated_at = now(), version = version + 1
     WHERE id = $1`,
    [
      statementId,
      done.period.from,
      done.period.to,
      done.versionNo,
      done.hash,
      count,
      byType.order,
      byType.refund,
      feeHao - byType.fee,
      byType.deduction,
      byType.payout + byType.receipt,
      hasTotals(done.reader.stated),
      done.addedCount,
      done.changedCount,
      done.removedCount,
      new Date(asked.nowMs),
    ],
  );
}

function isSameFile(error: unknown): boolean {
  return (error as { constraint?: string }).constraint === 'uq_external_statements_file';
}

function whyOf(error: unknown): { readonly code: ErrorCode; readonly params: ErrorParams } {
  if (error instanceof DomainError) return error;
  return { code: isDatabaseAway(error) ? 'service.unavailable' : 'service.failed', params: {} };
}

async function refuseRecord(
  pool: Pool,
  statementId: string,
  error: unknown,
  faults: readonly RowFaultFact[],
): Promise<void> {
  const { code, params } = whyOf(error);
  await inTransaction(pool, async (client) => {
    await client.query(
      `UPDATE external_statements SET status = 'refused', fail_code = $2, fail_params = $3::jsonb, fault_count = $4,
         finished_at = now(), updated_at = now(), version = version + 1 WHERE id = $1 AND status = 'running'`,
      [statementId, code, JSON.stringify(params), faults.length],
    );
    await client.query(
      `INSERT INTO external_line_faults (statement_id, line_no, reason, text)
       SELECT $1, r.line_no, r.reason, r.text FROM unnest($2::int[], $3::text[], $4::text[]) AS r(line_no, reason, text)`,
      [
        statementId,
        faults.map(({ lineNo }) => lineNo),
        faults.map(({ reason }) => reason),
        faults.map(({ text }) => text.replaceAll('\u0000', '')),
      ],
    );
  });
}
