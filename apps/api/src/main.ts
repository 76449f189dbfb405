import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module.js';
import { ApiConfig } from './config.js';
import { serveOpenApi } from './docs/openapi.js';
import { fastifyAdapter } from './http/fastify.js';

/** Starts the api app and answers on its port. */
async function main(): Promise<void> {
  const config = ApiConfig.read(process.env);
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule,
    fastifyAdapter(config.trustedProxies),
    {
      bodyParser: false,
      logger: ['error', 'warn', 'log'],
    },
  );
  app.enableShutdownHooks();
  serveOpenApi(app);
  await app.listen(config.port, config.host);
  new Logger('api').log(`listening on ${config.host}:${config.port}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
