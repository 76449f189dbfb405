import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { CardVault, MasterKeys } from '#domain/stores';
import { ApiConfig } from '../config.js';

/** A platform that has waited so long has given up. */
const STATEMENT_TIMEOUT_MS = 12_000;

/** The pool of the transaction scripts, the vault and its keys, shared by all modules. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  static with(config: ApiConfig): DynamicModule {
    const masterKeys = MasterKeys.parse(config.masterKeys);
    const pool = openSqlPool(
      config.databaseUrl,
      config.databaseConnections,
      'kagong-api',
      STATEMENT_TIMEOUT_MS,
    );
    return {
      module: DatabaseModule,
      providers: [
        { provide: ApiConfig, useValue: config },
        { provide: pg.Pool, useValue: pool },
        { provide: MasterKeys, useValue: masterKeys },
        { provide: CardVault, useValue: new CardVault(masterKeys, config.fingerprintKey) },
      ],
      exports: [ApiConfig, pg.Pool, MasterKeys, CardVault],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
