import type { Request } from 'express';

/** The bytes of a request. Whoever stops reading leaves the connection open, so that the answer still arrives. */
export async function* bytesOf(request: Request): AsyncIterable<Buffer> {
  try {
    yield* request.iterator({ destroyOnReturn: false });
  } finally {
    request.resume();
  }
}
