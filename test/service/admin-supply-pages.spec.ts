import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';

let admin: TestAdmin;
let owner: PanelClient;
let productId: string;
const routes: Record<string, string> = {};

async function idOf(sql: string, values: unknown[]): Promise<string> {
  const { rows } = await admin.db.query<{ id: string }>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0].id;
}

/** A supplier with a route to the product. */
async function aRoute(code: string, costHao: number, priority: number): Promise<string> {
  const supplierId = await idOf(
    `INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ($1, $1, 'kakayun', 'https://a.example.com', '1') RETURNING id`,
    [code],
  );
  return idOf(
    `INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao, priority) VALUES ($1, $2, '555', $3, $4) RETURNING id`,
    [productId, supplierId, costHao, priority],
  );
}

/** Attempts of a route that ended so, the last of them a minute ago; returns the newest one's id. */
const attempts = (route: string, count: number, status: string): Promise<string> =>
  idOf(
    `INSERT INTO attempts (attempt_no, purpose, order_id, product_id, supplier_id, route_id, kind, supplier_product_id, quantity,
       status, cost_hao, may_send, choice, created_at, settled_at, sent_at, unknown_cause)
     SELECT $1 || n || left($3, 4), 'order', n, r.product_id, r.supplier_id, r.id, 'card', '555', 2, $3::varchar, 280000, false,
       '{"strategy":"priority","candidates":[]}', now() - interval '1 minute', now() - interval '2 seconds', now() - interval '1 minute',
       CASE WHEN $3 = 'unknown' THEN 'no-reply' END
     FROM supply_routes r, generate_series(1, $2::int) AS n WHERE r.id = $4 RETURNING id`,
    [route, count, status, routes[route]],
  );

beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  productId = await idOf(
    `INSERT INTO products (code, name, status) VALUES ('ROUTED-1', '多货源商品', 'on-sale') RETURNING id`,
    [],
  );
  await admin.db.query('INSERT INTO prices (product_id, unit_price_hao) VALUES ($1, 300000)', [
    productId,
  ]);
  routes['first'] = await aRoute('first', 280_000, 1);
  routes['second'] = await aRoute('second', 290_000, 2);
  routes['dear'] = await aRoute('dear', 310_000, 3);
});
afterAll(() => admin.close());

const whatIf = async (more = '') =>
  (await owner.get(`/admin/data/supply/what-if?product=${productId}${more}`)).json() as unknown as {
    answer: string;
    isServed: boolean;
    sections: { rows: { text: string; meters?: { share: number }[] }[][] }[];
  };

describe('who would get an order', () => {
  it('is told with every source, how it does, and what speaks against it', async () => {
    const { answer, isServed, sections } = await whatIf('&quantity=3');
    expect(isServed).toBe(true);
    expect(answer).toContain('first 供货：3 / 3');
    const rows = sections[0]?.rows ?? [];
    expect(rows.map((row) => [row[0]?.text, row[1]?.text])).toEqual([
      ['first', '首选'],
      ['second', '第 2 顺位'],
      ['dear', '成本高于售价'],
    ]);
    expect(rows[0]?.[3]?.meters?.map(({ share }) => share)).toEqual([0.9, 1, 0.5, 1]);
  });

  it('hangs on the time: a ban window over midnight holds the first one back', async () => {
    const saved = await owner.form(
      `/admin/api/resources/SupplyRoute/records/${String(routes['first'])}/edit`,
      { banWindows: '23:30-06:00', fieldNames: 'qq=account', version: '1' },
    );
    expect(saved.json()).toMatchObject({ notice: { type: 'success' } });
    expect((await whatIf('&at=2026-12-01 05:59')).answer).toContain('second');
    expect((await whatIf('&at=2026-12-01 06:00')).answer).toContain('first');
  });

  it('refuses a ban window that is none, at its field', async () => {
    const saved = await owner.form(
      `/admin/api/resources/SupplyRoute/records/${String(routes['second'])}/edit`,
      { banWindows: '23:30-06:00 1,5\n25:00-01:00', version: '1' },
    );
    expect(saved.text).toContain('第 2 行');
  });

  it('hangs on the strategy that staff choose for the product', async () => {
    const saved = await owner.form(`/admin/api/resources/Product/records/${productId}/edit`, {
      supplyStrategy: 'cheapest',
      maySellAtLoss: 'true',
      version: '1',
    });
    expect(saved.json()).toMatchObject({ notice: { type: 'success' } });
    const { sections } = await whatIf();
    expect(sections[0]?.rows.map((row) => row[0]?.text)).toEqual(['first', 'second', 'dear']);
  });

  it('offers the products that have routes, and is closed to nobody who may read supply', async () => {
    const choices = (await owner.get('/admin/data/supply/what-if-choices')).json();
    expect(choices['products']).toMatchObject([{ code: 'ROUTED-1' }]);
    const service = await asStaff(admin, 'service');
    expect((await service.get('/admin/data/supply/what-if-choices')).status).toBe(200);
  });

  it.each(['product=1', 'quantity=0', 'at=soon'])(
    'refuses a question that is none (%s)',
    async (more) => {
      expect(
        (await owner.get(`/admin/data/supply/what-if?product=${productId}&${more}`)).status,
      ).toBe(400);
    },
  );
});

