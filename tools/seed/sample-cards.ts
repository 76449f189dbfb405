import { randomInt } from 'node:crypto';

/** Without the look-alikes 0 O 1 I. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LINES_PER_PIECE = 500;
/** Every third card has a last day. */
const EXPIRING_EVERY = 3;

/** A card file that looks like a supplier's, except that each number begins with SAMPLE-. */
export async function* sampleCardFile(
  productCode: string,
  count: number,
  expiryYear: number,
): AsyncIterable<Buffer> {
  yield Buffer.from('卡号,卡密,有效期\n');
  for (let from = 0; from < count; from += LINES_PER_PIECE) {
    const size = Math.min(LINES_PER_PIECE, count - from);
    const lines = Array.from({ length: size }, (_, at) =>
      sampleLine(productCode, from + at, expiryYear),
    );
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
}

function sampleLine(productCode: string, at: number, expiryYear: number): string {
  const month = String(1 + (at % 12)).padStart(2, '0');
  const expiresOn = at % EXPIRING_EVERY === 0 ? `${expiryYear}-${month}-28` : '';
  const number = `SAMPLE-${productCode.replace('-', '')}-${letters(5)}-${letters(5)}`;
  return `${number},${letters(4)}-${letters(4)}-${letters(4)},${expiresOn}`;
}

function letters(count: number): string {
  let text = '';
  for (let at = 0; at < count; at += 1) text += LETTERS.charAt(randomInt(LETTERS.length));
  return text;
}
