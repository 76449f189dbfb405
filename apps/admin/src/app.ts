import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { AdminModule } from './admin.module.js';
import { AdminConfig } from './config.js';
import { accessLog } from './http/access-log.js';
import { requestContext } from './http/request-context.js';
import { securityHeaders } from './http/security-headers.js';
import { PanelMount } from './panel/panel-mount.js';

/** The admin app, listening on its port; the caller closes it. */
export async function startAdmin(config: AdminConfig): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AdminModule.with(config),
    new ExpressAdapter(),
    { bodyParser: false, logger: ['error', 'warn'] },
  );
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies.length > 0 ? config.trustedProxies : false);
  // In this order, before any controller: whatever answers, these apply.
  app.use(requestContext, accessLog, securityHeaders(config));
  app.use('/admin', app.get(PanelMount).handler);
  await app.listen(config.port, config.host);
  return app;
}
