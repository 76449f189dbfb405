import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { MasterKeys, secretContext } from '#domain/stores';
import { applyMasterData, type Applied } from '../../tools/master-data/apply.js';
import { readDocument, schemaText } from '../../tools/master-data/document.js';
import { exportMasterData } from '../../tools/master-data/export.js';
import { ROOT } from '../support/files.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS } from '../support/sold-order.js';

const MARKER = 'marker-4f1c9-secret';
const masterKeys = MasterKeys.parse(TEST_MASTER_KEYS);
let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 2, 'test');
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

const example = (): Promise<string> =>
  readFile(path.join(ROOT, 'docs/master-data.example.json'), 'utf8');

/** Applies a text as the command does. */
async function apply(text: string, isDryRun = false): Promise<Applied> {
  const { document, faults } = readDocument(text);
  if (!document) return { changes: [], faults };
  const secretOf = (): Promise<string> => Promise.resolve(MARKER);
  return applyMasterData(pool, document, { masterKeys, actor: 'test', isDryRun, secretOf });
}

const kinds = ({ changes }: Applied): string[] => changes.map(({ kind }) => kind);

async function count(table: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return rows[0]?.count ?? -1;
}

it('publishes the schema that it reads by (npm run schema writes it)', async () => {
  expect(await readFile(path.join(ROOT, 'docs/master-data.schema.json'), 'utf8')).toBe(
    schemaText(),
  );
});

it('makes all that the example names, and a second time nothing is left to do', async () => {
  const first = await apply(await example());
  expect([first.faults, kinds(first)]).toEqual([[], Array.from({ length: 7 }, () => 'created')]);
  const second = await apply(await example());
  expect([second.faults, kinds(second)]).toEqual([
    [],
    Array.from({ length: 7 }, () => 'unchanged'),
  ]);
  expect(await count('audit_entries')).toBe(7);
});

it('shows what differs and changes only that', async () => {
  await apply(await example());
  const changed = await apply(
    JSON.stringify({
      suppliers: [{ code: 'acme', limits: { concurrency: 7 } }],
      routes: [{ product: 'GAME-50', supplier: 'acme', supplierProductId: 555, cost: 47.2 }],
    }),
  );
  expect(changed.changes).toEqual([
    expect.objectContaining({
      what: 'supplier acme',
      fields: [{ name: 'concurrency_max', from: '20', to: '7' }],
    }),
    expect.objectContaining({
      what: 'route GAME-50 ← acme 555',
      fields: [{ name: 'cost_hao', from: '485000', to: '472000' }],
    }),
  ]);
  const { rows } = await pool.query(
    `SELECT reply_timeout_seconds, base_url FROM suppliers WHERE code = 'acme'`,
  );
  expect(rows).toEqual([{ reply_timeout_seconds: 30, base_url: 'https://api.acme.example.com' }]);
});

it('ends a price and begins another one, so that what was charged can be told for ever', async () => {
  await apply(await example());
  await apply(JSON.stringify({ prices: [{ product: 'GAME-50', unitPrice: '49.30' }] }));
  const { rows } = await pool.query(
    `SELECT unit_price_hao, valid_to IS NULL AS is_open FROM prices r JOIN products p ON p.id = r.product_id
     WHERE p.code = 'GAME-50' ORDER BY valid_from`,
  );
  expect(rows).toEqual([
    { unit_price_hao: '492000', is_open: false },
    { unit_price_hao: '493000', is_open: true },
  ]);
});

it('writes nothing where it is only asked what would change', async () => {
  const told = await apply(await example(), true);
  expect(kinds(told)).toHaveLength(7);
  expect(await count('suppliers')).toBe(0);
  expect(await count('audit_entries')).toBe(0);
});

