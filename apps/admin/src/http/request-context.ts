import { randomBytes, randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Language } from '#domain/i18n';
import type { CurrentStaff } from '../auth/current-staff.js';

declare module 'express-serve-static-core' {
  interface Request {
    /** Shown with every error and written beside every audit entry. */
    requestId: string;
    /** Lets this page's own inline scripts run and nobody else's. */
    cspNonce: string;
    /** Who is logged in, read from the database for this very request. */
    staff?: CurrentStaff;
    /** The language of the answer. */
    language: Language;
  }
}

/** Gives a request its id and its nonce; an id from outside is not believed. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  request.requestId = randomUUID();
  request.cspNonce = randomBytes(16).toString('base64');
  request.language = 'zh-CN';
  response.setHeader('X-Request-Id', request.requestId);
  next();
}
