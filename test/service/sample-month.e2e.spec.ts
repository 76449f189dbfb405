import { openSqlPool } from '#domain/database';
import { runMonth } from '../../tools/sample-month/run.js';
import { createTestDatabase } from '../support/postgres.js';

describe('a month of sales with twelve planted differences', () => {
  it.each(['1', '2', 'october'])(
    'is reconciled to the fen with seed %s: all are found, none is invented, each can be resolved',
    async (seed) => {
      const database = await createTestDatabase();
      const pool = openSqlPool(database.url, 3, 'test');
      try {
        const report = await runMonth(pool, seed, () => undefined);
        expect(report.details).toEqual([]);
        expect(report).toMatchObject({
          planted: 12,
          found: 12,
          invented: 0,
          resolved: 11,
          unexplainedHao: 0,
          doctorViolations: 0,
        });
      } finally {
        await pool.end();
        await database.drop();
      }
    },
    180_000,
  );
});
