import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';

const ROBOT = 'https://qyapi.weixin.example.com/cgi-bin/webhook/send?key=robot-key-marker';
let admin: TestAdmin;
let owner: PanelClient;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
});
afterAll(() => admin.close());

async function one(sql: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const { rows } = await admin.db.query<Record<string, unknown>>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0];
}

describe('alert channels', () => {
  let id: string;
  beforeAll(async () => {
    const made = await one(
      `INSERT INTO alert_channels (name, kind) VALUES ('值班群', 'wecom') RETURNING id`,
    );
    id = String(made['id']);
  });
  const setAddress = (address: string, client = owner) =>
    client.post(`/admin/command/alert-channels/${id}/address`, { address });

  it('are not tried out before they have an address', async () => {
    expect((await owner.post(`/admin/command/alert-channels/${id}/test`, {})).status).toBe(404);
    expect((await admin.db.query('SELECT 1 FROM alert_notices')).rowCount).toBe(0);
  });

  it.each(['not a url', 'http://plain.example.com/hook', 'ftp://files.example.com'])(
    'take no address like %s',
    async (address) => {
      expect((await setAddress(address)).status).toBe(400);
    },
  );

  it('keep the address sealed, and show the host alone', async () => {
    expect((await setAddress(ROBOT)).json()).toEqual({ notice: 'addressStored' });
    expect(await one('SELECT address_hint FROM alert_channels WHERE id = $1', [id])).toEqual({
      address_hint: 'qyapi.weixin.example.com/…',
    });
    const pages = [
      await owner.get(`/admin/api/resources/AlertChannel/records/${id}/show`),
      await owner.get('/admin/api/resources/AlertChannel/actions/list'),
      await owner.get('/admin/api/resources/AuditEntry/actions/list'),
    ];
    for (const page of pages) expect(page.text).not.toContain('robot-key-marker');
  });

  it('send a test on its way', async () => {
    expect((await owner.post(`/admin/command/alert-channels/${id}/test`, {})).json()).toEqual({
      notice: 'testQueued',
    });
    expect(await one('SELECT news, status FROM alert_notices')).toEqual({
      news: 'test',
      status: 'due',
    });
    expect(
      await one(`SELECT count(*)::int AS count FROM outbox_messages WHERE kind = 'send-alert'`),
    ).toEqual({
      count: 1,
    });
  });

  it('show the secret of a webhook once, and have none for a robot', async () => {
    const hook = await one(
      `INSERT INTO alert_channels (name, kind) VALUES ('hook', 'webhook') RETURNING id`,
    );
    const path = (channelId: unknown) =>
      `/admin/command/alert-channels/${String(channelId)}/secret`;
    const { secret } = (await owner.post(path(hook['id']), {})).json() as { secret: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{44}$/);
    expect((await owner.post(path(id), {})).status).toBe(404);
    const audit = await owner.get('/admin/api/resources/AuditEntry/actions/list');
    expect(audit.text).toContain('newChannelSecret');
    expect(audit.text).not.toContain(secret);
    const row = await one('SELECT * FROM alert_channels WHERE id = $1', [hook['id']]);
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it('are not for everybody to change', async () => {
    const auditor = await asStaff(admin, 'auditor');
    expect((await setAddress(ROBOT, auditor)).status).toBe(403);
  });
});

describe('the list of alerts', () => {
  it('begins with those that are going on', async () => {
    await admin.db.query(
      `INSERT INTO alerts (kind, subject, value, opened_at, closed_at) VALUES
         ('new-code', 'going-on', '1', now() - interval '3 days', NULL),
         ('new-code', 'long-over', '1', now() - interval '2 days', now() - interval '2 days'),
         ('new-code', 'just-over', '1', now() - interval '1 day', now())`,
    );
    const page = (await owner.get('/admin/api/resources/Alert/actions/list')).text;
    const places = ['going-on', 'just-over', 'long-over'].map((subject) => page.indexOf(subject));
    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await admin.db.query('DELETE FROM alerts');
  });
});

describe('the first page', () => {
  it('tells how long stock lasts, what is alarming and what waits for a person', async () => {
    const product = await one(
      `INSERT INTO products (code, name, status) VALUES ('RUN-1', 'runway', 'on-sale') RETURNING id`,
    );
    await admin.db.query(
      `INSERT INTO stock_runways (product_id, available, per_hour, hours_left, hourly, measured_at)
       VALUES ($1, 10, 2, 5, '{2,2,2}', now())`,
      [product['id']],
    );
    await admin.db.query(
      `INSERT INTO alerts (kind, subject, value) VALUES ('stock-short', 'RUN-1', '5.0 h')`,
    );
    const page = (await owner.get('/admin/data/dashboard')).json();
    expect(page).toMatchObject({
      backlog: { alerts: 1, undecided: 0 },
      stock: [{ code: 'RUN-1', hoursLeft: 5, hourly: [2, 2, 2], runway: 'crossed' }],
    });
  });
});

describe('a route that is changed', () => {
  it('wakes the orders that wait for its product', async () => {
    const made = await one(
      `WITH s AS (INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ('acme', 'acme', 'kakayun', 'https://a.example.com', '1') RETURNING id),
         p AS (INSERT INTO products (code, name, status) VALUES ('WAIT-1', 'wait', 'on-sale') RETURNING id),
         o AS (INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
                 unit_price_hao, amount_hao, status, created_at, updated_at)
               SELECT 'O1', uuidv7(), 'M1', '', id, 'WAIT-1', 1, 1, 1, 'processing', now(), now() FROM p RETURNING id)
       INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao, status)
       SELECT p.id, s.id, '555', 1000, 'paused' FROM p, s RETURNING id`,
    );
    const saved = await owner.form(
      `/admin/api/resources/SupplyRoute/records/${String(made['id'])}/edit`,
      { status: 'active', version: '1' },
    );
    expect(saved.json()).toMatchObject({ notice: { type: 'success' } });
    expect(
      await one(`SELECT count(*)::int AS count FROM outbox_messages WHERE kind = 'order-changed'`),
    ).toEqual({
      count: 1,
    });
  });
});

describe('the page of a supplier', () => {
  it('tells the balance with its time, how well it delivers, and the score with its parts', async () => {
    const supplier = await one(
      `INSERT INTO suppliers (code, name, protocol, base_url, account, balance_hao, balance_floor_hao, balance_read_at)
       VALUES ('healthy', 'healthy', 'kakayun', 'https://h.example.com', '1', 12345600, 1000000, now()) RETURNING id`,
    );
    const route = await one(
      `INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao)
       SELECT id, $1, '555', 1000 FROM products LIMIT 1 RETURNING id`,
      [supplier['id']],
    );
    // Ten of today, seven of them good, in two seconds each; and one of the day before yesterday, which counts no more.
    await admin.db.query(
      `INSERT INTO attempts (attempt_no, purpose, order_id, product_id, supplier_id, route_id, kind, supplier_product_id, quantity,
         status, cost_hao, may_send, choice, created_at, settled_at)
       SELECT 'H' || n, 'order', n, r.product_id, r.supplier_id, r.id, 'card', '555', 1,
         CASE WHEN n <= 7 THEN 'succeeded' ELSE 'failed' END, 1000, false, '{}', at, at + interval '2 seconds'
       FROM supply_routes r, generate_series(1, 11) AS n,
         LATERAL (SELECT now() - CASE WHEN n = 11 THEN interval '2 days' ELSE interval '1 hour' END AS at) AS t
       WHERE r.id = $1 ORDER BY n DESC`,
      [route['id']],
    );
    const page = await owner.get(`/admin/data/related/Supplier/${String(supplier['id'])}`);
    const told = ['1,234.56', '7 / 10', '2.0 s', '48 / 60', '18.8 / 20', '10 / 10', '86.8 / 100'];
    for (const text of told) expect(page.text).toContain(text);
  });
});
