import {
  asStaff,
  PanelClient,
  STAFF_PASSWORD,
  startTestAdmin,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let order: SoldOrder;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  order = await anOrderWithRows(admin.db, await aTrade(admin.db, { cards: 3 }), {
    quantity: 2,
    status: 'succeeded',
  });
  await admin.db.query(
    `INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, 'ak_test', '\\x5ec2e7')`,
    [order.platformId],
  );
  await admin.db.query(`UPDATE platforms SET callback_secret_sealed = '\\x5ec2e7'`);
});
afterAll(() => admin.close());

const recordOf = (answer: { json: () => PanelJson }) => answer.json()['record'] as PanelJson;
const noticeOf = (answer: { json: () => PanelJson }) => answer.json()['notice'] as PanelJson;
const errorsOf = (answer: { json: () => PanelJson }) => recordOf(answer)['errors'] as PanelJson;
const shown = async (resource: string, id: string) =>
  recordOf(await owner.get(`/admin/api/resources/${resource}/records/${id}/show`))[
    'params'
  ] as Record<string, string>;
const edit = (resource: string, id: string, fields: Record<string, string>) =>
  owner.form(`/admin/api/resources/${resource}/records/${id}/edit`, fields);
const create = (resource: string, fields: Record<string, string>) =>
  owner.form(`/admin/api/resources/${resource}/actions/new`, fields);

