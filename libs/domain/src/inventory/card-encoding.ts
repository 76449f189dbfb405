import { DomainError } from '../shared/domain-error.js';

export const CARD_ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type CardEncoding = (typeof CARD_ENCODINGS)[number];
export const ENCODING_CHOICES = ['auto', 'utf-8', 'gbk'] as const;
export type EncodingChoice = (typeof ENCODING_CHOICES)[number];

/** So many bytes after the first one beyond ASCII decide between UTF-8 and GBK. */
const DECIDING_BYTES = 256 * 1024;
const NO_BYTES: Uint8Array = new Uint8Array(0);
const ascii = new TextDecoder('latin1');

/**
 * Turns the bytes of a card file into text, piece by piece. A byte-order mark decides; without one, plain ASCII is
 * passed on until the first other byte, and from there on valid UTF-8 wins over GBK. Bytes that the encoding does
 * not have are an error: a code with a replaced character would be sold as a wrong code.
 */
export class CardTextDecoder {
  private decoder: InstanceType<typeof TextDecoder> | undefined;
  private found: CardEncoding | undefined;
  private held = NO_BYTES;
  private isStarted = false;

  constructor(choice: EncodingChoice) {
    if (choice !== 'auto') this.settle(choice === 'gbk' ? 'gb18030' : 'utf-8');
  }

  /** What the bytes have shown; plain ASCII is valid UTF-8. */
  get encoding(): CardEncoding {
    return this.found ?? 'utf-8';
  }

  push(bytes: Uint8Array): string {
    if (this.decoder) return this.decode(bytes, true);
    const all = this.held.length === 0 ? bytes : joined(this.held, bytes);
    return this.decide(all, false);
  }

  end(): string {
    const text = this.decoder ? '' : this.decide(this.held, true);
    return text + this.decode(NO_BYTES, false);
  }

  private decide(bytes: Uint8Array, isEnd: boolean): string {
    if (!this.isStarted) {
      if (bytes.length < 3 && !isEnd) return this.hold(bytes);
      this.isStarted = true;
      const marked = byteOrderMark(bytes);
      if (marked) return this.settle(marked).decode(bytes, true);
    }
    if (bytes.includes(0)) throw new DomainError('import.encoding-unknown');
    const firstOther = firstBeyondAscii(bytes);
    if (firstOther === -1) {
      this.held = NO_BYTES;
      return ascii.decode(bytes);
    }
    if (bytes.length - firstOther < DECIDING_BYTES && !isEnd) return this.hold(bytes);
    const isUtf8 = canDecode(bytes, 'utf-8', isEnd);
    return this.settle(isUtf8 ? 'utf-8' : 'gb18030').decode(bytes, true);
  }

  private hold(bytes: Uint8Array): string {
    this.held = bytes;
    return '';
  }

  private settle(encoding: CardEncoding): this {
    this.found = encoding;
    this.held = NO_BYTES;
    this.decoder = new TextDecoder(encoding, { fatal: true });
    return this;
  }

  private decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.decoder?.decode(bytes, { stream }) ?? '';
    } catch {
      throw new DomainError('import.encoding-unknown');
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function byteOrderMark(bytes: Uint8Array): CardEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return undefined;
}

function firstBeyondAscii(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] ?? 0) > 0x7f) return at;
  return -1;
}

function canDecode(bytes: Uint8Array, encoding: CardEncoding, isEnd: boolean): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isEnd });
    return true;
  } catch {
    return false;
  }
}
