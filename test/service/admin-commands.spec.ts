import {
  asStaff,
  type PanelClient,
  startTestAdmin,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';
import {
  anOrderWithRows,
  aTrade,
  TEST_MASTER_KEYS,
  testVault,
  type SoldOrder,
  type Trade,
} from '../support/sold-order.js';
import { MasterKeys, readSigningCredential, secretContext } from '#domain/stores';
import pg from 'pg';

let admin: TestAdmin;
let owner: PanelClient;
let trade: Trade;
let sold: SoldOrder;
let waiting: SoldOrder;
beforeAll(async () => {
  admin = await startTestAdmin({ temporalUiUrl: 'http://temporal.example.test' });
  owner = await asStaff(admin, 'owner');
  trade = await aTrade(admin.db, { cards: 5 });
  sold = await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
  waiting = await anOrderWithRows(admin.db, trade, { quantity: 40, status: 'processing' });
});
afterAll(() => admin.close());

/** The client gives Temporal five seconds before it calls it away. */
const AWAY_MS = 30_000;
const formKey = (): string => Math.random().toString(16).slice(2).padEnd(32, '0');
const one = async <Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row> => {
  const { rows } = await admin.db.query<Row>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0];
};

describe('the order page', () => {
  it('tells units with masked cards, money, callback, timeline and the run', async () => {
    const page = (await owner.get(`/admin/data/orders/${sold.orderId}`)).json();
    const units = page['units'] as readonly PanelJson[];
    expect(units).toHaveLength(2);
    expect(units[0]?.['card']).toMatch(/^.{2,3}\*{4}.{2,3}$/);
    expect((page['timeline'] as readonly PanelJson[]).map((line) => line['title'])).toContain(
      '受理订单',
    );
    expect(page['runUrl']).toBe(
      `http://temporal.example.test/namespaces/kagong/workflows/${encodeURIComponent(`order:${sold.orderNo}`)}`,
    );
    expect((page['callbacks'] as readonly PanelJson[])[0]?.['status']).toBe('acknowledged');
    expect(page['why']).toBeNull();
  });

  it('says in words why an order is not delivered', async () => {
    const page = (await owner.get(`/admin/data/orders/${waiting.orderId}`)).json();
    const why = page['why'] as PanelJson;
    expect(why['missing']).toBe(37);
    expect(String((why['lines'] as readonly string[])[0])).toContain('还缺 37 张');
  });

  it('holds no code in clear', async () => {
    const { text } = await owner.get(`/admin/data/orders/${sold.orderId}`);
    const cards = await admin.db.query<{
      id: string;
      product_id: string;
      batch_id: string;
      sealed: Buffer;
      key: Buffer;
    }>(
      `SELECT c.id, c.product_id, c.batch_id, c.sealed, b.data_key_sealed AS key FROM deliveries d
       JOIN cards c ON c.id = d.card_id JOIN card_batches b ON b.id = c.batch_id WHERE d.order_id = $1`,
      [sold.orderId],
    );
    expect(cards.rows).toHaveLength(2);
    for (const row of cards.rows) {
      const card = testVault().open({
        cardId: row.id,
        productId: row.product_id,
        batchId: row.batch_id,
        sealed: row.sealed,
        dataKeySealed: row.key,
      });
      expect(text).not.toContain(card.cardNo);
      expect(text).not.toContain(card.cardPassword);
    }
  });
});

