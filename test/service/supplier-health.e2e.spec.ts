import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import {
  MasterKeys,
  noteNotice,
  readNotice,
  sealSupplierSecret,
  setChannelAddress,
  updateAlerts,
} from '#domain/stores';
import { AlertSender } from '../../apps/worker/src/alert/alert-sender.js';
import { AlertLane } from '../../apps/worker/src/outbox/alert-lane.js';
import { leaseRows } from '../../apps/worker/src/outbox/outbox-rows.js';
import { SupplierHealthLoop } from '../../apps/worker/src/supply/supplier-health.loop.js';
import { SupplierHttp } from '../../apps/worker/src/supply/supplier-http.js';
import { Simulator } from '../../tools/simulator/simulator.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import { CARD_HAO, SupplierBench } from '../support/conformance.js';
import { MailSink } from '../support/mail-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_MASTER_KEYS } from '../support/sold-order.js';

const YUAN = 10_000;
const masterKeys = MasterKeys.parse(TEST_MASTER_KEYS);
const http = new SupplierHttp();
const receiver = new CallbackReceiver();
const sink = new MailSink();
let database: TestDatabase;
let pool: pg.Pool;
let simulator: Simulator;
let receiverUrl: string;
let smtpUrl: string;

beforeAll(async () => {
  simulator = await Simulator.start({ port: 0 });
  await receiver.listen();
  receiverUrl = receiver.url('127.0.0.1', '');
  smtpUrl = await sink.start();
});
afterAll(async () => {
  await simulator.stop();
  await receiver.close();
  await sink.stop();
});
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'test');
  receiver.received.length = 0;
  receiver.answer = answers.text(200, '{"errcode":0}');
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

/** A supplier of the simulator as our own row, with a product that follows its price. */
async function aSupplier(protocol: string, floorYuan = 100) {
  const bench = await SupplierBench.open(
    simulator,
    protocol,
    `${protocol}-${randomBytes(3).toString('hex')}`,
  );
  const { code, connection } = bench;
  const made = await pool.query<{ id: string }>(
    `INSERT INTO suppliers (code, name, protocol, base_url, account, secret_sealed, is_sandbox, balance_floor_hao, reply_timeout_seconds)
     VALUES ($1, $1, $2, $3, $4, $5, true, $6, 2) RETURNING id`,
    [
      code,
      protocol,
      bench.baseUrl,
      connection.account,
      sealSupplierSecret(masterKeys, code, connection.secret),
      floorYuan * YUAN,
    ],
  );
  const supplierId = made.rows[0]?.id ?? '';
  await pool.query(
    `WITH product AS (
       INSERT INTO products (code, name, status) VALUES ($1, 'test', 'on-sale') RETURNING id
     ), price AS (
       INSERT INTO prices (product_id, unit_price_hao, valid_from) SELECT id, $4, now() - interval '1 minute' FROM product
     )
     INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao, follows_price)
     SELECT id, $2, '555', $3, true FROM product`,
    [`P-${code}`, supplierId, CARD_HAO - 500, CARD_HAO + 1_000],
  );
  return { bench, supplierId, code };
}

const reading = () => new SupplierHealthLoop({ pool, masterKeys, http });
const setBalance = (bench: SupplierBench, yuan: number): Promise<unknown> =>
  bench.control(`/control/suppliers/${bench.code}/balance`, { balanceHao: yuan * YUAN });
const due = (): Promise<unknown> =>
  pool.query('UPDATE suppliers SET balance_due_at = now(), products_due_at = now()');

async function supplierRow(id: string): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT balance_hao, balance_read_at IS NOT NULL AS is_read, read_fault FROM suppliers WHERE id = $1',
    [id],
  );
  return rows[0] ?? {};
}

