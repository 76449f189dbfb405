import pg from 'pg';
import { WorkerConfig } from '../../apps/worker/src/config.js';
import { HealthServer } from '../../apps/worker/src/health/health-server.js';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { TemporalLink } from '../../apps/worker/src/temporal/temporal-link.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS } from '../support/sold-order.js';

describe("the worker's readiness", () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let temporal: TemporalLink;
  let server: HealthServer;
  let url: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
    const metrics = new WorkerMetrics();
    const config = WorkerConfig.read({
      DATABASE_URL: database.url,
      KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
      KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      TEMPORAL_NAMESPACE: 'kagong',
    });
    temporal = new TemporalLink(config, metrics);
    server = new HealthServer({ pool, temporal, metrics });
    url = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}/health/ready`;
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await temporal.close();
    await pool.end();
    await database.drop();
  });

  it('is there without Temporal, and says so', async () => {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'degraded', database: 'ok', temporal: 'away' });
  });

  it('is denied within two seconds where the database does not answer', async () => {
    const onlyConnection = await pool.connect();
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) });
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ status: 'unavailable', database: 'away' });
    } finally {
      onlyConnection.release();
    }
  });
});
