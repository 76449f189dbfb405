import {
  asStaff,
  type PanelClient,
  startTestAdmin,
  textIn,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';
import { anOrderWithRows, aTrade, TEST_MASTER_KEYS, type Trade } from '../support/sold-order.js';
import { MasterKeys, readSigningCredential, secretContext } from '#domain/stores';
import pg from 'pg';

let admin: TestAdmin;
let owner: PanelClient;
let trade: Trade;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  trade = await aTrade(admin.db, { cards: 5 });
  await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
  await anOrderWithRows(admin.db, trade, { quantity: 40, status: 'processing' });
});
afterAll(() => admin.close());

const price = (productId: string) =>
  admin.db.query(
    `INSERT INTO prices (product_id, unit_price_hao, valid_from) VALUES ($1, 10000, now() - interval '1 minute')`,
    [productId],
  );
const formKey = (): string => Math.random().toString(16).slice(2).padEnd(32, '0');
const one = async <Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row> => {
  const { rows } = await admin.db.query<Row>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0];
};

describe('products, money and keys', () => {
  it('moves a product along its state machine and no other way', async () => {
    await price(trade.productId);
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
    const body = { amount: '123.45', receiptNo: '88001', payer: '晨星网络', formKey: formKey() };
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

  it('books no top-up that cannot be written down', async () => {
    const path = `/admin/command/platforms/${trade.platformId}/top-up`;
    const body = { amount: '50', receiptNo: '88002', payer: '晨星网络', formKey: formKey() };
    await admin.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
    const refused = await owner.post(path, body);
    await admin.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
    expect(refused.status).toBe(500);
    expect((await owner.post(path, body)).json()['notice']).toBe('topUpRecorded');
    const audit = await one<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_entries WHERE action = 'recordTopUp' AND reason = $1`,
      [body.receiptNo],
    );
    expect(audit.count).toBe(1);
  });

  it.each(['0', '-5', '1.234', '1.23456', 'ten', ''])('refuses a top-up of %s', async (amount) => {
    const answer = await owner.post(`/admin/command/platforms/${trade.platformId}/top-up`, {
      amount,
      receiptNo: 'x',
      payer: 'x',
      formKey: formKey(),
    });
    expect(answer.status).toBe(422);
  });

  it('makes a callback secret with the first key of a platform, and none with the next', async () => {
    const fresh = await one<{ id: string }>(
      `INSERT INTO platforms (code, name) VALUES ('fresh', 'fresh') RETURNING id`,
    );
    const make = async () =>
      (await owner.post(`/admin/command/platforms/${fresh.id}/credentials`, {})).json();
    const first = await make();
    const row = await one<{ code: string; sealed: Buffer }>(
      'SELECT code, callback_secret_sealed AS sealed FROM platforms WHERE id = $1',
      [fresh.id],
    );
    const opened = MasterKeys.parse(TEST_MASTER_KEYS).open(
      row.sealed,
      secretContext.platformCallback(row.code),
    );
    expect(first['callbackSecret']).toBe(opened.toString());
    expect(Object.keys(await make())).toEqual(['key', 'secret']);
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
    expect(answer.json()['secret']).toMatch(/^whsec_/);
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
    `?${new URLSearchParams({ fileName: 'cards.csv', encoding: 'auto', formKey: formKey(), ...extra }).toString()}`;
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
    expect(preview).toMatchObject({
      lineCount: 4,
      refused: [
        { reason: 'duplicate-in-file', count: 1 },
        { reason: 'missing-number', count: 1 },
      ],
    });
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
    const report = await owner.get(`/admin/data/imports/${textIn(result['id'])}/report.csv`);
    expect(report.headers.get('content-disposition')).toContain('attachment');
    expect(report.text.trim().split(/\r?\n/)).toHaveLength(3);
    expect(report.text).not.toContain('IMPORT-0002');
    const again = (await upload('/preview?encoding=auto&whole=1', FILE)).json();
    expect(again['refused']).toContainEqual({ reason: 'duplicate-in-stock', count: 2 });
  });

  it('writes down who hands a file in before it reads it, and how that ended', async () => {
    const answer = await upload(settings({ productCode: await productCode() }), 'NOTED-01\n');
    const importId = textIn(answer.json()['id']);
    const noted = await admin.db.query<{ staff_email: string; after: PanelJson }>(
      `SELECT staff_email, after FROM audit_entries WHERE resource = 'CardImport' AND record_id = $1 ORDER BY id`,
      [importId],
    );
    expect(noted.rows).toMatchObject([
      { staff_email: 'owner@panel.example.test', after: { status: 'running' } },
      { after: { status: 'done', importedCount: 1, refusedCount: 0 } },
    ]);
  });

  it('takes nothing in that cannot be written down', async () => {
    const path = settings({ productCode: await productCode() });
    await admin.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
    const answer = await upload(path, 'UNNOTED-01\n');
    await admin.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
    expect(answer.json()).toMatchObject({ status: 'failed', importedCount: 0 });
  });

  it('takes a form that is sent twice at once in once', async () => {
    const path = settings({ productCode: await productCode() });
    const answers = await Promise.all([
      upload(path, 'TWICE-01\nTWICE-02\n'),
      upload(path, 'TWICE-01\nTWICE-02\n'),
    ]);
    expect(answers.map((answer) => answer.json()['isRepeated'] === true)).toContain(true);
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
    expect(result['failText']).toContain('编码');
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
    expect(backlog['waiting']).toBe(1);
    const stock = figures['stock'] as readonly PanelJson[];
    const counted = await one<{ count: number }>('SELECT count(*)::int AS count FROM card_stock');
    expect(stock[0]?.['available']).toBe(counted.count);
    expect(stock[0]?.['level']).toBe('low');
    const money = await one<{ sales: string }>(
      "SELECT to_char(sum(amount_hao) / 10000.0, 'FM9,999,990.00') AS sales FROM orders",
    );
    expect((figures['money'] as PanelJson)['sales']).toBe(money.sales);
  });

  it('shows money only to those who may see it', async () => {
    const service = await asStaff(admin, 'service');
    expect((await service.get('/admin/data/dashboard')).json()['money']).toBeNull();
  });
});
