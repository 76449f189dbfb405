import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { refusals, requestSeconds } from '../metrics/api-metrics.js';
import { answerUnroutable, answerUnreadable } from './framework-refusals.js';
import { drainRest } from './lingering-refusal.js';

/** The largest body that is kept; anything above is refused. */
const BODY_BYTES_MAX = 64 * 1024;
const REQUEST_TIMEOUT_MS = 15_000;
/** No address that Node reads is longer: what is too long to be a number or a code is simply not found. */
const PARAM_LENGTH_MAX = 16 * 1024;

/** Fastify, set up so that handlers get the raw bytes: the signature is over them, and they are parsed only when it holds. */
export function fastifyAdapter(trustedProxies: readonly string[]): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX, ignoreTrailingSlash: false },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });
  const fastify: FastifyInstance = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (_request, body, done) => {
      done(null, body);
    },
  );
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    requestSeconds.observe(
      { route, status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
    if (reply.statusCode >= 400) refusals.inc({ code: String(reply.statusCode) });
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    void reply.headers({
      'X-Request-Id': request.id,
      // What everybody may read says by itself for how long.
      'Cache-Control': reply.getHeader('cache-control') ?? 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    done(null, payload);
  });
  fastify.addHook('onSend', async (request, reply) => {
    if (reply.statusCode >= 400) await drainRest(request.raw);
  });
  return adapter;
}
