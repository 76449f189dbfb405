import http from 'node:http';
import https from 'node:https';
import { isAcknowledged, isCallbackAllowed, type CallbackRules } from '#domain';
import { AddressNotPublic, guardedLookup, requireCallableHost } from './public-address.js';

export interface CallbackRequest {
  readonly url: string;
  readonly rules: CallbackRules;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of a try: `failure` is null where the platform acknowledged, otherwise a short code. */
export interface CallbackOutcome {
  readonly httpStatus: number | null;
  readonly failure: string | null;
}

export interface CallbackLimits {
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
}

export const CALLBACK_LIMITS: CallbackLimits = { timeoutMs: 10_000, answerBytesMax: 64 * 1024 };

const FAILURE_OF_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
};
const TLS_FAILURE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;

class TooLarge extends Error {}
class TimedOut extends Error {}

/** Sends one callback. Never rejects: whatever a receiver or the network does is an outcome. */
export async function postCallback(
  request: CallbackRequest,
  limits: CallbackLimits = CALLBACK_LIMITS,
): Promise<CallbackOutcome> {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (!url || !isAllowed(url, request.rules)) return failed('host-not-allowed');
  try {
    requireCallableHost(url.hostname, request.rules.isSandbox);
    const answer = await exchange(url, request, limits);
    return judge(answer.status, answer.body);
  } catch (error) {
    return failed(failureOf(error));
  }
}

const failed = (failure: string): CallbackOutcome => ({ httpStatus: null, failure });

function isAllowed(url: URL, rules: CallbackRules): boolean {
  const hasCredentials = url.username !== '' || url.password !== '';
  return isCallbackAllowed({ scheme: url.protocol, hostname: url.hostname, hasCredentials }, rules);
}

function judge(httpStatus: number, body: string): CallbackOutcome {
  if (isAcknowledged(httpStatus, body)) return { httpStatus, failure: null };
  const isSuccess = httpStatus >= 200 && httpStatus < 300;
  return { httpStatus, failure: isSuccess ? 'not-acknowledged' : `http-${httpStatus}` };
}

/** One request on a connection of its own; a redirect is an answer like any other, nobody follows it. */
function exchange(
  url: URL,
  { rules, headers, body }: CallbackRequest,
  limits: CallbackLimits,
): Promise<{ status: number; body: string }> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: 'POST',
      agent: false,
      lookup: guardedLookup(rules.isSandbox),
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Kagong-Callback/1',
        connection: 'close',
      },
    });
    let isLate = false;
    const fail = (error: unknown): void => reject(isLate ? new TimedOut() : (error as Error));
    const timer = setTimeout(() => {
      isLate = true;
      call.destroy(new TimedOut());
    }, limits.timeoutMs);
    call.on('error', fail);
    call.on('close', () => clearTimeout(timer));
    call.on('response', (response) => {
      readAnswer(response, limits.answerBytesMax)
        .then((text) => resolve({ status: response.statusCode ?? 0, body: text }), fail)
        .finally(() => call.destroy());
    });
    call.end(body);
  });
}

async function readAnswer(response: http.IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failureOf(error: unknown): string {
  if (error instanceof AddressNotPublic) return 'address-not-public';
  if (error instanceof TimedOut) return 'timed-out';
  if (error instanceof TooLarge) return 'answer-too-large';
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return 'unreachable';
  if (code.startsWith('HPE_')) return 'not-http';
  return FAILURE_OF_CODE[code] ?? (TLS_FAILURE.test(code) ? 'tls-failed' : 'unreachable');
}
