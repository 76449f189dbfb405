import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../support/files.js';
import { createTestDatabase, withClient, type TestDatabase } from '../support/postgres.js';
import {
  anOrderWithRows,
  aTrade,
  TEST_FINGERPRINT_KEY,
  TEST_MASTER_KEYS,
} from '../support/sold-order.js';

interface Report {
  readonly checks: readonly { name: string; looked: number; violations: number }[];
  readonly violations: number;
}

const NOBODY_LISTENS = '127.0.0.1:1';
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await withClient(database.url, async (client) => {
    const trade = await aTrade(client, { cards: 3 });
    await anOrderWithRows(client, trade, { quantity: 2, status: 'succeeded' });
  });
});
afterAll(async () => {
  await database.drop();
});

/** Runs the compiled command, without a Temporal server. */
function doctor(url: string, ...args: string[]) {
  const file = path.join(ROOT, 'dist/tools/doctor.js');
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: NOBODY_LISTENS,
    KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
    KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
  };
  return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env, cwd: ROOT });
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

describe('the command doctor', () => {
  it('ends with 0 and a table for people when every invariant holds', () => {
    const { status, stdout } = doctor(database.url);
    expect(stdout).toMatch(/✓ card-opens-and-matches +3 looked at/);
    expect(stdout).toMatch(/– order-has-its-run +0 looked at +not looked: Temporal is away/);
    expect(lastLine(stdout)).toMatch(/^\d+ checks\. Every invariant holds\.$/);
    expect(status).toBe(0);
  });

  it('ends with one JSON object when asked for it', () => {
    const { status, stdout } = doctor(database.url, '--json');
    const report = JSON.parse(lastLine(stdout)) as Report;
    expect(Object.keys(report)).toEqual(['checks', 'violations']);
    expect(report.violations).toBe(0);
    expect(report.checks.length).toBeGreaterThanOrEqual(30);
    for (const check of report.checks)
      expect(Object.keys(check)).toEqual(['name', 'looked', 'violations']);
    expect(status).toBe(0);
  });

  it('ends with 1, and an example in words, when one is broken', async () => {
    const broken = await createTestDatabase();
    try {
      await withClient(broken.url, (client) =>
        client.query(
          `INSERT INTO order_units (id, order_id, unit_no, status) VALUES (16385, 1, 1, 'released')`,
        ),
      );
      const { status, stdout } = doctor(broken.url, '--json');
      expect(stdout).toContain('order_units 16385 refers to orders 1, which does not exist');
      expect((JSON.parse(lastLine(stdout)) as Report).violations).toBe(1);
      expect(status).toBe(1);
    } finally {
      await broken.drop();
    }
  });

  it('ends with 2 and says why when nothing can be looked at', () => {
    const away = doctor(`postgres://nobody@${NOBODY_LISTENS}/nothing`);
    expect(away.stderr).toContain('The database does not answer');
    expect(away.status).toBe(2);
    const unknown = doctor(database.url, '--fix');
    expect(unknown.stderr).toContain('Unknown: --fix');
    expect(unknown.status).toBe(2);
  });
});
