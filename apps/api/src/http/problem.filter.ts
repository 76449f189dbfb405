import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorCode } from '#domain';
import { isDatabaseAway } from '#domain/database';
import { languageOf } from '#domain/i18n';
import { Problem, type FieldError } from './problem.js';

const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'request.invalid',
  404: 'request.not-found',
  413: 'request.too-large',
  415: 'request.unsupported-type',
};

const RETRY_AFTER_SECONDS = 2;

/** The one place where an error becomes an HTTP answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for routes that no controller serves. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.problemOf(error, request);
    const language = languageOf(request.headers['accept-language']);
    const { headers } = problem.extra;
    if (headers) void reply.headers(headers);
    void reply
      .status(problem.status)
      .header('Content-Type', 'application/problem+json; charset=utf-8')
      .header('Content-Language', language)
      .send(JSON.stringify(problem.body(language, request.id)));
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof DomainError) return new Problem(error.code, error.params);
    if (isDatabaseAway(error)) return unavailable();
    const status = statusOf(error);
    const code = status === undefined ? undefined : CODE_OF_STATUS[status];
    if (code)
      return new Problem(code, {}, code === 'request.invalid' ? { errors: [unreadable] } : {});
    // The text of an unknown error may quote what was sent: only its kind is logged.
    const { name, code: cause } = error as { name?: string; code?: string };
    this.logger.error(
      `${request.id} ${request.method} ${routeOf(request)} failed: ${name ?? 'error'} ${cause ?? ''} ${placeOf(error)}`,
    );
    return new Problem('service.failed');
  }
}

export const unreadable: FieldError = { pointer: '#', issue: 'unreadable' };

/** Nothing was recorded that the same number would not find again. */
export function unavailable(): Problem {
  return new Problem(
    'service.unavailable',
    {},
    { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } },
  );
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown route';

function placeOf(error: unknown): string {
  const line =
    error instanceof Error
      ? error.stack?.split('\n').find((text) => text.includes(' at '))
      : undefined;
  return line?.trim() ?? '';
}
