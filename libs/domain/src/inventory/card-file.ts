import { DomainError } from '../shared/domain-error.js';
import { type CardEncoding, CardTextDecoder, type EncodingChoice } from './card-encoding.js';
import { type CardLayout, findLayout } from './card-layout.js';
import { type CardLine, maskCardText, parseCardLine } from './card-line.js';
import { cardIdentity, type RefusedLineReason } from './card-text.js';
import { LineSplitter } from './line-splitter.js';

const SAMPLE_LINES = 200;
const PREVIEW_LINES = 10;
const LF = 10;
const CR = 13;

/** A non-empty line of a card file after its header, with its place in the file. */
export interface NumberedCardLine {
  readonly lineNo: number;
  readonly line: CardLine;
}

/** Reads a card file piece by piece: encoding, lines, layout, header, cards. */
export class CardFileReader {
  private readonly decoder: CardTextDecoder;
  private readonly splitter = new LineSplitter();
  private found: CardLayout | undefined;
  private waiting: { lineNo: number; text: string }[] = [];
  private lineNo = 0;

  constructor(
    choice: EncodingChoice,
    private readonly today: string,
  ) {
    this.decoder = new CardTextDecoder(choice);
  }

  get encoding(): CardEncoding {
    return this.decoder.encoding;
  }

  /** Known once the first lines have been read. */
  get layout(): CardLayout | undefined {
    return this.found;
  }

  /** The lines that can be told now; throws `import.encoding-unknown` and `import.layout-unknown`. */
  push(bytes: Uint8Array): NumberedCardLine[] {
    return this.read(this.splitter.push(this.decoder.push(bytes)), false);
  }

  end(): NumberedCardLine[] {
    const lines = this.splitter.push(this.decoder.end());
    return this.read([...lines, ...this.splitter.end()], true);
  }

  private read(texts: readonly string[], isEnd: boolean): NumberedCardLine[] {
    const read: NumberedCardLine[] = [];
    for (const text of texts) {
      this.lineNo += 1;
      if (text.trim() === '') continue;
      if (this.found)
        read.push({ lineNo: this.lineNo, line: parseCardLine(text, this.found, this.today) });
      else {
        this.waiting.push({ lineNo: this.lineNo, text });
        if (this.waiting.length >= SAMPLE_LINES) read.push(...this.readWaiting());
      }
    }
    if (isEnd && !this.found) read.push(...this.readWaiting());
    return read;
  }

  private readWaiting(): NumberedCardLine[] {
    if (this.waiting.length === 0) return [];
    const layout = findLayout(this.waiting.map((line) => line.text));
    if (!layout) throw new DomainError('import.layout-unknown');
    this.found = layout;
    const lines = layout.hasHeader ? this.waiting.slice(1) : this.waiting;
    this.waiting = [];
    return lines.map(({ lineNo, text }) => ({
      lineNo,
      line: parseCardLine(text, layout, this.today),
    }));
  }
}

/** A card file as the panel shows it before the import: how it is read, and its first lines with masked codes. */
export interface CardFilePreview {
  readonly encoding: CardEncoding;
  readonly layout: CardLayout;
  /** Lines with something in them that were looked at, without the header; `isWhole` where no other follows. */
  readonly lineCount: number;
  readonly isWhole: boolean;
  /** How many of them would be refused, by reason. */
  readonly refused: readonly { readonly reason: RefusedLineReason; readonly count: number }[];
  readonly lines: readonly {
    readonly lineNo: number;
    readonly cardNo: string;
    readonly cardPassword: string;
    readonly expiresOn: string | null;
    readonly reason: RefusedLineReason | null;
  }[];
}

/** The beginning of a card file as the import would read it, codes in clear. */
export interface CardFileSample {
  readonly encoding: CardEncoding;
  readonly layout: CardLayout;
  readonly isWhole: boolean;
  readonly read: readonly NumberedCardLine[];
}

/** Reads the beginning of a card file; throws what the import would throw. `isWhole`: nothing follows. */
export function sampleCardFile(
  beginning: Uint8Array,
  options: { readonly encoding: EncodingChoice; readonly today: string; readonly isWhole: boolean },
): CardFileSample {
  const reader = new CardFileReader(options.encoding, options.today);
  // The last line may be cut off in the middle, even inside a character: it is left out.
  const lastEnd = options.isWhole ? beginning.length : lastLineEnd(beginning);
  const read = [...reader.push(beginning.subarray(0, lastEnd)), ...reader.end()];
  if (!reader.layout || read.length === 0) throw new DomainError('import.empty');
  const { encoding, layout } = reader;
  return { encoding, layout, isWhole: options.isWhole, read };
}

/** What the panel shows of a sample. `inStock` holds the identities of the sample's cards that are in the vault already. */
export function previewOfSample(
  sample: CardFileSample,
  inStock: ReadonlySet<string>,
): CardFilePreview {
  const { encoding, layout, isWhole } = sample;
  const read = withDuplicates(sample.read, inStock);
  const counts = new Map<RefusedLineReason, number>();
  for (const { line } of read)
    if (typeof line === 'string') counts.set(line, (counts.get(line) ?? 0) + 1);
  return {
    encoding,
    layout,
    isWhole,
    lineCount: read.length,
    refused: [...counts].map(([reason, count]) => ({ reason, count })),
    lines: shownLines(read).map(({ lineNo, line }) =>
      typeof line === 'string'
        ? { lineNo, cardNo: '', cardPassword: '', expiresOn: null, reason: line }
        : {
            lineNo,
            cardNo: maskCardText(line.cardNo),
            cardPassword: maskCardText(line.cardPassword),
            expiresOn: line.expiresOn,
            reason: null,
          },
    ),
  };
}

/** The preview of a file, as far as the file alone tells. */
export const previewCardFile = (
  beginning: Uint8Array,
  options: Parameters<typeof sampleCardFile>[1],
): CardFilePreview => previewOfSample(sampleCardFile(beginning, options), new Set());

/** The first lines, and beside them the first that would be refused: those are what a look is for. */
function shownLines(read: readonly NumberedCardLine[]): NumberedCardLine[] {
  const first = read.slice(0, PREVIEW_LINES);
  const bad = read.slice(PREVIEW_LINES).filter(({ line }) => typeof line === 'string');
  return [...first, ...bad.slice(0, PREVIEW_LINES)];
}

function withDuplicates(
  read: readonly NumberedCardLine[],
  inStock: ReadonlySet<string>,
): NumberedCardLine[] {
  const seen = new Set<string>();
  return read.map(({ lineNo, line }) => {
    if (typeof line === 'string') return { lineNo, line };
    const identity = cardIdentity(line);
    if (seen.has(identity)) return { lineNo, line: 'duplicate-in-file' };
    seen.add(identity);
    return { lineNo, line: inStock.has(identity) ? 'duplicate-in-stock' : line };
  });
}

/** In UTF-16 a line end has a zero byte beside it, before or behind. */
function lastLineEnd(bytes: Uint8Array): number {
  const at = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR));
  if (at === -1) return bytes.length;
  const isLittleEndian = bytes[0] === 0xff && bytes[1] === 0xfe;
  return isLittleEndian ? Math.min(at + 2, bytes.length) : at + 1;
}
