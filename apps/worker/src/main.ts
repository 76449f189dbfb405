import 'reflect-metadata';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { WorkerConfig } from './config.js';
import { WorkerModule } from './worker.module.js';
import { WorkerRunner } from './worker.runner.js';

// The runner alone answers SIGTERM: two who shut a worker down get in each other's way.
Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });

const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(WorkerConfig.read()), {
  logger: new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error', 'fatal'] }),
});
app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
await app.get(WorkerRunner).start((error) => {
  // A worker that stopped by itself leaves orders waiting: whoever supervises this process starts a fresh one.
  new Logger('Worker').fatal('a worker ended', error);
  process.exit(1);
});
