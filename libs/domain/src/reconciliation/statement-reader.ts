import {
  plainCell,
  foreignCurrency,
  parseLineType,
  parseStatementAmount,
  parseStatementTime,
  parseToldStatus,
  signedAmount,
} from './statement-text.js';
import {
  type ColumnMapping,
  type ColumnRole,
  looksLikeHeadings,
  mappingFor,
} from './statement-mapping.js';
import type { ExternalLineType, PartyKind, RowFault, ToldStatus } from './reconciliation-lists.js';
import {
  isTotalsRow,
  readPreamble,
  type StatedTotals,
  statedInRow,
  type LineSums,
} from './statement-totals.js';

/** A line of a statement as it was read. */
export interface StatementLine {
  readonly lineNo: number;
  readonly type: ExternalLineType;
  readonly ourNo: string | null;
  readonly theirNo: string | null;
  readonly productCode: string | null;
  readonly quantity: number | null;
  readonly account: string | null;
  readonly amountHao: number;
  readonly feeHao: number | null;
  readonly status: ToldStatus | null;
  /** Null for yuan. */
  readonly currency: string | null;
  readonly occurredAtMs: number;
  readonly memo: string | null;
  /** The row as it stood in the file. */
  readonly raw: string;
}

export interface RowFaultFact {
  readonly lineNo: number;
  readonly reason: RowFault;
  readonly text: string;
}

const CELL_MAX = 200;
const RAW_MAX = 2_000;
/** Where the headings must have come by. */
const PREAMBLE_ROWS_MAX = 40;

export type RowResult =
  | { readonly kind: 'line'; readonly line: StatementLine }
  | { readonly kind: 'fault'; readonly fault: RowFaultFact }
  | { readonly kind: 'none' };

type CellOf = (role: ColumnRole) => string;
const QUANTITY_MAX = 1_000_000_000;

/** Why a row is not a line, and what stood there. */
class Unreadable {
  constructor(
    readonly reason: RowFault,
    readonly text: string,
  ) {}
}

const faultAt = (lineNo: number, { reason, text }: Unreadable): RowResult => ({
  kind: 'fault',
  fault: { lineNo, reason, text: text.slice(0, CELL_MAX) },
});

const NONE: RowResult = { kind: 'none' };

/** Reads the rows of one statement, one after the other: what stands above the headings, the lines, the totals. */
export class StatementReader {
  private readonly sums = new Map<ExternalLineType, number>();
  private lineCount = 0;
  private feeHao = 0;
  private firstMs = Number.POSITIVE_INFINITY;
  private lastMs = Number.NEGATIVE_INFINITY;
  private totals: StatedTotals = {};
  private rowCount = 0;
  private found: readonly string[] | undefined;
  private columns: ColumnMapping = {};

  constructor(
    private readonly party: PartyKind,
    private readonly saved: ColumnMapping,
  ) {}

  get headings(): readonly string[] | undefined {
    return this.found;
  }

  get mapping(): ColumnMapping {
    return this.columns;
  }

  /** What the statement itself says of its sums and its period. */
  get stated(): StatedTotals {
    return this.totals;
  }

  /** The first and the last moment of its lines. */
  get span(): { readonly firstMs: number; readonly lastMs: number } | undefined {
    return this.lineCount === 0 ? undefined : { firstMs: this.firstMs, lastMs: this.lastMs };
  }

  get lineSums(): LineSums {
    const of = (type: ExternalLineType): number => this.sums.get(type) ?? 0;
    return {
      count: this.lineCount,
      feeHao: this.feeHao,
      byType: {
        order: of('order'),
        refund: of('refund'),
        fee: of('fee'),
        deduction: of('deduction'),
        payout: of('payout'),
        receipt: of('receipt'),
      },
    };
  }

  /** Whether the headings should have come by now. */
  get isLost(): boolean {
    return this.found === undefined && this.rowCount > PREAMBLE_ROWS_MAX;
  }

  push(lineNo: number, row: readonly string[]): RowResult {
    const cells = row.map(plainCell);
    if (cells.every((cell) => cell === '')) return NONE;
    this.rowCount += 1;
    if (this.found === undefined) return this.readHead(cells);
    if (isTotalsRow(cells)) {
      this.totals = { ...this.totals, ...statedInRow(cells, (role) => this.indexOf(role)) };
      return NONE;
    }
    return this.readLine(lineNo, row, cells);
  }