describe('a breaker that has opened', () => {
  const reset = (client: PanelClient, reason = '货源已确认恢复') =>
    client.post(`/admin/command/supply-routes/${String(routes['first'])}/reset-breaker`, {
      reason,
    });
  const board = async () => (await owner.get('/admin/data/supply/board')).text;

  it('is seen on the board, and keeps the route from orders', async () => {
    await attempts('first', 5, 'failed');
    expect(await board()).toContain('熔断');
    expect((await whatIf()).sections[0]?.rows.at(-1)?.map((cell) => cell.text)).toContain('已熔断');
  });

  it('is reset by staff with a reason, who are written down', async () => {
    expect((await reset(owner, '')).status).toBe(400);
    expect((await reset(await asStaff(admin, 'finance'))).status).toBe(403);
    expect((await reset(owner)).json()).toEqual({ notice: 'breakerReset' });
    expect((await whatIf('&at=2026-12-01 12:00')).answer).toContain('first');
    const { rows } = await admin.db.query(
      `SELECT staff_email, reason FROM audit_entries WHERE action = 'resetBreaker'`,
    );
    expect(rows).toEqual([{ staff_email: 'owner@panel.example.test', reason: '货源已确认恢复' }]);
  });

  it('is offered on the page of the route, with its windows', async () => {
    const id = String(routes['first']);
    expect((await owner.get(`/admin/data/verbs/SupplyRoute/${id}`)).text).toContain('resetBreaker');
    const page = (await owner.get(`/admin/data/related/SupplyRoute/${id}`)).text;
    expect(page).toContain('0 % (0/5)');
  });
});

describe('the work list of unknown outcomes', () => {
  let id: string;
  const list = async (more = '') =>
    (await owner.get(`/admin/data/supply/undecided?${more}`)).json() as unknown as {
      rows: { id: string; amount: string; supplierCode: string; cause: string }[];
      total: string;
    };

  it('shows what is at stake, and leaves out what has ended', async () => {
    id = await attempts('second', 1, 'unknown');
    await attempts('second', 2, 'succeeded');
    const { rows, total } = await list();
    expect(rows).toMatchObject([
      { id, amount: '56.00', supplierCode: 'second', cause: '没有回应', age: '1 分钟' },
    ]);
    expect(total).toBe('1 笔，56.00 元');
    expect((await list('supplier=first')).rows).toEqual([]);
    expect((await list('person=yes&sort=money')).rows).toEqual([]);
  });

  it('asks again about many at once, and says which had ended', async () => {
    const ended = await idOf(`SELECT id FROM attempts WHERE status = 'succeeded' LIMIT 1`, []);
    const asked = await owner.post('/admin/command/attempts/ask-again', { ids: [id, ended] });
    expect(asked.json()).toEqual({ asked: 1, skipped: 1 });
    const due = await admin.db.query(
      'SELECT next_query_at <= now() AS is_due FROM attempts WHERE id = $1',
      [id],
    );
    expect(due.rows).toEqual([{ is_due: true }]);
    const finance = await asStaff(admin, 'finance');
    expect((await finance.post('/admin/command/attempts/ask-again', { ids: [id] })).status).toBe(
      403,
    );
  });
});
