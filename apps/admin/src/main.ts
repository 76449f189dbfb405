import { Logger } from '@nestjs/common';
import { startAdmin } from './app.js';
import { AdminConfig } from './config.js';

try {
  const config = AdminConfig.read(process.env);
  const app = await startAdmin(config);
  app.enableShutdownHooks();
  new Logger('admin').log(`listening on ${config.host}:${config.port}`);
} catch (error) {
  new Logger('admin').error(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  process.exit(1);
}
