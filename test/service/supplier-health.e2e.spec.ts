import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { sealSupplierSecret, updateAlerts } from '#domain/stores';
import { SupplierHealthLoop } from '../../apps/worker/src/supply/supplier-health.loop.js';
import { SupplierHttp } from '../../apps/worker/src/supply/supplier-http.js';
import { Simulator } from '../../tools/simulator/simulator.js';
import { CARD_HAO, type SupplierBench } from '../support/conformance.js';
import { openAlertKinds } from '../support/open-alerts.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aSource, testMasterKeys as masterKeys, YUAN } from '../support/simulated-source.js';

const http = new SupplierHttp();
let database: TestDatabase;
let pool: pg.Pool;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await Simulator.start({ port: 0 });
});
afterAll(async () => {
  await simulator.stop();
});
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'test');
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

const aSupplier = (protocol: string) => aSource({ pool, simulator }, protocol);
const reading = () => new SupplierHealthLoop({ pool, masterKeys, http });
const setBalance = (bench: SupplierBench, yuan: number): Promise<unknown> =>
  bench.control(`/control/suppliers/${bench.code}/balance`, { balanceHao: yuan * YUAN });
const due = (): Promise<unknown> =>
  pool.query(
    `UPDATE suppliers SET balance_due_at = now() - interval '1 second', products_due_at = now() - interval '1 second'`,
  );

async function supplierRow(id: string): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT balance_hao, balance_read_at IS NOT NULL AS is_read, read_fault FROM suppliers WHERE id = $1',
    [id],
  );
  return rows[0] ?? {};
}

const openKinds = (): Promise<string[]> => openAlertKinds(pool);
describe('reading suppliers', () => {
  it.each(['kakayun', 'kayixin', 'kasushou', 'xinghai', 'feisuyuan', 'julangyun'])(
    'learns the balance at %s',
    async (protocol) => {
      const { bench, supplierId } = await aSupplier(protocol);
      await setBalance(bench, 1_234);
      expect(await reading().readNext()).toBe(true);
      expect(await supplierRow(supplierId)).toEqual({
        balance_hao: '12340000',
        is_read: true,
        read_fault: null,
      });
      expect(await reading().readNext()).toBe(false);
    },
  );

  it('learns price and sale of products, and a route that follows takes the price, audited', async () => {
    const { supplierId } = await aSupplier('kakayun');
    await reading().readNext();
    const { rows } = await pool.query(
      'SELECT supplier_price_hao, is_on_shelf, cost_hao, read_at IS NOT NULL AS is_read FROM supply_routes WHERE supplier_id = $1',
      [supplierId],
    );
    expect(rows).toEqual([
      {
        supplier_price_hao: String(CARD_HAO),
        is_on_shelf: true,
        cost_hao: String(CARD_HAO),
        is_read: true,
      },
    ]);
    const audit = await pool.query(
      `SELECT before, after FROM audit_entries WHERE resource = 'SupplyRoute'`,
    );
    expect(audit.rows).toEqual([
      { before: { costHao: CARD_HAO - 500 }, after: { costHao: CARD_HAO } },
    ]);
  });

  it('lets a route follow the price down to its floor and no further', async () => {
    const { supplierId } = await aSupplier('kakayun');
    await pool.query('UPDATE supply_routes SET cost_floor_hao = $2 WHERE supplier_id = $1', [
      supplierId,
      CARD_HAO + 300,
    ]);
    await reading().readNext();
    const { rows } = await pool.query(
      'SELECT supplier_price_hao, cost_hao FROM supply_routes WHERE supplier_id = $1',
      [supplierId],
    );
    expect(rows).toEqual([
      { supplier_price_hao: String(CARD_HAO), cost_hao: String(CARD_HAO + 300) },
    ]);
  });

  it('keeps what it knew where a reading fails, and the exchange as evidence', async () => {
    const { bench, supplierId } = await aSupplier('kakayun');
    await setBalance(bench, 50);
    await reading().readNext();
    await pool.query(
      `UPDATE suppliers SET secret_sealed = $1, products_due_at = now() + interval '1 hour'`,
      [sealSupplierSecret(masterKeys, bench.code, 'no-secret-at-all')],
    );
    await pool.query(`UPDATE suppliers SET balance_due_at = now() - interval '1 second'`);
    await reading().readNext();
    const row = await supplierRow(supplierId);
    expect(row['balance_hao']).toBe('500000');
    expect(row['read_fault']).toMatch(/^balance: /);
    const kept = await pool.query<{ request: string }>(`SELECT request FROM wire_records`);
    expect(kept.rowCount).toBe(1);
    expect(kept.rows[0]?.request).not.toContain('no-secret-at-all');
  });

  it('keeps to the pace that the supplier allows', async () => {
    const { supplierId } = await aSupplier('kayixin');
    await pool.query('UPDATE suppliers SET queries_per_second = 4 WHERE id = $1', [supplierId]);
    const startMs = Date.now();
    await reading().readNext();
    // Two pages of products, of which the second brings nothing new, and the balance: two pauses of a quarter second.
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(500);
  });

  it('asks for no second page where the first is not full', async () => {
    await aSupplier('kakayun');
    const startMs = Date.now();
    await reading().readNext();
    // A second page would come after the five seconds that this vendor wants between two.
    expect(Date.now() - startMs).toBeLessThan(4_000);
  });

  it('goes on with others while one hangs', async () => {
    const hung = await aSupplier('kayixin');
    await hung.bench.control(`/control/suppliers/${hung.code}/down`, { mode: 'hang' });
    await pool.query(`UPDATE suppliers SET products_due_at = now() - interval '1 hour'`);
    const other = await aSupplier('kakayun');
    const stop = new AbortController();
    const startMs = Date.now();
    const running = reading().run(stop.signal);
    const isRead = async (): Promise<boolean> =>
      (await supplierRow(other.supplierId))['is_read'] === true;
    while (!(await isRead()) && Date.now() - startMs < 5_000)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const tookMs = Date.now() - startMs;
    stop.abort();
    await running;
    expect(await isRead()).toBe(true);
    // The one that hangs is given up after two seconds.
    expect(tookMs).toBeLessThan(1_800);
    expect((await supplierRow(hung.supplierId))['read_fault']).toMatch(/^products: /);
  });

  it('is one worker’s turn at a time', async () => {
    await aSupplier('kakayun');
    const turns = await Promise.all(Array.from({ length: 4 }, () => reading().readNext()));
    expect(turns.filter(Boolean)).toHaveLength(1);
  });
});

