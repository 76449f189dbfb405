import http from 'node:http';
import type { Exchange, WireRequest } from '#domain/protocol';

const REPLY_WITHIN_MS = 600;

/** Sends one call and says what became of it: whether anything left, and whether a whole reply came back. */
export function exchange(baseUrl: string, request: WireRequest): Promise<Exchange> {
  const { method, path, headers, body } = request;
  return new Promise((resolve) => {
    let isConnected = false;
    const fail = (reason: string): void =>
      resolve({ result: isConnected ? 'broken' : 'not-sent', reason });
    const call = http.request(`${baseUrl}${path}`, {
      method,
      headers: { ...headers },
      agent: false,
    });
    call.setTimeout(REPLY_WITHIN_MS, () => call.destroy(new Error('time-out')));
    call.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
    call.on('error', (error) => fail(error.message));
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => fail(error.message));
      response.on('end', () =>
        resolve({ result: 'reply', status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
      );
    });
    call.end(body);
  });
}
