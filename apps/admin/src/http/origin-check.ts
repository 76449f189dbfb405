import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { translate } from '#domain/i18n';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses whatever would change something unless the panel's own page sent it. Browsers name the origin of every such request. */
export function originCheck(publicOrigin: string | undefined): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (READING.has(request.method) || isOwn(request, publicOrigin)) return next();
    const message = translate(request.language, 'notice.foreignOrigin');
    response.status(403).json({ code: 'staff.forbidden', message, requestId: request.requestId });
  };
}

function isOwn(request: Request, publicOrigin: string | undefined): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  if (origin === undefined) return false;
  if (publicOrigin !== undefined) return origin === publicOrigin;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
