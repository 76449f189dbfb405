import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { requestSeconds } from '../metrics/admin-metrics.js';

const log = new Logger('access');
const QUIET = /^\/(health|admin\/frontend)\//;

/** One line a request, without query and body: neither is for the log. */
export function accessLog(request: Request, response: Response, next: NextFunction): void {
  const startedAt = performance.now();
  const path = request.originalUrl.split('?', 1)[0] ?? '';
  response.once('close', () => {
    const ms = performance.now() - startedAt;
    const status = response.statusCode;
    requestSeconds.observe(
      { method: request.method, status: `${Math.floor(status / 100)}xx` },
      ms / 1_000,
    );
    if (QUIET.test(path)) return;
    const who = request.staff?.id ?? '-';
    log.log(
      `${request.method} ${path} ${status} ${ms.toFixed(0)}ms staff=${who} id=${request.requestId}`,
    );
  });
  next();
}
