import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEFAULT_LANGUAGE } from '#domain/i18n';
import { refusals } from '../metrics/api-metrics.js';
import { Problem } from './problem.js';
import { ProblemFilter, unreadable } from './problem.filter.js';

/** What the router refuses before any hook or handler: above all a URL that cannot be decoded. */
export function answerUnroutable(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  refusals.inc({ code: String((error as { statusCode?: number }).statusCode ?? 400) });
  void reply.headers({ 'X-Request-Id': request.id, 'Cache-Control': 'no-store' });
  new ProblemFilter().answer(error, request, reply);
}

/** What Node cannot read as HTTP at all: there is no request, only a socket. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) return void socket.destroy();
  const problem = problemOf(error.code);
  const requestId = randomUUID();
  const body = JSON.stringify(problem.body(DEFAULT_LANGUAGE, requestId));
  refusals.inc({ code: String(problem.status) });
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return new Problem('request.too-large');
  const status = code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  return new Problem('request.invalid', {}, { status, errors: [unreadable] });
}
