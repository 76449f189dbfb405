import http from 'node:http';
import https from 'node:https';
import { REPLY_BYTES_MAX, type Exchange, type WireRequest } from '#domain/protocol';
import { guardedLookup, requireCallableHost } from '../platform/public-address.js';

export interface SupplierAddress {
  readonly baseUrl: string;
  readonly isSandbox: boolean;
  readonly timeoutMs: number;
}

export interface TimedExchange {
  readonly exchange: Exchange;
  readonly durationMs: number;
}

const CONNECT_WITHIN_MS = 5_000;

/**
 * Calls suppliers. Every call has a connection of its own: a kept one that the other side has just closed would turn a
 * clean "nothing was sent" into "nobody knows". What became of the call hangs on one moment: whether the connection
 * stood, and so whether a byte of the request may have left.
 */
export class SupplierHttp {
  /** Never rejects: whatever the network does is an exchange. */
  async call(request: WireRequest, target: SupplierAddress): Promise<TimedExchange> {
    const beganAtMs = Date.now();
    const exchange = await this.exchange(request, target);
    return { exchange, durationMs: Date.now() - beganAtMs };
  }

  private exchange(request: WireRequest, target: SupplierAddress): Promise<Exchange> {
    const text = `${target.baseUrl}${request.path}`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const refusal = url ? refusalOf(url, target) : 'the address is no URL';
    if (!url || refusal !== undefined)
      return Promise.resolve({ result: 'not-sent', reason: refusal ?? 'the address is no URL' });
    return exchangeOver(url, request, target);
  }
}

function refusalOf(url: URL, { isSandbox }: SupplierAddress): string | undefined {
  if (url.protocol !== 'https:' && !(isSandbox && url.protocol === 'http:'))
    return 'only https addresses are called';
  try {
    requireCallableHost(url.hostname, isSandbox);
    return undefined;
  } catch {
    return 'the address is not public';
  }
}

function exchangeOver(
  url: URL,
  { method, headers, body }: WireRequest,
  { isSandbox, timeoutMs }: SupplierAddress,
): Promise<Exchange> {
  const isTls = url.protocol === 'https:';
  return new Promise((resolve) => {
    let stands = false;
    const fail = (error: Error): void =>
      resolve({ result: stands ? 'broken' : 'not-sent', reason: reasonOf(error) });
    const call = (isTls ? https : http).request(url, {
      method,
      agent: false,
      lookup: guardedLookup(isSandbox),
      headers: {
        ...headers,
        ...(method === 'POST' ? { 'content-length': Buffer.byteLength(body) } : {}),
        'user-agent': 'Kagong-Supply/1',
        connection: 'close',
      },
    });
    const giveUp = setTimeout(() => call.destroy(new Error('time-out')), timeoutMs);
    const connecting = setTimeout(
      () => call.destroy(new Error('connect time-out')),
      Math.min(CONNECT_WITHIN_MS, timeoutMs),
    );
    call.on('socket', (socket) =>
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        stands = true;
        clearTimeout(connecting);
      }),
    );
    call.on('error', fail);
    call.on('close', () => {
      clearTimeout(giveUp);
      clearTimeout(connecting);
      fail(new Error('closed'));
    });
    call.on('response', (response) => readReply(response, resolve, fail));
    call.end(method === 'POST' ? body : undefined);
  });
}

/** A redirect is a reply like any other: nobody follows it. */
function readReply(
  response: http.IncomingMessage,
  resolve: (exchange: Exchange) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > REPLY_BYTES_MAX + 1) return;
    chunks.push(chunk);
    // One byte beyond the limit is kept, so that the reader sees that it was too much.
    if (bytes > REPLY_BYTES_MAX) response.destroy(new Error('reply too large'));
  });
  const whole = (): void =>
    resolve({ result: 'reply', status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
  response.on('end', () => (response.complete ? whole() : fail(new Error('reply cut off'))));
  response.on('aborted', () => fail(new Error('reply cut off')));
  response.on('error', (error) => (bytes > REPLY_BYTES_MAX ? whole() : fail(error)));
}

/** Our own words: the text of a library may carry the address or the data. */
function reasonOf(error: Error): string {
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string') return code;
  return /^(time-out|connect time-out|closed|reply cut off|reply too large)$/.test(error.message)
    ? error.message
    : error.name;
}
