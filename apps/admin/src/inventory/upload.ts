import { DomainError } from '#domain';

export const UPLOAD_BYTES_MAX = 256 * 1024 * 1024;

/** The bytes of an upload as they come: nothing is put down on disk. */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > bytesMax) throw new DomainError('request.too-large');
    yield chunk;
  }
}

/** The same bytes, the first of them once something else is done; where that fails, so does the reading. */
export async function* beginningAfter(
  first: () => Promise<void> | undefined,
  source: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  await first();
  yield* source;
}

/** All bytes of a short upload. */
export async function wholeOf(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(source, bytesMax)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
