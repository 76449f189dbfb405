import type { IncomingMessage } from 'node:http';

/** What a refused caller may still be sending is read and thrown away, up to this much and this long. */
const DRAIN_BYTES_MAX = 32 * 1024 * 1024;
const DRAIN_MS_MAX = 5_000;

/**
 * Reads the rest of a request that is refused before its body was read, and throws it away. A server that answers and
 * closes while the caller still sends resets the connection, and the caller sees the reset in the place of the answer
 * (RFC 9112, 9.6).
 */
export function drainRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const timer = setTimeout(finish, DRAIN_MS_MAX);
    function finish(): void {
      clearTimeout(timer);
      request.off('data', count).off('end', finish).off('close', finish).off('error', finish);
      resolve();
    }
    function count(chunk: Buffer): void {
      bytes += chunk.length;
      if (bytes > DRAIN_BYTES_MAX) finish();
    }
    request.on('data', count).on('end', finish).on('close', finish).on('error', finish);
    request.resume();
  });
}
