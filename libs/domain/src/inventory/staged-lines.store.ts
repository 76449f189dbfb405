import { DAY_MS } from '../shared/business-time.js';
import type { RefusedLineReason } from './card-text.js';

/** A card on its way into the vault: already encrypted. */
export interface StagedCard {
  readonly cardId: string;
  readonly sealed: Buffer;
  readonly fingerprint: Buffer;
  readonly expiresOn: string | null;
}

const COLUMN_COUNT = 6;
const START_BYTES = 1 << 20;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER = Buffer.concat([SIGNATURE, Buffer.alloc(8)]);
const FIXED_BYTES_MAX = 128;
const NULL_FIELD = -1;
/** Postgres counts days from 2000-01-01. */
const POSTGRES_EPOCH_DAY = 10_957;

/** A temporary table that holds one chunk of lines; codes are in it as ciphertext only. */
export const CREATE_STAGED_LINES = `
  CREATE TEMP TABLE staged_lines (card_id bigint, line_no int NOT NULL, reason text, sealed bytea, fingerprint bytea,
    expires_on date) ON COMMIT DROP`;
export const COPY_STAGED_LINES = `COPY staged_lines FROM STDIN (FORMAT binary)`;

/** One chunk of lines in the binary format of COPY: a third of the bytes of its text format, and no parsing. */
export class StagedLines {
  private bytes = Buffer.allocUnsafe(START_BYTES);
  private at = HEADER.copy(this.bytes);
  lineCount = 0;
  cardCount = 0;

  addCard(lineNo: number, card: StagedCard): void {
    this.startLine(card.sealed.length + card.fingerprint.length);
    this.field(8);
    this.at = this.bytes.writeBigInt64BE(BigInt(card.cardId), this.at);
    this.field(4);
    this.at = this.bytes.writeInt32BE(lineNo, this.at);
    this.field(NULL_FIELD);
    this.blob(card.sealed);
    this.blob(card.fingerprint);
    if (card.expiresOn === null) this.field(NULL_FIELD);
    else {
      this.field(4);
      this.at = this.bytes.writeInt32BE(postgresDay(card.expiresOn), this.at);
    }
    this.cardCount += 1;
  }

  addRefused(lineNo: number, reason: RefusedLineReason): void {
    this.startLine(reason.length);
    this.field(NULL_FIELD);
    this.field(4);
    this.at = this.bytes.writeInt32BE(lineNo, this.at);
    this.blob(Buffer.from(reason, 'latin1'));
    for (let empty = 0; empty < 3; empty += 1) this.field(NULL_FIELD);
  }

  /** What COPY reads: header, lines, end mark. */
  end(): Buffer {
    this.require(2);
    this.at = this.bytes.writeInt16BE(-1, this.at);
    return this.bytes.subarray(0, this.at);
  }

  private startLine(payloadBytes: number): void {
    this.require(FIXED_BYTES_MAX + payloadBytes);
    this.at = this.bytes.writeInt16BE(COLUMN_COUNT, this.at);
    this.lineCount += 1;
  }

  private field(length: number): void {
    this.at = this.bytes.writeInt32BE(length, this.at);
  }

  private blob(bytes: Buffer): void {
    this.field(bytes.length);
    this.at += bytes.copy(this.bytes, this.at);
  }

  private require(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + more));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

/** The cards of a file share few last days. */
let lastDay = { date: '2000-01-01', day: 0 };

function postgresDay(date: string): number {
  if (lastDay.date !== date)
    lastDay = { date, day: Date.parse(`${date}T00:00:00Z`) / DAY_MS - POSTGRES_EPOCH_DAY };
  return lastDay.day;
}
