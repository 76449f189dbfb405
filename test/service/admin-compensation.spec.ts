import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let service: PanelClient;
let order: SoldOrder;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  service = await asStaff(admin, 'service');
  const trade = await aTrade(admin.db, { cards: 8 });
  order = await anOrderWithRows(admin.db, trade, { quantity: 3, status: 'succeeded' });
}, 30_000);
afterAll(() => admin.close());

const REASON = '买家提供了截图';
const page = (client: PanelClient, path: string) => client.get(`/admin/data/sections/${path}`);
const compensate = (client: PanelClient, body: object) =>
  client.post(`/admin/command/orders/${order.orderId}/compensate`, { reason: REASON, ...body });
async function one(sql: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const { rows } = await admin.db.query<Record<string, unknown>>(sql, values);
  return rows[0] ?? {};
}

describe('who compensates an order', () => {
  it('sees first what the rules would give for each unit, and why', async () => {
    const shown = await page(
      service,
      `Compensation/ask?order=${order.orderNo}&cause=bad-card&units=1-2`,
    );
    expect(shown.text).toContain('补发 98.50 元');
    expect(shown.text).toContain('立即赔付');
    expect(shown.json()).toMatchObject({
      verbs: [{ name: 'giveProposed' }, { name: 'giveOther' }],
    });
  });

  it('gives it, and finds it on the order’s page and in its story', async () => {
    expect((await compensate(service, { cause: 'bad-card', units: '1' })).json()).toEqual({
      notice: 'compensationGiven',
    });
    const related = await service.get(`/admin/data/related/Order/${order.orderId}`);
    expect(related.text).toContain('赔付与补单');
    expect(related.text).toContain('-R1');
    const { timeline } = (await service.get(`/admin/data/orders/${order.orderId}`)).json() as {
      timeline: { title: string; detail: string }[];
    };
    expect(timeline).toContainEqual(
      expect.objectContaining({
        title: '已赔付',
        detail: expect.stringContaining('补发 98.50 元'),
      }),
    );
    expect(
      await one('SELECT status FROM orders WHERE origin_order_id = $1', [order.orderId]),
    ).toEqual({
      status: 'succeeded',
    });
  });

  it('is told in words when it was given before', async () => {
    const again = await compensate(service, { cause: 'bad-card', units: '1' });
    expect(again.status).toBe(409);
    expect(again.text).toContain('已因同样的原因处理过');
  });

  it('needs a reason, units that exist, an amount in whole fen, and the permission', async () => {
    expect((await compensate(service, { cause: 'bad-card', units: '2', reason: '' })).status).toBe(
      400,
    );
    expect((await compensate(service, { cause: 'bad-card', units: 'x' })).status).toBe(400);
    expect((await compensate(service, { cause: 'bad-card', units: '9' })).status).toBe(400);
    const fraction = { cause: 'late', units: '0', remedy: 'credit', amount: '0.005' };
    expect((await compensate(service, fraction)).status).toBe(400);
    const auditor = await asStaff(admin, 'auditor');
    expect((await compensate(auditor, { cause: 'bad-card', units: '2' })).status).toBe(403);
  });

  it('leaves to a second person what is above the limit; the budgets page shows what waits', async () => {
    await admin.db.query('UPDATE compensation_policies SET automatic_max_hao = 10000');
    const asked = await compensate(service, {
      cause: 'wrong-amount',
      units: '2',
      remedy: 'refund',
    });
    expect(asked.json()).toEqual({ notice: 'compensationProposed' });
    const { id } = await one(`SELECT id FROM compensations WHERE status = 'proposed'`);
    const budgets = await page(owner, 'Compensation/budgets');
    expect(budgets.text).toContain(`#${String(id)}`);
    expect(budgets.text).toContain('超过自动赔付上限');
    const dashboard = (await owner.get('/admin/data/dashboard')).json();
    expect(dashboard).toMatchObject({ compensation: { spent: '98.50', proposed: 1 } });
    expect(
      (await service.post(`/admin/command/compensations/${String(id)}/approve`, {})).status,
    ).toBe(403);
    const verbs = await owner.get(`/admin/data/verbs/Compensation/${String(id)}`);
    expect(verbs.json()).toMatchObject({
      verbs: [{ name: 'approveCompensation' }, { name: 'declineCompensation' }],
    });
    expect(
      (await owner.post(`/admin/command/compensations/${String(id)}/approve`, {})).json(),
    ).toEqual({
      notice: 'compensationGiven',
    });
    await admin.db.query('UPDATE compensation_policies SET automatic_max_hao = 2000000');
  });
});

