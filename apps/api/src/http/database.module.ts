import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { CardVault, MasterKeys } from '#domain/stores';
import { ApiConfig } from '../config.js';

/** The pool of the transaction scripts, the vault and its keys, shared by all modules. */
@Global()
@Module({
  providers: [
    { provide: ApiConfig, useFactory: () => ApiConfig.read(process.env) },
    {
      provide: pg.Pool,
      inject: [ApiConfig],
      useFactory: (config: ApiConfig) =>
        openSqlPool(config.databaseUrl, config.databaseConnections, 'kagong-api'),
    },
    {
      provide: MasterKeys,
      inject: [ApiConfig],
      useFactory: (config: ApiConfig) => MasterKeys.parse(config.masterKeys),
    },
    {
      provide: CardVault,
      inject: [MasterKeys, ApiConfig],
      useFactory: (keys: MasterKeys, config: ApiConfig) =>
        new CardVault(keys, config.fingerprintKey),
    },
  ],
  exports: [ApiConfig, pg.Pool, MasterKeys, CardVault],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