it.each([
  ['an unknown field', { suppliers: [{ code: 'a', colour: 'red' }] }, '/suppliers/0'],
  [
    'a protocol nobody speaks',
    { suppliers: [{ code: 'a', protocol: 'telex' }] },
    '/suppliers/0/protocol',
  ],
  [
    'a cost of nothing',
    { routes: [{ product: 'P', supplier: 'a', supplierProductId: '1', cost: '0' }] },
    '/routes/0/cost',
  ],
  [
    'an amount with five decimals',
    { prices: [{ product: 'P', unitPrice: '1.00001' }] },
    '/prices/0/unitPrice',
  ],
  [
    'a time of day that is none',
    { suppliers: [{ code: 'a', banWindows: [{ from: '25:00', to: '01:00' }] }] },
    '/suppliers/0/banWindows/0/from',
  ],
  [
    'a product that nobody knows',
    { prices: [{ product: 'NOBODY', unitPrice: '1.00' }] },
    '/prices/0/product',
  ],
  [
    'plain http for a supplier that is no sandbox',
    {
      suppliers: [
        {
          code: 'a',
          protocol: 'kakayun',
          baseUrl: 'http://a.example.com',
          credentials: { account: '1', secret: 's' },
        },
      ],
    },
    '/suppliers/0/baseUrl',
  ],
])(
  'refuses %s, tells where it stands, and applies nothing else either',
  async (_, bad, pointer) => {
    const good = { code: 'GOOD-1', name: 'good', kind: 'card', status: 'draft' };
    const document = { products: [good], ...bad };
    const refused = await apply(JSON.stringify(document));
    expect(refused.faults.map((fault) => fault.pointer)).toContain(pointer);
    expect(refused.faults.every(({ detail }) => detail.length > 5)).toBe(true);
    expect(await count('products')).toBe(0);
  },
);

it('keeps secrets sealed, and never hands them out again', async () => {
  await apply(await example());
  const { rows } = await pool.query<{ secret_sealed: Buffer }>(
    `SELECT secret_sealed FROM suppliers WHERE code = 'acme'`,
  );
  const sealed = rows[0]?.secret_sealed ?? Buffer.alloc(0);
  const opened = masterKeys.open(sealed, secretContext.supplier('acme'));
  expect(opened.toString('utf8')).toBe(MARKER);
  const told = [
    await exportMasterData(pool),
    (await pool.query('SELECT * FROM audit_entries')).rows,
  ];
  expect(JSON.stringify(told)).not.toContain(MARKER);
  expect(JSON.stringify(told)).toContain('SUPPLIER_ACME_SECRET');
});

it('exports what it would apply without a change', async () => {
  await apply(await example());
  const again = await apply(JSON.stringify(await exportMasterData(pool)));
  expect([again.faults, new Set(kinds(again))]).toEqual([[], new Set(['unchanged'])]);
});

it('ends as scripts expect it: 0 and counts, or 1 and every fault', async () => {
  const file = path.join(ROOT, 'docs/master-data.example.json');
  const bad = path.join(ROOT, '.data', `bad-${process.pid}.json`);
  await writeFile(bad, '{"suppliers": [{"code": "x y"}], "prices": 3}');
  const applied = command('apply', '--file', file, '--json');
  expect(JSON.parse(lastLine(applied.stdout))).toEqual({
    created: 7,
    updated: 0,
    unchanged: 0,
    errors: [],
  });
  expect(applied.status).toBe(0);
  const refused = command('apply', '--file', bad, '--json');
  const { errors } = JSON.parse(lastLine(refused.stdout)) as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/suppliers/0/code', '/prices']);
  expect(refused.status).toBe(1);
  expect(command('apply', '--file', 'nowhere.json').stderr).toContain('cannot be read');
  expect(JSON.parse(command('export-data').stdout)).toHaveProperty('suppliers.0.code', 'acme');
});

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

function command(program: 'apply' | 'export-data', ...args: string[]) {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
    KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
    SUPPLIER_ACME_SECRET: MARKER,
  };
  const file = path.join(ROOT, `dist/tools/${program}.js`);
  return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env, cwd: ROOT });
}
