import { mayStaff, STAFF_ROLES, type StaffRole } from '#domain';
import * as entities from '#domain/entities';
import {
  asStaff,
  type PanelClient,
  startTestAdmin,
  textIn,
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
      `/admin/api/resources/${resource}/records/${textIn(first['id'])}/show`,
    );
    expect(one.text).not.toMatch(secret);
    const found = await owner.get(`/admin/api/resources/${resource}/actions/search`);
    expect(found.text).not.toMatch(secret);
  });

  it('shows of a neighbouring record its name and nothing else', async () => {
    const [first] = records(await list(owner, 'ApiCredential'));
    const populated = first?.['populated'] as PanelJson | undefined;
    const platform = populated?.['platformId'] as PanelJson;
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

  it('opens the one order that has exactly a number', async () => {
    const search = async (number: string) =>
      (await owner.get(`/admin/data/order-search?number=${number}`)).json();
    expect(await search(order.orderNo)).toEqual({ orderId: order.orderId });
    expect(await search('NOTHING-LIKE-IT')).toEqual({ orderId: null });
  });

  it('tells beside a record what belongs to it', async () => {
    const related = async (entity: string, id: string, client = owner) =>
      (await client.get(`/admin/data/related/${entity}/${id}`)).text;
    const { rows } = await admin.db.query<{ card: string; entry: string; account: string }>(
      `SELECT (SELECT card_id FROM deliveries WHERE order_id = $1 LIMIT 1) AS card,
         (SELECT id FROM ledger_entries WHERE order_id = $1 LIMIT 1) AS entry,
         (SELECT id FROM ledger_accounts WHERE platform_id = $2) AS account`,
      [order.orderId, order.platformId],
    );
    const { card = '', entry = '', account = '' } = rows[0] ?? {};
    expect(await related('Card', card)).toContain(order.orderNo);
    expect(await related('Card', card)).toContain('已售出');
    expect(await related('LedgerEntry', entry)).toContain(order.orderNo);
    expect(await related('LedgerEntry', entry)).toContain('197.00');
    expect(await related('LedgerAccount', account)).toContain('订单扣款');
    expect(await related('Product', order.productId)).toContain('可售');
    expect(await related('Platform', order.platformId)).toContain('ak_test');
    expect(await related('Platform', order.platformId)).toContain('余额');
    const service = await asStaff(admin, 'service');
    expect(await related('Platform', order.platformId, service)).not.toContain('余额');
    expect(await related('LedgerEntry', entry, service)).toBe('{"sections":[]}');
  });

  it('finds a card by its number, written down, for those who may see codes', async () => {
    const { rows } = await admin.db.query<{ id: string }>(
      'SELECT id FROM cards ORDER BY id LIMIT 1',
    );
    const cardId = rows[0]?.id ?? '';
    const { rows: units } = await admin.db.query<{ order_id: string; unit_no: number }>(
      'SELECT order_id, unit_no FROM deliveries WHERE card_id = $1',
      [cardId],
    );
    const unit = units[0];
    const revealed = await owner.post(`/admin/command/orders/${unit?.order_id}/reveal`, {
      unitNo: unit?.unit_no,
      reason: 'test of the search',
    });
    const cardNo = textIn(revealed.json()['cardNo']);
    const find = (client: PanelClient, text: string) =>
      client.post('/admin/command/cards/find', { cardNo: text });
    expect((await find(owner, ` ${cardNo} `)).json()).toEqual({ cardId });
    expect((await find(owner, `${cardNo}X`)).status).toBe(404);
    expect((await find(await asStaff(admin, 'finance'), cardNo)).status).toBe(403);
    const audit = await admin.db.query(
      `SELECT 1 FROM audit_entries WHERE action = 'findCard' AND record_id = $1`,
      [cardId],
    );
    expect(audit.rowCount).toBe(1);
  });

  it('says in the reader’s language that a record is not there', async () => {
    const missing = '0198c1d2-0000-7000-8000-000000000000';
    const answer = await owner.get(`/admin/api/resources/Product/records/${missing}/show`);
    expect((answer.json()['notice'] as PanelJson)['message']).toBe('error404Record');
  });

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
    OutboxMessage: 'system.read',
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
