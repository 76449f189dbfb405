import { openDataSource } from '#domain/database';
import { createEmptyDatabase, createTestDatabase, withClient } from '../support/postgres.js';

describe('the migrations', () => {
  it('make exactly the tables that the entities describe', async () => {
    const database = await createTestDatabase();
    const dataSource = await openDataSource(database.url, 1);
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });

  it('run on an empty database, and a second time change nothing', async () => {
    const database = await createEmptyDatabase();
    const dataSource = await openDataSource(database.url, 1);
    try {
      expect((await dataSource.runMigrations({ transaction: 'each' })).length).toBeGreaterThan(0);
      expect(await dataSource.runMigrations({ transaction: 'each' })).toEqual([]);
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });

  it('guard what has happened: history is append-only and a final order stays final', async () => {
    const database = await createTestDatabase();
    try {
      await withClient(database.url, async (client) => {
        for (const table of ['ledger_entries', 'ledger_postings', 'order_events', 'audit_entries'])
          await expect(client.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
        for (const table of ['deliveries', 'cards', 'callback_tries', 'orders'])
          await expect(client.query(`TRUNCATE ${table}`)).rejects.toThrow('append-only');
      });
    } finally {
      await database.drop();
    }
  });
});