describe('revealing a card', () => {
  const reveal = (body: unknown, client = owner, id = sold.orderId) =>
    client.post(`/admin/command/orders/${id}/reveal`, body);

  it('wants a reason', async () => {
    for (const reason of [undefined, '', 'abc', '    '])
      expect((await reveal({ unitNo: 1, reason })).json()['code']).toBe('staff.reason-required');
  });

  it('shows the code once it is written down who looked and why', async () => {
    const answer = await reveal({ unitNo: 1, reason: '客户反馈无法使用' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json()['cardNo']).toMatch(/^NO-/);
    const audit = await one<{ reason: string; after: { unitNo: number } }>(
      `SELECT reason, after FROM audit_entries WHERE action = 'revealCard'`,
    );
    expect(audit).toEqual({
      reason: '客户反馈无法使用',
      after: { unitNo: 1, cardId: expect.any(String) as string },
    });
    const event = await one<{ actor_name: string }>(
      `SELECT actor_name FROM order_events WHERE type = 'card-revealed'`,
    );
    expect(event.actor_name).toBe('owner@panel.example.test');
  });

  it('shows nothing where it cannot be written down', async () => {
    await admin.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
    const answer = await reveal({ unitNo: 1, reason: '再次核对一下' });
    await admin.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('NO-');
    const events = await one<{ count: number }>(
      `SELECT count(*)::int AS count FROM order_events WHERE type = 'card-revealed'`,
    );
    expect(events.count).toBe(1);
  });

  it('knows no card of a unit that has none, and none through another order', async () => {
    expect((await reveal({ unitNo: 9, reason: 'no such unit' })).status).toBe(404);
    expect(
      (await reveal({ unitNo: 1, reason: 'still waiting' }, owner, waiting.orderId)).status,
    ).toBe(404);
  });
});

describe('cancelling and retrying while Temporal is away', () => {
  it(
    'does not retry what it cannot reach, and says so',
    async () => {
      const answer = await owner.post(`/admin/command/orders/${waiting.orderId}/retry`, {});
      expect(answer.status).toBe(503);
    },
    AWAY_MS,
  );

  it(
    'cancels the row itself, refunds, and leaves word for the run',
    async () => {
      const path = `/admin/command/orders/${waiting.orderId}/cancel`;
      expect((await owner.post(path, {})).json()['code']).toBe('staff.reason-required');
      const answer = await owner.post(path, { reason: '平台要求取消' });
      expect(answer.json()).toEqual({ status: 'cancelled' });
      const order = await one<{ status: string; fail_code: string; is_refunded: boolean }>(
        'SELECT status, fail_code, refunded_hao = amount_hao AS is_refunded FROM orders WHERE id = $1',
        [waiting.orderId],
      );
      expect(order).toEqual({
        status: 'cancelled',
        fail_code: 'cancelled-by-staff',
        is_refunded: true,
      });
      const event = await one<{ actor_name: string; detail: { reason: string } }>(
        `SELECT actor_name, detail FROM order_events WHERE order_id = $1 AND type = 'cancelled'`,
        [waiting.orderId],
      );
      expect([event.actor_name, event.detail.reason]).toEqual([
        'owner@panel.example.test',
        '平台要求取消',
      ]);
      await one(`SELECT 1 FROM outbox_messages WHERE kind = 'order-changed' AND subject = $1`, [
        waiting.orderId,
      ]);
      expect((await owner.post(path, { reason: '再取消一次' })).json()['code']).toBe(
        'order.not-cancellable',
      );
    },
    AWAY_MS,
  );

  it('does not cancel what is delivered', async () => {
    const answer = await owner.post(`/admin/command/orders/${sold.orderId}/cancel`, {
      reason: '平台要求取消',
    });
    expect(answer.json()['code']).toBe('order.not-cancellable');
  });
});

describe('replaying a callback', () => {
  it('schedules it anew with an outbox row and an event', async () => {
    const callback = await one<{ id: string }>(
      'SELECT id FROM callback_deliveries WHERE order_id = $1',
      [sold.orderId],
    );
    await admin.db.query(`UPDATE callback_deliveries SET status = 'dead' WHERE id = $1`, [
      callback.id,
    ]);
    expect((await owner.post(`/admin/command/callbacks/${callback.id}/replay`, {})).status).toBe(
      200,
    );
    await one(`SELECT 1 FROM outbox_messages WHERE kind = 'send-callback' AND subject = $1`, [
      callback.id,
    ]);
    await one(`SELECT 1 FROM order_events WHERE type = 'callback-replayed' AND order_id = $1`, [
      sold.orderId,
    ]);
    expect((await owner.post('/admin/command/callbacks/999999/replay', {})).json()['code']).toBe(
      'callback.not-found',
    );
  });
});

describe('products, money and keys', () => {
  it('moves a product along its state machine and no other way', async () => {
    const move = (to: string) =>
      owner.post(`/admin/command/products/${trade.productId}/move`, { to });
    expect((await move('off-sale')).json()).toEqual({ status: 'off-sale' });
    expect((await move('draft')).status).toBe(422);
    expect((await move('on-sale')).json()).toEqual({ status: 'on-sale' });
    expect((await move('sold')).status).toBe(400);
    const audit = await one<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_entries WHERE action = 'move'`,
    );
    expect(audit.count).toBe(2);
  });

  it('books a top-up once, however often its form is sent', async () => {
    const body = { amount: '123.45', note: '流水 88001', formKey: formKey() };
    const before = await one<{ balance_hao: string }>(
      'SELECT balance_hao FROM ledger_accounts WHERE platform_id = $1',
      [trade.platformId],
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        owner.post(`/admin/command/platforms/${trade.platformId}/top-up`, body),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter((answer) => answer.json()['notice'] === 'topUpRecorded')).toHaveLength(1);
    const after = await one<{ balance_hao: string }>(
      'SELECT balance_hao FROM ledger_accounts WHERE platform_id = $1',
      [trade.platformId],
    );
    expect(Number(after.balance_hao) - Number(before.balance_hao)).toBe(1_234_500);
  });

  it.each(['0', '-5', '1.23456', 'ten', ''])('refuses a top-up of %s', async (amount) => {
    const answer = await owner.post(`/admin/command/platforms/${trade.platformId}/top-up`, {
      amount,
      note: 'x x',
      formKey: formKey(),
    });
    expect(answer.status).toBe(422);
  });

  it('makes a key whose secret is told once and works', async () => {
    const answer = await owner.post(`/admin/command/platforms/${trade.platformId}/credentials`, {});
    const { key, secret } = answer.json() as { key: string; secret: string };
    const pool = new pg.Pool({ connectionString: admin.databaseUrl });
    const credential = await readSigningCredential(pool, MasterKeys.parse(TEST_MASTER_KEYS), key);
    await pool.end();
    expect(credential?.secret).toBe(secret);
    const everything = await admin.db.query('SELECT * FROM audit_entries');
    expect(JSON.stringify(everything.rows)).not.toContain(secret);
    const listed = await owner.get('/admin/api/resources/ApiCredential/actions/list');
    expect(listed.text).not.toContain(secret);
  });

  it('revokes a key with a reason, once', async () => {
    const { id } = await one<{ id: string }>('SELECT id FROM api_credentials LIMIT 1');
    const revoke = (body: unknown) => owner.post(`/admin/command/credentials/${id}/revoke`, body);
    expect((await revoke({})).json()['code']).toBe('staff.reason-required');
    expect((await revoke({ reason: '密钥泄露' })).status).toBe(200);
    expect((await revoke({ reason: '密钥泄露' })).status).toBe(404);
    expect(
      (await one<{ status: string }>('SELECT status FROM api_credentials WHERE id = $1', [id]))
        .status,
    ).toBe('revoked');
  });

  it('changes a callback secret that the sender can open', async () => {
    const answer = await owner.post(
      `/admin/command/platforms/${trade.platformId}/callback-secret`,
      {},
    );
    const row = await one<{ code: string; sealed: Buffer }>(
      'SELECT code, callback_secret_sealed AS sealed FROM platforms WHERE id = $1',
      [trade.platformId],
    );
    const opened = MasterKeys.parse(TEST_MASTER_KEYS).open(
      row.sealed,
      secretContext.platformCallback(row.code),
    );
    expect(opened.toString()).toBe(answer.json()['secret']);
    expect(String(answer.json()['secret'])).toMatch(/^whsec_/);
  });

  it('refuses fields that a command does not know', async () => {
    const answer = await owner.post(`/admin/command/platforms/${trade.platformId}/credentials`, {
      secret: 'mine',
    });
    expect(answer.status).toBe(400);
  });
});

describe('importing cards', () => {
  const upload = (path: string, file: string | Buffer, client = owner) =>
    client.send(`/admin/command/imports${path}`, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/octet-stream',
        Origin: admin.url,
      },
      body: typeof file === 'string' ? Buffer.from(file) : new Uint8Array(file),
    });
  const settings = (extra: Record<string, string>) =>
    `?${new URLSearchParams({ fileName: 'cards.csv', encoding: 'auto', formKey: formKey(), ...extra })}`;
  const productCode = async () =>
    (await one<{ code: string }>('SELECT code FROM products WHERE id = $1', [trade.productId]))
      .code;
  const FILE =
    '卡号,密码,有效期\nIMPORT-0001,PASS-0001,2030-01-31\nIMPORT-0002,PASS-0002,\nIMPORT-0002,PASS-0003,\n,PASS-0004,\n';

  it('shows how a file will be read without a code in clear', async () => {
    const answer = await upload('/preview?encoding=auto&whole=1', FILE);
    const preview = answer.json();
    expect(preview['layout']).toMatchObject({ separator: 'comma', hasHeader: true });
    expect(answer.text).not.toContain('IMPORT-0001');
    expect((preview['lines'] as readonly PanelJson[])[3]?.['reason']).toBe('missing-number');
  });

  it('takes the good lines in and tells the others with their reasons, also as a file', async () => {
    const answer = await upload(
      settings({ productCode: await productCode(), batchName: '测试批次' }),
      FILE,
    );
    const result = answer.json();
    expect(result).toMatchObject({ status: 'done', importedCount: 2, refusedCount: 2 });
    expect(result['reasons']).toEqual([
      { reason: 'duplicate-in-file', count: 1 },
      { reason: 'missing-number', count: 1 },
    ]);
    const report = await owner.get(`/admin/data/imports/${String(result['id'])}/report.csv`);
    expect(report.headers.get('content-disposition')).toContain('attachment');
    expect(report.text.trim().split(/\r?\n/)).toHaveLength(3);
    expect(report.text).not.toContain('IMPORT-0002');
  });

  it('takes a form that is sent twice at once in once', async () => {
    const path = settings({ productCode: await productCode() });
    const answers = await Promise.all([
      upload(path, 'TWICE-01\nTWICE-02\n'),
      upload(path, 'TWICE-01\nTWICE-02\n'),
    ]);
    expect(answers.map((answer) => answer.json()['isRepeated'] === true).sort()).toEqual([
      false,
      true,
    ]);
    const runs = await one<{ count: number }>(
      `SELECT count(*)::int AS count FROM card_imports WHERE imported_count = 2 AND refused_count = 0`,
    );
    expect(runs.count).toBe(1);
  });

  it('tells a file that cannot be read, and takes nothing of it in', async () => {
    const answer = await upload(
      settings({ productCode: await productCode() }),
      Buffer.from([0, 1, 2, 0, 255, 254]),
    );
    const result = answer.json();
    expect(result['status']).toBe('failed');
    expect(String(result['failText'])).toContain('编码');
  });

  it('refuses an unknown product before it reads the file', async () => {
    expect((await upload(settings({ productCode: 'NOTHING' }), FILE)).json()['code']).toBe(
      'product.not-found',
    );
  });

  it('is for those who may import', async () => {
    const finance = await asStaff(admin, 'finance');
    expect((await upload('/preview', FILE, finance)).status).toBe(403);
    expect((await upload(settings({ productCode: 'X' }), FILE, finance)).status).toBe(403);
  });
});

describe('the dashboard', () => {
  it('counts today’s orders, stock and backlog as the tables have them', async () => {
    const figures = (await owner.get('/admin/data/dashboard')).json();
    expect(figures['orderCount']).toBe(2);
    expect(figures['fulfilment']).toBe('100.00');
    const backlog = figures['backlog'] as PanelJson;
    expect(backlog['waiting']).toBe(0);
    const stock = figures['stock'] as readonly PanelJson[];
    const counted = await one<{ count: number }>('SELECT count(*)::int AS count FROM card_stock');
    expect(stock[0]?.['available']).toBe(counted.count);
    expect(stock[0]?.['level']).toBe('low');
    const money = await one<{ sales: string }>(
      "SELECT to_char(sum(amount_hao) / 10000.0, 'FM9999990.00') AS sales FROM orders",
    );
    expect((figures['money'] as PanelJson)['sales']).toBe(money.sales);
  });

  it('shows money only to those who may see it', async () => {
    const service = await asStaff(admin, 'service');
    expect((await service.get('/admin/data/dashboard')).json()['money']).toBeNull();
  });
});
