import { Logger } from '@nestjs/common';
import { startApi } from './app.js';
import { ApiConfig } from './config.js';

try {
  const config = ApiConfig.read(process.env);
  const app = await startApi(config);
  app.enableShutdownHooks();
  new Logger('api').log(`listening on ${config.host}:${config.port}`);
} catch (error) {
  new Logger('api').error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
