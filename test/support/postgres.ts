import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { openDataSource } from '#domain/database';

/** A database of its own for one spec file, migrated and empty. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const MIGRATIONS = path.resolve(import.meta.dirname, '../../libs/domain/src/database/migrations');
/** Only one process may build the template. */
const TEMPLATE_LOCK = 7_799;

/**
 * Clones the migrated template, which takes about a tenth of a second. The server is the one of TEST_DATABASE_URL, whose
 * user may create databases; `npm test` starts such a server.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `kagong_test_${randomBytes(6).toString('hex')}`;
  await onServer(async (server) => {
    const template = await ensureTemplate(server);
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: databaseUrl(name),
    drop: () =>
      onServer(async (server) => {
        await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** An empty database without tables, for what migrates by itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `kagong_test_${randomBytes(6).toString('hex')}`;
  await onServer((server) => server.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  return {
    url: databaseUrl(name),
    drop: () =>
      onServer(async (server) => {
        await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** Opens one connection for a test and closes it afterwards. */
export async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url) return url;
  throw new Error(
    'TEST_DATABASE_URL is not set: npm run test:service starts a server of its own; or name one whose user may create databases.',
  );
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

const onServer = <Result>(work: (server: pg.Client) => Promise<Result>): Promise<Result> =>
  withClient(serverUrl(), work);

/** Named after the migrations' content, so that a changed migration gets a template of its own. */
async function ensureTemplate(server: pg.Client): Promise<string> {
  const name = `kagong_template_${await migrationsHash()}`;
  await server.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await buildTemplate(server, name);
  } finally {
    await server.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
  return name;
}

/** Built under another name first: whoever sees the template sees it whole. */
async function buildTemplate(server: pg.Client, name: string): Promise<void> {
  const draft = `${name}_draft`;
  await server.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await server.query(`CREATE DATABASE ${draft} TEMPLATE template0`);
  const dataSource = await openDataSource(databaseUrl(draft), 1);
  await dataSource.runMigrations({ transaction: 'each' });
  await dataSource.destroy();
  await server.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
}

async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(MIGRATIONS)).sort())
    hash.update(file).update(await readFile(path.join(MIGRATIONS, file)));
  return hash.digest('hex').slice(0, 12);
}
