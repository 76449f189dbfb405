import { mayStaff, STAFF_ROLES, type StaffRole } from '#domain';
import * as entities from '#domain/entities';
import {
  asStaff,
  type PanelClient,
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

const list = (client: PanelClient, resource: string, query = '') =>
  client.get(`/admin/api/resources/${resource}/actions/list${query}`);
const records = (answer: { json: () => PanelJson }) =>
  answer.json()['records'] as readonly PanelJson[];
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

describe('what the panel shows', () => {
  it.each(Object.keys(entities))('lists %s without a secret in its JSON', async (resource) => {
    const answer = await list(owner, resource);
    expect(answer.status).toBe(200);
    expect(records(answer)).toBeInstanceOf(Array);
    const secret =
      /passwordHash|password_hash|secretSealed|callbackSecretSealed|dataKeySealed|"sealed"|fingerprint|argon2|5ec2e7/i;
    expect(answer.text).not.toMatch(secret);
    const [first] = records(answer);
    if (!first) return;
    const one = await owner.get(
      `/admin/api/resources/${resource}/records/${String(first['id'])}/show`,
    );
    expect(one.text).not.toMatch(secret);
    const found = await owner.get(`/admin/api/resources/${resource}/actions/search`);
    expect(found.text).not.toMatch(secret);
  });

  it('shows of a neighbouring record its name and nothing else', async () => {
    const [first] = records(await list(owner, 'ApiCredential'));
    const platform = (first?.['populated'] as PanelJson)['platformId'] as PanelJson;
    expect(platform['title']).toBe('test');
    expect(platform['params']).toEqual({});
  });

  it('shows amounts in yuan and times in Beijing time', async () => {
    const params = await shown('Order', order.orderId);
    expect(params['amountHao']).toBe('197.00');
    expect(params['unitPriceHao']).toBe('98.5000');
    expect(params['createdAt']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const [{ shanghai }] = (
      await admin.db.query<{ shanghai: string }>(
        `SELECT to_char(created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') AS shanghai FROM orders WHERE id = $1`,
        [order.orderId],
      )
    ).rows as [{ shanghai: string }];
    expect(params['createdAt']).toBe(shanghai);
  });

  it.each(['orderNo', 'merchantOrderNo'])(
    'finds an order by its %s in the one search box',
    async (name) => {
      const number = (await shown('Order', order.orderId))[name];
      expect(records(await list(owner, 'Order', `?filters.q=${number}`)).length).toBe(1);
      expect(records(await list(owner, 'Order', '?filters.q=NOTHING-LIKE-IT')).length).toBe(0);
    },
  );

  it('hides the buyer from roles that may not read customers', async () => {
    const waiting = await anOrderWithRows(admin.db, order, { quantity: 1, status: 'processing' });
    await admin.db.query(`UPDATE orders SET account = '{"phone":"13800000000"}' WHERE id = $1`, [
      waiting.orderId,
    ]);
    const seen = await owner.get(`/admin/data/orders/${waiting.orderId}`);
    expect(seen.text).toContain('13800000000');
    const ops = await asStaff(admin, 'ops');
    const one = await ops.get(`/admin/api/resources/Order/records/${waiting.orderId}/show`);
    expect(one.status).toBe(200);
    expect(one.text).not.toContain('13800000000');
    expect((await ops.get(`/admin/data/orders/${waiting.orderId}`)).text).not.toContain(
      '13800000000',
    );
    expect((await list(ops, 'Order', '?filters.customerNo=C1')).status).toBe(403);
  });

  it('refuses a filter on a column that the list does not name', async () => {
    for (const filter of ['passwordHash', 'callbackSecretSealed', 'id~~from', 'nothing'])
      expect([400, 403]).toContain((await list(owner, 'Staff', `?filters.${filter}=x`)).status);
  });

  it('answers with nothing, not with a fault, where a filter cannot match', async () => {
    for (const query of [
      '?filters.platformId=1',
      '?filters.status=lost',
      '?filters.createdAt~~from=x',
    ])
      expect([query, (await list(owner, 'Order', query)).status]).toEqual([query, 200]);
    expect(records(await list(owner, 'Order', '?filters.platformId=1'))).toEqual([]);
  });

  it('never sends more than a hundred rows', async () => {
    await admin.db.query(
      `INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'fill-stock', 'x', now() FROM generate_series(1, 150)`,
    );
    expect(records(await list(owner, 'OutboxMessage', '?perPage=500')).length).toBe(100);
  });
});

describe('who may do what', () => {
  const readOf: Record<string, string> = {
    Order: 'order.read',
    Product: 'catalog.read',
    Platform: 'platform.read',
    Customer: 'customer.read',
    LedgerPosting: 'money.read',
    Staff: 'staff.read',
    AuditEntry: 'audit.read',
  };
  it.each(STAFF_ROLES)(
    'gives %s what its permissions name and nothing else',
    async (role: StaffRole) => {
      const client = await asStaff(admin, role);
      for (const [resource, permission] of Object.entries(readOf)) {
        const expected = mayStaff(role, permission as 'order.read') ? 200 : 403;
        for (const action of ['actions/list', 'actions/search'])
          expect([
            resource,
            action,
            (await client.get(`/admin/api/resources/${resource}/${action}`)).status,
          ]).toEqual([resource, action, expected]);
      }
      const writing: [string, string, string][] = [
        ['Product', 'catalog.write', '/admin/api/resources/Product/actions/new'],
        ['Platform', 'platform.write', '/admin/api/resources/Platform/actions/new'],
        ['Staff', 'staff.write', '/admin/api/resources/Staff/actions/new'],
        ['cancel', 'order.cancel', '/admin/command/orders/999999/cancel'],
        ['reveal', 'card.reveal', '/admin/command/orders/999999/reveal'],
        ['replay', 'callback.replay', '/admin/command/callbacks/999999/replay'],
        ['top-up', 'money.write', `/admin/command/platforms/${order.platformId}/top-up`],
        ['credential', 'platform.write', `/admin/command/platforms/not-a-uuid/credentials`],
        ['import', 'card.import', '/admin/command/imports/preview'],
      ];
      for (const [what, permission, path] of writing) {
        const answer = path.includes('/api/')
          ? await client.form(path, {})
          : await client.post(path, {});
        const isForbidden = answer.status === 403;
        expect([what, isForbidden]).toEqual([what, !mayStaff(role, permission as 'order.read')]);
      }
    },
  );

  it('locks what scripts alone may write: no new, no edit, no delete for anybody', async () => {
    for (const resource of [
      'Order',
      'OrderUnit',
      'Delivery',
      'OrderEvent',
      'Card',
      'CardStock',
      'CardBatch',
      'CardImport',
      'LedgerAccount',
      'LedgerEntry',
      'LedgerPosting',
      'AuditEntry',
      'OutboxMessage',
      'CallbackDelivery',
      'CallbackTry',
    ]) {
      expect([resource, (await create(resource, {})).status]).toEqual([resource, 403]);
      expect([resource, (await edit(resource, '1', {})).status]).toEqual([resource, 403]);
    }
    for (const resource of Object.keys(entities)) {
      const gone = await owner.form(`/admin/api/resources/${resource}/records/1/delete`, {});
      expect([resource, gone.status]).toEqual([resource, 403]);
      expect(
        (await owner.form(`/admin/api/resources/${resource}/bulk/bulkDelete?recordIds=1`, {}))
          .status,
      ).toBe(404);
    }
  });

  it('changes nothing by GET', async () => {
    for (const path of [
      '/admin/api/resources/Product/actions/new?code=BY-GET&name=x',
      `/admin/command/orders/${order.orderId}/cancel`,
      `/admin/command/orders/${order.orderId}/reveal`,
      `/admin/command/platforms/${order.platformId}/credentials`,
      `/admin/command/products/${order.productId}/move?to=retired`,
    ])
      expect([path, (await owner.get(path)).status]).toEqual([path, 404]);
    const product = await admin.db.query(`SELECT 1 FROM products WHERE code = 'BY-GET'`);
    expect(product.rowCount).toBe(0);
  });
});

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
    expect(String(noticeOf(answer)['message'])).toContain('没有保存');
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
    expect(String(noticeOf(late)['message'])).toContain('刚被其他人修改');
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
    const { PanelClient: Client } = await import('../support/admin.js');
    expect(
      (await new Client(admin.url).logIn('new@panel.example.test', 'brand new words')).status,
    ).toBe(303);
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