  private readHead(cells: readonly string[]): RowResult {
    const savedHere = Object.values(this.saved).filter((heading) => cells.includes(heading)).length;
    if (savedHere >= 2 || looksLikeHeadings(cells, this.party)) {
      this.found = cells;
      this.columns = mappingFor(cells, this.party, this.saved);
    } else this.totals = { ...this.totals, ...readPreamble(cells) };
    return NONE;
  }

  private indexOf(role: ColumnRole): number {
    const heading = this.columns[role];
    return heading === undefined ? -1 : (this.found ?? []).indexOf(heading);
  }

  private readLine(lineNo: number, row: readonly string[], cells: readonly string[]): RowResult {
    const of = (role: ColumnRole): string => cells[this.indexOf(role)] ?? '';
    const isTooLong = cells.some((cell) => cell.length > RAW_MAX);
    const read = isTooLong ? new Unreadable('too-long', '') : this.readMoney(of, row);
    if (read instanceof Unreadable) return faultAt(lineNo, read);
    const facts = this.readFacts(of, read.type, row);
    if (facts instanceof Unreadable) return faultAt(lineNo, facts);
    return this.take({
      lineNo,
      ...read,
      ...facts,
      productCode: textOrNull(of('product')),
      account: textOrNull(of('account')),
      currency: foreignCurrency(of('currency')),
      memo: textOrNull(of('memo')),
      raw: row.join('\t').slice(0, RAW_MAX),
    });
  }

  private readMoney(of: CellOf, row: readonly string[]) {
    const amountText = of('amount');
    if (amountText === '') return new Unreadable('no-amount', row.join(' '));
    const printedHao = parseStatementAmount(amountText);
    if (printedHao === undefined) return new Unreadable('bad-amount', amountText);
    const type = parseLineType(of('type'), printedHao, this.party);
    if (type === undefined) return new Unreadable('unknown-type', of('type'));
    const feeHao = of('fee') === '' ? null : parseStatementAmount(of('fee'));
    if (feeHao === undefined) return new Unreadable('bad-fee', of('fee'));
    return {
      type,
      amountHao: signedAmount(type, printedHao),
      feeHao: feeHao === null ? null : Math.abs(feeHao),
    };
  }

  private readFacts(of: CellOf, type: ExternalLineType, row: readonly string[]) {
    const occurredAtMs = of('time') === '' ? this.fallbackMs() : parseStatementTime(of('time'));
    if (occurredAtMs === undefined) return new Unreadable('bad-time', of('time'));
    const status = parseToldStatus(of('status'));
    if (status === undefined) return new Unreadable('unknown-status', of('status'));
    const quantity = quantityOf(of('quantity'));
    if (quantity === undefined) return new Unreadable('bad-quantity', of('quantity'));
    const ourNo = textOrNull(of('our-no'));
    const theirNo = textOrNull(of('their-no'));
    const needsNumber = type === 'order' || type === 'refund';
    if (needsNumber && ourNo === null && theirNo === null)
      return new Unreadable('no-number', row.join(' '));
    return { occurredAtMs, status, quantity, ourNo, theirNo };
  }

  /** A statement without times is of the day that it says it is of. */
  private fallbackMs(): number | undefined {
    return this.indexOf('time') < 0 && this.totals.periodTo !== undefined
      ? parseStatementTime(this.totals.periodTo)
      : undefined;
  }

  private take(line: StatementLine): RowResult {
    this.lineCount += 1;
    // Sums are of yuan: what is in another currency is counted and told apart.
    if (line.currency === null) {
      this.sums.set(line.type, (this.sums.get(line.type) ?? 0) + line.amountHao);
      this.feeHao += line.feeHao ?? 0;
    }
    this.firstMs = Math.min(this.firstMs, line.occurredAtMs);
    this.lastMs = Math.max(this.lastMs, line.occurredAtMs);
    return { kind: 'line', line };
  }
}

const textOrNull = (text: string): string | null => (text === '' ? null : text.slice(0, CELL_MAX));

function quantityOf(text: string): number | null | undefined {
  if (text === '') return null;
  const quantity = Number(text);
  const isCount = Number.isSafeInteger(quantity) && quantity >= 0 && quantity <= QUANTITY_MAX;
  return isCount ? quantity : undefined;
}
