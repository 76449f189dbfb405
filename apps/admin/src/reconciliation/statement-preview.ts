import type { Pool } from 'pg';
import { type ColumnMapping, type EncodingChoice, isUsableMapping, StatementReader } from '#domain';
import { partyOf, StatementSource } from '#domain/stores';
import type { StatementPreview } from '../components/statement-views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';

const LINES_SHOWN = 8;
const ROWS_READ_MAX = 60;

/** How the beginning of a statement would be read. An Excel file comes whole, a CSV file may be cut anywhere. */
export async function previewStatement(
  pool: Pool,
  bytes: AsyncIterable<Uint8Array>,
  asked: {
    readonly party: string;
    readonly encoding: EncodingChoice;
    readonly columns: ColumnMapping;
  },
): Promise<StatementPreview> {
  const party = await partyOf(pool, asked.party);
  const reader = new StatementReader(party.kind, { ...party.columns, ...asked.columns });
  const source = new StatementSource(bytes, asked.encoding);
  const lines: StatementPreview['lines'][number][] = [];
  let rowCount = 0;
  for await (const { lineNo, cells } of source.rows()) {
    rowCount += 1;
    const result = reader.push(lineNo, cells);
    if (result.kind === 'line')
      lines.push({
        lineNo,
        type: result.line.type,
        number: result.line.theirNo ?? result.line.ourNo ?? '—',
        amount: shownAmount(result.line.amountHao),
        at: shanghaiTime(new Date(result.line.occurredAtMs)),
        fault: null,
      });
    if (result.kind === 'fault')
      lines.push({
        lineNo,
        type: null,
        number: '—',
        amount: result.fault.text,
        at: '—',
        fault: result.fault.reason,
      });
    if (lines.length >= LINES_SHOWN || rowCount >= ROWS_READ_MAX) break;
  }
  const { periodFrom, periodTo } = reader.stated;
  return {
    headings: reader.headings ?? [],
    columns: reader.mapping,
    isUsable: isUsableMapping(reader.mapping),
    period: periodFrom && periodTo ? { from: periodFrom, to: periodTo } : null,
    lines,
  };
}