describe('the rules', () => {
  it('are tried out with the reason against each that does not apply', async () => {
    const shown = await page(owner, 'CompensationPolicy/simulate?cause=late&value=100.00&age=10');
    expect(shown.text).toContain('规则未启用');
    expect(shown.text).toContain('没有适用的规则');
  });

  it('are changed in a copy alone, which a person who approves money puts in force', async () => {
    const active = await one(`SELECT id FROM compensation_policies WHERE status = 'active'`);
    const rule = await one('SELECT id, version FROM compensation_rules ORDER BY line_no LIMIT 1');
    const edit = (id: unknown) =>
      owner.form(`/admin/api/resources/CompensationRule/records/${String(id)}/edit`, {
        percent: '50',
        version: '1',
      });
    expect((await edit(rule['id'])).text).toContain('启用过的规则版本不能修改');
    const copied = await service.post(
      `/admin/command/compensation-policies/${String(active['id'])}/copy`,
      {},
    );
    expect(copied.json()).toEqual({ notice: 'policyCopied' });
    const draft = await one(
      `SELECT p.id, (SELECT id FROM compensation_rules r WHERE r.policy_id = p.id ORDER BY line_no LIMIT 1) AS rule_id
       FROM compensation_policies p WHERE status = 'draft'`,
    );
    expect((await edit(draft['rule_id'])).json()).toMatchObject({ notice: { type: 'success' } });
    const path = `/admin/command/compensation-policies/${String(draft['id'])}/activate`;
    expect((await service.post(path, {})).status).toBe(403);
    expect((await owner.post(path, {})).json()).toEqual({ notice: 'policyActivated' });
    expect(
      await one('SELECT status FROM compensation_policies WHERE id = $1', [active['id']]),
    ).toEqual({
      status: 'retired',
    });
    expect((await owner.post(path, {})).status).toBe(409);
  });
});

describe('what compensation costs', () => {
  it('stands by cause, product and supplier, and as a table for a spreadsheet that runs no formula', async () => {
    const shown = await page(owner, 'Compensation/costs');
    expect(shown.text).toContain('卡密无效');
    const csv = await owner.get('/admin/data/compensation-costs.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text.split('\n').length).toBeGreaterThan(2);
    expect(csv.text).toContain('98.50');
  });
});

it('every page of sections is open to who may read it, and to nobody else', async () => {
  const ops = await asStaff(admin, 'ops');
  const pages = [
    'Compensation/ask',
    'Compensation/budgets',
    'Compensation/costs',
    'CompensationPolicy/simulate',
  ];
  for (const path of pages) {
    expect((await page(owner, path)).status).toBe(200);
    expect((await page(ops, path)).status).toBe(403);
  }
  for (const path of ['SupplyClaim/openClaims', 'SupplyClaim/surplusCards'])
    expect((await page(ops, path)).status).toBe(200);
  expect((await page(owner, 'Order/nothing')).status).toBe(404);
});

it('a claim is worked on from its page: a remark, a recovery, and a write-off by two people', async () => {
  const claim = await one(
    `WITH s AS (INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ('owes', 'owes', 'kakayun', 'https://o.example.com', '1') RETURNING id),
       a AS (INSERT INTO ledger_accounts (code, kind, supplier_id) SELECT 'supplier-balance:owes', 'supplier-balance', id FROM s),
       t AS (INSERT INTO attempts (attempt_no, purpose, order_id, product_id, supplier_id, route_id, kind, supplier_product_id, quantity,
               status, cost_hao, paid_hao, may_send, choice)
             SELECT 'K1', 'order', $1, $2, id, id, 'card', '555', 1, 'failed', 90000, 0, false,
               '{"strategy":"priority","chosenRouteId":null,"candidates":[]}' FROM s RETURNING id, supplier_id)
     INSERT INTO supply_claims (supplier_id, attempt_id, kind, amount_hao) SELECT supplier_id, id, 'compensation', 90000 FROM t RETURNING id`,
    [order.orderId, order.productId],
  );
  const path = `/admin/command/claims/${String(claim['id'])}`;
  const finance = await asStaff(admin, 'finance');
  expect((await page(finance, 'SupplyClaim/openClaims')).text).toContain('赔付追偿');
  expect((await service.post(`${path}/remark`, { reason: REASON })).status).toBe(403);
  expect((await finance.post(`${path}/remark`, { reason: '已电话催收' })).json()).toEqual({
    notice: 'remarkSaved',
  });
  expect(
    (await finance.post(`${path}/recover`, { amount: '4.00', reason: REASON })).json(),
  ).toEqual({
    notice: 'claimRecovered',
  });
  expect(
    (await finance.post(`${path}/recover`, { amount: '5.01', reason: REASON })).text,
  ).toContain('5.00');
  await finance.post(`${path}/ask-write-off`, { reason: '对方已停业' });
  expect((await finance.post(`${path}/confirm-write-off`, {})).status).toBe(403);
  expect((await owner.post(`${path}/confirm-write-off`, {})).json()).toEqual({
    notice: 'claimWrittenOff',
  });
});