describe('how records are written', () => {
  it('creates a platform with its ledger account and an audit entry, all or nothing', async () => {
    const answer = await create('Platform', {
      code: 'new-one',
      name: '新平台',
      callbackHosts: 'cb.example.test\nb.example.test',
    });
    expect(noticeOf(answer)['type']).toBe('success');
    const made = await admin.db.query<{ code: string; callback_hosts: string[] }>(
      `SELECT a.code, p.callback_hosts FROM ledger_accounts a JOIN platforms p ON p.id = a.platform_id WHERE p.code = 'new-one'`,
    );
    expect(made.rows).toEqual([
      { code: 'platform:new-one', callback_hosts: ['cb.example.test', 'b.example.test'] },
    ]);
    const audit = await admin.db.query<{ staff_email: string; after: { name: string } }>(
      `SELECT staff_email, after FROM audit_entries WHERE resource = 'Platform' AND action = 'create'`,
    );
    expect(audit.rows[0]?.staff_email).toBe('owner@panel.example.test');
    expect(audit.rows[0]?.after.name).toBe('新平台');
  });

  it('says at the field what is wrong and never reports a failed save as a success', async () => {
    const cases: [string, Record<string, string>, string][] = [
      ['Platform', { code: 'new-one', name: 'again' }, 'code'],
      ['Platform', { code: 'x y', name: 'n' }, 'code'],
      ['Platform', { name: 'no code' }, 'code'],
      ['Platform', { code: 'p3', name: 'n', callbackHosts: 'https://x.test/cb' }, 'callbackHosts'],
      ['Platform', { code: 'p3', name: 'n', status: 'sleepy' }, 'status'],
      ['Product', { code: 'Q1', name: 'n', minQuantity: '5', maxQuantity: '2' }, 'maxQuantity'],
      ['Product', { code: 'Q1', name: 'n', waitSeconds: 'soon' }, 'waitSeconds'],
      ['Product', { code: 'Q1', name: 'x'.repeat(161) }, 'name'],
      ['Product', { code: 'Q1', name: 'n', accountFields: 'phone' }, 'accountFields'],
      ['Price', { productId: order.productId, unitPriceHao: '-1' }, 'unitPriceHao'],
      ['Price', { productId: order.productId, unitPriceHao: '1.00001' }, 'unitPriceHao'],
      [
        'Price',
        { productId: '0198c1d2-0000-7000-8000-000000000000', unitPriceHao: '1' },
        'productId',
      ],
      ['Customer', { platformId: 'nobody', customerNo: 'c' }, 'platformId'],
      ['Staff', { email: 'x@y.test', name: 'n', role: 'owner', password: 'short' }, 'password'],
      [
        'Staff',
        { email: 'owner@panel.example.test', name: 'n', role: 'owner', password: 'long enough 1' },
        'email',
      ],
    ];
    for (const [resource, fields, field] of cases) {
      const answer = await create(resource, fields);
      expect([resource, field, answer.status, noticeOf(answer)['type']]).toEqual([
        resource,
        field,
        200,
        'error',
      ]);
      expect(Object.keys(errorsOf(answer))).toContain(field);
    }
    const left = await admin.db.query(`SELECT 1 FROM products WHERE code = 'Q1'`);
    expect(left.rowCount).toBe(0);
  });

  it('leaves a refused new record without an id, so that its form stays that of a new one', async () => {
    const answer = await create('Platform', { name: 'no code' });
    expect(recordOf(answer)['id']).toBe('');
  });

  it('says so when the database refuses for a reason that no form knows', async () => {
    await admin.db.query(
      `CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'secret inner reason'; END $$`,
    );
    await admin.db.query(
      `CREATE TRIGGER refuse_it BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION refuse_it()`,
    );
    const answer = await create('Customer', { platformId: order.platformId, customerNo: 'c-1' });
    await admin.db.query('DROP TRIGGER refuse_it ON customers');
    expect(noticeOf(answer)['type']).toBe('error');
    expect(answer.text).not.toContain('secret inner reason');
    expect(noticeOf(answer)['message']).toContain('没有保存');
  });

  it('takes from a form only what its resource lets staff write', async () => {
    const before = await shown('Product', order.productId);
    const answer = await edit('Product', order.productId, {
      version: before['version'] ?? '',
      name: '新名称',
      status: 'retired',
      code: 'HACKED',
      id: '0198c1d2-0000-7000-8000-000000000000',
      createdAt: '2000-01-01 00:00:00',
    });
    expect(noticeOf(answer)['type']).toBe('success');
    const after = await shown('Product', order.productId);
    expect(after).toEqual({
      ...before,
      name: '新名称',
      version: after['version'],
      updatedAt: after['updatedAt'],
    });
  });

  it('refuses an edit of a record that somebody else has changed meanwhile', async () => {
    const loaded = await shown('Product', order.productId);
    const version = loaded['version'] ?? '';
    await edit('Product', order.productId, { version, name: '甲' });
    const late = await edit('Product', order.productId, { version, name: '乙' });
    expect(noticeOf(late)['type']).toBe('error');
    expect(noticeOf(late)['message']).toContain('刚被其他人修改');
    expect((await shown('Product', order.productId))['name']).toBe('甲');
    const blind = await edit('Product', order.productId, { name: '丙' });
    expect(noticeOf(blind)['type']).toBe('error');
  });

  it('lets only one of two edits at the same moment pass', async () => {
    const { version = '' } = await shown('Product', order.productId);
    const answers = await Promise.all(
      ['一', '二', '三', '四'].map((name) => edit('Product', order.productId, { version, name })),
    );
    expect(answers.filter((answer) => noticeOf(answer)['type'] === 'success')).toHaveLength(1);
  });

  it('keeps prices exact to the ten-thousandth of a yuan', async () => {
    await create('Price', {
      productId: order.productId,
      unitPriceHao: '45.3333',
      validFrom: '2026-01-31 08:00:00',
    });
    const found = await admin.db.query<{ unit_price_hao: string; valid_from: Date }>(
      'SELECT unit_price_hao, valid_from FROM prices WHERE product_id = $1',
      [order.productId],
    );
    expect(found.rows[0]?.unit_price_hao).toBe('453333');
    expect(found.rows[0]?.valid_from.toISOString()).toBe('2026-01-31T00:00:00.000Z');
  });

  it('hashes a new password, lets it log in, and writes neither into audit nor JSON', async () => {
    const made = await create('Staff', {
      email: 'new@panel.example.test',
      name: '新人',
      role: 'service',
      password: 'brand new words',
    });
    expect(noticeOf(made)['type']).toBe('success');
    expect(made.text).not.toContain('argon2');
    const audit = await admin.db.query<{ after: string }>(
      `SELECT after::text FROM audit_entries WHERE resource = 'Staff' AND action = 'create'`,
    );
    expect(audit.rows[0]?.after).not.toMatch(/brand new words|argon2/);
    expect(audit.rows[0]?.after).toContain('新人');
    expect(
      (await new PanelClient(admin.url).logIn('new@panel.example.test', 'brand new words')).status,
    ).toBe(303);
  });

  it('keeps addresses in lower case, so that two people never differ by case only', async () => {
    const person = { name: '大写', role: 'service', password: 'brand new words' };
    const made = await create('Staff', { ...person, email: ' Mixed@Panel.example.TEST ' });
    expect(noticeOf(made)['type']).toBe('success');
    const found = await admin.db.query<{ id: string; version: number }>(
      `SELECT id, version FROM staff WHERE email = 'mixed@panel.example.test'`,
    );
    const { id = '', version = 0 } = found.rows[0] ?? {};
    const twin = await create('Staff', { ...person, email: 'MIXED@panel.example.test' });
    expect(Object.keys(errorsOf(twin))).toContain('email');
    const renamed = { version: String(version), email: 'OWNER@panel.example.test' };
    expect(Object.keys(errorsOf(await edit('Staff', id, renamed)))).toContain('email');
  });

  it.each([
    ['password', { password: 'another phrase' }],
    ['role', { role: 'finance' }],
    ['status', { status: 'disabled' }],
  ])('ends all sessions of a person whose %s is changed, and only those', async (name, change) => {
    const email = `${name}@panel.example.test`;
    await create('Staff', { email, name, role: 'service', password: 'brand new words' });
    const [first, second] = [new PanelClient(admin.url), new PanelClient(admin.url)];
    await first.logIn(email, 'brand new words');
    await second.logIn(email, 'brand new words');
    const found = await admin.db.query<{ id: string; version: number }>(
      'SELECT id, version FROM staff WHERE email = $1',
      [email],
    );
    const { id = '', version = 0 } = found.rows[0] ?? {};
    const sessions = async () =>
      (await admin.db.query(`SELECT 1 FROM staff_sessions WHERE sess->>'staffId' = $1`, [id]))
        .rowCount;
    await edit('Staff', id, { version: String(version), name: '改名' });
    expect(await sessions()).toBe(2);
    const changed = await edit('Staff', id, { version: String(version + 1), ...change });
    expect(noticeOf(changed)['type']).toBe('success');
    expect(await sessions()).toBe(0);
    expect((await first.get('/admin/data/dashboard')).status).toBe(401);
    expect((await owner.get('/admin/data/dashboard')).status).toBe(200);
  });

  it('leaves people who change their own password where they are, and nowhere else', async () => {
    const elsewhere = await asStaff(admin, 'owner');
    const { rows } = await admin.db.query<{ id: string; version: number }>(
      `SELECT id, version FROM staff WHERE role = 'owner'`,
    );
    const { id = '', version = 0 } = rows[0] ?? {};
    await edit('Staff', id, { version: String(version), password: STAFF_PASSWORD });
    expect((await owner.get('/admin/data/dashboard')).status).toBe(200);
    expect((await elsewhere.get('/admin/data/dashboard')).status).toBe(401);
  });

  it('keeps the owner from locking the house with the key inside', async () => {
    const me = await admin.db.query<{ id: string; version: number }>(
      `SELECT id, version FROM staff WHERE role = 'owner'`,
    );
    const { id = '', version = 0 } = me.rows[0] ?? {};
    const answer = await edit('Staff', id, { version: String(version), status: 'disabled' });
    expect(Object.keys(errorsOf(answer))).toContain('status');
  });
});
