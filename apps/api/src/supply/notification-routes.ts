import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemFilter } from '../http/problem.filter.js';
import { NotificationsService } from './notifications.service.js';

/**
 * Where suppliers tell us how our orders stand. Outside the signed platform API: each protocol proves itself in its own
 * way, under any content type, some by GET; so the bytes are taken as they come.
 */
export function serveNotifications(app: NestFastifyApplication): void {
  const service = app.get(NotificationsService);
  const filter = new ProblemFilter();
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  void fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, taken) => {
      taken(null, body);
    });
    scope.setErrorHandler((error, request, reply) => filter.answer(error, request, reply));
    scope.route({
      method: ['POST', 'GET'],
      url: '/supply/notifications/:supplierCode',
      handler: async (request: FastifyRequest<{ Params: { supplierCode: string } }>, reply) => {
        const { contentType, body } = await service.receive(request.params.supplierCode, {
          headers: textHeaders(request.headers),
          body: bodyOf(request),
        });
        return reply.status(200).header('content-type', contentType).send(body);
      },
    });
    done();
  });
}

function bodyOf(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body) && request.body.length > 0) return request.body;
  const at = request.url.indexOf('?');
  return Buffer.from(at < 0 ? '' : request.url.slice(at + 1), 'utf8');
}

function textHeaders(headers: FastifyRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