async function openKinds(): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    'SELECT kind FROM alerts WHERE closed_at IS NULL ORDER BY kind',
  );
  return rows.map(({ kind }) => kind);
}

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

  it('keeps what it knew where a reading fails, and the exchange as evidence', async () => {
    const { bench, supplierId } = await aSupplier('kakayun');
    await setBalance(bench, 50);
    await reading().readNext();
    await pool.query(
      `UPDATE suppliers SET secret_sealed = $1, products_due_at = now() + interval '1 hour'`,
      [sealSupplierSecret(masterKeys, bench.code, 'no-secret-at-all')],
    );
    await pool.query('UPDATE suppliers SET balance_due_at = now()');
    await reading().readNext();
    const row = await supplierRow(supplierId);
    expect(row['balance_hao']).toBe('500000');
    expect(row['read_fault']).toMatch(/^balance: /);
    const kept = await pool.query<{ request: string }>(`SELECT request FROM wire_records`);
    expect(kept.rowCount).toBe(1);
    expect(kept.rows[0]?.request).not.toContain('no-secret-at-all');
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
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM alerts');
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
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM alerts');
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('channels', () => {
  async function aChannel(kind: string, address: string, language = 'zh-CN'): Promise<string> {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO alert_channels (name, kind, language, is_sandbox) VALUES ($1, $1, $2, true) RETURNING id`,
      [kind, language],
    );
    const channelId = rows[0]?.id ?? '';
    const client = await pool.connect();
    await setChannelAddress(client, masterKeys, { channelId, address });
    client.release();
    return channelId;
  }

  const lane = () =>
    new AlertLane({
      pool,
      masterKeys,
      sender: new AlertSender(http, { smtpUrl, from: 'kagong@example.test' }),
    });

  /** Sends all that is due, as the relay does. */
  async function relay(): Promise<(object | void)[]> {
    const rows = await leaseRows(pool, ['send-alert'], 50);
    return Promise.all((await lane().plan(rows)).map((task) => task.run()));
  }

  async function raise(): Promise<void> {
    const { supplierId } = await aSupplier('kakayun');
    await pool.query(
      'UPDATE suppliers SET balance_hao = 12345, balance_read_at = now() WHERE id = $1',
      [supplierId],
    );
    await updateAlerts(pool, Date.now());
  }

  it('bring an alert to webhook, robot and mail, each in its own form and language', async () => {
    await aChannel('webhook', `${receiverUrl}/hook`, 'en');
    await aChannel('wecom', `${receiverUrl}/robot?key=abc`);
    await aChannel('email', 'ops@example.test');
    await raise();
    await relay();
    const hook = JSON.parse(
      receiver.received.find(({ path }) => path === '/hook')?.body ?? '{}',
    ) as object;
    expect(hook).toMatchObject({
      news: 'opened',
      kind: 'balance-low',
      value: '1.2345',
      text: expect.stringMatching(
        /^Balance at supplier is low: kakayun-\w+ \(1\.2345\)$/,
      ) as string,
    });
    const robot = JSON.parse(
      receiver.received.find(({ path }) => path.startsWith('/robot'))?.body ?? '{}',
    ) as { msgtype?: string; markdown?: { content: string } };
    expect(robot.msgtype).toBe('markdown');
    expect(robot.markdown?.content).toContain('货源余额不足');
    expect(sink.mails.at(-1)).toContain('ops@example.test');
    const { rows } = await pool.query('SELECT DISTINCT status FROM alert_notices');
    expect(rows).toEqual([{ status: 'sent' }]);
  });

  it('are tried again where the other side refuses, and given up in the end', async () => {
    await aChannel('wecom', `${receiverUrl}/robot`);
    receiver.answer = answers.text(200, '{"errcode":93000,"errmsg":"invalid webhook url"}');
    await raise();
    expect(await relay()).toEqual([{ afterMs: 10_000 }]);
    const { rows } = await pool.query<{ id: string; status: string; failure: string }>(
      'SELECT id, status, failure FROM alert_notices',
    );
    expect(rows[0]).toMatchObject({
      status: 'due',
      failure: expect.stringContaining('93000') as string,
    });
    await pool.query('UPDATE alert_notices SET try_count = 6');
    const notice = await readNotice(pool, masterKeys, rows[0]?.id ?? '');
    if (!notice) throw new Error('the notice is gone');
    expect(await noteNotice(pool, notice, 'http 500')).toBeUndefined();
    expect((await pool.query('SELECT status FROM alert_notices')).rows).toEqual([
      { status: 'dead' },
    ]);
  });

  it('get only what they ask for, and nothing while they are off', async () => {
    const all = await aChannel('webhook', `${receiverUrl}/all`);
    const none = await aChannel('email', 'ops@example.test');
    await pool.query(`UPDATE alert_channels SET kinds = '{stock-short}' WHERE id = $1`, [none]);
    await raise();
    expect((await pool.query('SELECT channel_id FROM alert_notices')).rows).toEqual([
      { channel_id: all },
    ]);
    await pool.query('UPDATE alert_channels SET is_active = false');
    await pool.query('UPDATE suppliers SET balance_hao = 999999999999');
    await updateAlerts(pool, Date.now());
    expect((await pool.query('SELECT news FROM alert_notices')).rows).toEqual([{ news: 'opened' }]);
  });

  it('keep their address to themselves', async () => {
    const secret = 'key-5d1f-marker';
    await aChannel('wecom', `https://qyapi.weixin.example.com/cgi-bin/webhook/send?key=${secret}`);
    const { rows } = await pool.query('SELECT * FROM alert_channels');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows[0]).toMatchObject({ address_hint: 'qyapi.weixin.example.com/…' });
  });
});
