import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { openDataSource } from '#domain/database';

// node dist/tools/migrate.js [run | check | generate <what>], on the database of DATABASE_URL.
const [command = 'run', what = 'change'] = process.argv.slice(2);
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('DATABASE_URL is not set: it names the database to migrate.');
  process.exit(2);
}
const dataSource = await openDataSource(databaseUrl, 1);
try {
  if (command === 'run') {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    console.log(done.length === 0 ? 'database is up to date' : `${done.length} migrations run`);
  } else {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const statements = upQueries.map((query) => query.query);
    if (command === 'check' && statements.length > 0) {
      console.error(`entities and migrations differ:\n${statements.join('\n')}`);
      process.exitCode = 1;
    }
    if (command === 'generate') await generate(statements);
  }
} finally {
  await dataSource.destroy();
}

/** Writes a migration to be read, edited and listed in `migrations/index.ts`. */
async function generate(statements: readonly string[]): Promise<void> {
  const time = Date.now();
  const name = what.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase());
  const lines = statements.map((statement) => `    await runner.query(\`${statement.trim()}\`);`);
  const file = `libs/domain/src/database/migrations/${time}-${what}.ts`;
  await writeFile(
    file,
    `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${name}${time} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
${lines.join('\n')}
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
`,
  );
  console.log(`${file}: ${statements.length} statements; read it, edit it, list it in index.ts`);
}
