import { DataSource, type DataSourceOptions } from 'typeorm';
import * as entities from '../entities.js';
import { migrations } from './migrations/index.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';

/** Options of the one DataSource; every program differs only in the address and the pool's size. */
export function dataSourceOptions(databaseUrl: string, poolSize = 5): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    poolSize,
    entities: Object.values(entities),
    migrations: [...migrations],
    migrationsTableName: 'schema_migrations',
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    extra: { connectionTimeoutMillis: 5_000, application_name: 'kagong' },
  };
}

export async function openDataSource(databaseUrl: string, poolSize?: number): Promise<DataSource> {
  return new DataSource(dataSourceOptions(databaseUrl, poolSize)).initialize();
}
