import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { openDataSource, openSqlPool } from '#domain/database';
import { CardVault, MasterKeys } from '#domain/stores';
import { AdminConfig } from '../config.js';
import { PanelMount } from '../panel/panel-mount.js';

/** The pool of the scripts, the entities' own connections, the vault and its keys, and the panel's place: shared by all modules. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly entities: DataSource,
  ) {}

  static with(config: AdminConfig): DynamicModule {
    const masterKeys = MasterKeys.parse(config.masterKeys);
    const half = Math.ceil(config.databaseConnections / 2);
    const pool = openSqlPool(config.databaseUrl, half, 'kagong-admin');
    return {
      module: DatabaseModule,
      providers: [
        { provide: AdminConfig, useValue: config },
        PanelMount,
        { provide: pg.Pool, useValue: pool },
        { provide: DataSource, useFactory: () => openDataSource(config.databaseUrl, half) },
        { provide: MasterKeys, useValue: masterKeys },
        { provide: CardVault, useValue: new CardVault(masterKeys, config.fingerprintKey) },
      ],
      exports: [AdminConfig, PanelMount, pg.Pool, DataSource, MasterKeys, CardVault],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.entities.destroy()]);
  }
}