describe('alerts', () => {
  it('are raised once for a crossing, end above a mark, and may then be raised again', async () => {
    const { bench } = await aSupplier('kakayun');
    const step = async (yuan: number): Promise<string[]> => {
      await setBalance(bench, yuan);
      await due();
      await reading().readNext();
      await updateAlerts(pool, Date.now());
      return openKinds();
    };
    expect(await step(99)).toEqual(['balance-low']);
    expect(await step(98)).toEqual(['balance-low']);
    expect(await step(105)).toEqual(['balance-low']);
    expect(await step(110)).toEqual([]);
    expect(await step(50)).toEqual(['balance-low']);
    const { rows } = await pool.query(
      `SELECT count(*)::int AS count FROM alerts WHERE kind <> 'legal-rule-old'`,
    );
    expect(rows).toEqual([{ count: 2 }]);
  });

  it('tell of a cost above the price and of goods off the shelf', async () => {
    const { supplierId } = await aSupplier('kakayun');
    await pool.query(
      'UPDATE supply_routes SET cost_hao = $2, is_on_shelf = false WHERE supplier_id = $1',
      [supplierId, CARD_HAO * 2],
    );
    await updateAlerts(pool, Date.now());
    expect(await openKinds()).toEqual(['off-shelf', 'sold-at-loss']);
    await pool.query(
      'UPDATE supply_routes SET cost_hao = $2, is_on_shelf = true WHERE supplier_id = $1',
      [supplierId, CARD_HAO],
    );
    await updateAlerts(pool, Date.now());
    expect(await openKinds()).toEqual([]);
  });

  it('stay one where two workers look at the same moment', async () => {
    await aSupplier('kakayun');
    await pool.query('UPDATE suppliers SET balance_hao = 1, balance_read_at = now()');
    await Promise.all(Array.from({ length: 4 }, () => updateAlerts(pool, Date.now())));
    const { rows } = await pool.query(
      `SELECT count(*)::int AS count FROM alerts WHERE kind <> 'legal-rule-old'`,
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});
