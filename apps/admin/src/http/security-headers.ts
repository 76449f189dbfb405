import compression from 'compression';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Router, type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { AdminConfig } from '../config.js';

/**
 * Nothing from outside is loaded, and a script runs only if it is a file of ours or carries the page's nonce. The panel's
 * library writes its styles while it runs, so inline styles stay allowed.
 */
export function securityHeaders(config: AdminConfig): RequestHandler {
  const isHttps = config.publicOrigin?.startsWith('https:') ?? false;
  const router = Router();
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", nonceOf],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      strictTransportSecurity: isHttps,
      referrerPolicy: { policy: 'same-origin' },
    }),
  );
  router.use(compression());
  return router;
}

function nonceOf(request: IncomingMessage, _response: ServerResponse): string {
  return `'nonce-${(request as Request).cspNonce}'`;
}
