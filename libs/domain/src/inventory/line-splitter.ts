/** Longer than any card line may be; what follows on such a line is dropped, so that memory stays flat. */
export const LINE_LENGTH_MAX = 8_192;

const LINE_END = /\r\n|\n|\r/;

/** Cuts streamed text into lines at LF, CRLF or CR, wherever the pieces of the stream were cut. */
export class LineSplitter {
  private rest = '';

  /** The lines that are complete now, without their ends. */
  push(text: string): string[] {
    let joined = this.rest + text;
    // A CR at the end may be the first half of a CRLF: its other half decides.
    const heldBack = joined.endsWith('\r') ? '\r' : '';
    if (heldBack) joined = joined.slice(0, -1);
    const lines = joined.includes('\r') ? joined.split(LINE_END) : joined.split('\n');
    const last = lines.pop() ?? '';
    // A line beyond the limit stays recognisably too long without being kept whole.
    this.rest = last.slice(0, LINE_LENGTH_MAX + 1) + heldBack;
    return lines;
  }

  /** What is left when the text ends: the last line, where the file does not end in a line end. */
  end(): string[] {
    const last = this.rest.endsWith('\r') ? this.rest.slice(0, -1) : this.rest;
    this.rest = '';
    return last === '' ? [] : [last];
  }
}
