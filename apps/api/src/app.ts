import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module.js';
import { ApiConfig } from './config.js';
import { serveOpenApi } from './docs/openapi.js';
import { fastifyAdapter } from './http/fastify.js';
import { serveNotifications } from './supply/notification-routes.js';

/** The api app, listening on its port; the caller closes it. */
export async function startApi(config: ApiConfig): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.with(config),
    fastifyAdapter(config.trustedProxies),
    { bodyParser: false, logger: ['error', 'warn'] },
  );
  serveOpenApi(app);
  serveNotifications(app);
  await app.listen(config.port, config.host);
  return app;
}
