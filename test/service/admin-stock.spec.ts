import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { aProduct } from '../support/trade.js';

const REASON = '周末活动备货';
let admin: TestAdmin;
let owner: PanelClient;
let operator: PanelClient;
let productId: string;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  operator = await asStaff(admin, 'operator');
  productId = (await aProduct(admin.db)).id;
  await admin.db.query(
    `WITH source AS (
       INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ('s', 's', 'kakayun', 'https://s.example', '1') RETURNING id
     )
     INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao) SELECT $1, id, '5', 900000 FROM source`,
    [productId],
  );
});
afterAll(() => admin.close());

async function one(sql: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const { rows } = await admin.db.query<Record<string, unknown>>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0];
}

describe('restocking from a product’s page', () => {
  const restock = (client: PanelClient, quantity: string) =>
    client.post(`/admin/command/products/${productId}/replenish`, { quantity, reason: REASON });

  it('needs the permission, a quantity and a reason', async () => {
    const finance = await asStaff(admin, 'finance');
    expect((await restock(finance, '5')).status).toBe(403);
    expect((await restock(operator, '0')).status).toBe(400);
    expect((await restock(operator, '1.5')).status).toBe(400);
  });

  it('buys at once within the limit, once at a time, and is audited', async () => {
    expect((await restock(operator, '5')).json()).toEqual({ notice: 'replenishmentAsked' });
    expect((await restock(operator, '5')).status).toBe(409);
    expect(
      await one(`SELECT status, quantity, asked_by, reason FROM replenishments`),
    ).toMatchObject({ status: 'buying', quantity: 5, reason: REASON });
    expect(
      await one(
        `SELECT after FROM audit_entries WHERE action = 'replenish' ORDER BY id DESC LIMIT 1`,
      ),
    ).toEqual({ after: { quantity: 5, amount: '450.00', status: 'buying' } });
  });

  it('is stopped from its page', async () => {
    const { id } = await one('SELECT id FROM replenishments');
    const path = `/admin/command/replenishments/${String(id)}/cancel`;
    expect((await operator.post(path, { reason: REASON })).json()).toEqual({
      notice: 'replenishmentCancelled',
    });
    expect(await one('SELECT cancel_asked_at IS NOT NULL AS asked FROM replenishments')).toEqual({
      asked: true,
    });
    await admin.db.query(`UPDATE replenishments SET status = 'cancelled', ended_at = now()`);
    expect((await operator.post(path, { reason: REASON })).status).toBe(409);
  });

  it('waits above the limit for somebody else, whose word begins it', async () => {
    expect((await restock(operator, '500')).json()).toEqual({ notice: 'replenishmentWaits' });
    const approval = await one(`SELECT id, amount_hao FROM approvals WHERE kind = 'replenishment'`);
    expect(approval['amount_hao']).toBe('450000000');
    const path = `/admin/command/approvals/${String(approval['id'])}/approve`;
    expect((await operator.post(path, {})).status).toBe(403);
    expect((await owner.post(path, {})).status).toBe(200);
    expect(await one(`SELECT status FROM replenishments ORDER BY id DESC LIMIT 1`)).toEqual({
      status: 'buying',
    });
    const page = await owner.get(`/admin/data/related/Product/${productId}`);
    expect(page.status).toBe(200);
    const { id } = await one(`SELECT id FROM replenishments ORDER BY id DESC LIMIT 1`);
    const story = await owner.get(`/admin/data/related/Replenishment/${String(id)}`);
    expect(story.text).toContain('超过审批线，提交审批');
    expect(story.text).toContain('同意');
  });
});

describe('a peak plan', () => {
  let planId: string;
  let requestId: string;
  beforeAll(async () => {
    const made = await one(
      `WITH plan AS (
         INSERT INTO peak_plans (name, starts_on, ends_on) VALUES ('春节', current_date + 60, current_date + 69) RETURNING id
       ), line AS (
         INSERT INTO peak_lines (plan_id, product_id, quantity) SELECT id, $1, 1000 FROM plan RETURNING id, plan_id
       )
       INSERT INTO capacity_requests (line_id, supplier_id, quantity) SELECT line.id, s.id, 800 FROM line, suppliers s
       RETURNING id, (SELECT plan_id FROM line) AS plan_id`,
      [productId],
    );
    planId = String(made['plan_id']);
    requestId = String(made['id']);
  });
  const answer = (what: string, body: Readonly<Record<string, string>>) =>
    operator.post(`/admin/command/capacity-requests/${requestId}/${what}`, {
      reason: '电话与王经理确认',
      ...body,
    });

  it('keeps what a supplier promised, along its states only', async () => {
    expect((await answer('use', {})).status).toBe(409);
    expect((await answer('confirm', { quantity: '600', price: '0' })).status).toBe(400);
    expect((await answer('confirm', { quantity: '600', price: '88.50' })).status).toBe(200);
    expect(
      await one('SELECT status, confirmed_quantity, confirmed_price_hao FROM capacity_requests'),
    ).toEqual({ status: 'confirmed', confirmed_quantity: 600, confirmed_price_hao: '885000' });
    const page = await owner.get(`/admin/data/related/PeakPlan/${planId}`);
    expect(page.text).toContain('距开始 60 天');
    expect((await answer('use', {})).status).toBe(200);
  });

  it('is downloaded as CSV and Excel', async () => {
    const csv = await owner.get(`/admin/data/peak-plans/${planId}/plan.csv`);
    expect(csv.status).toBe(200);
    expect(csv.text).toContain(',1000,100,0,0,500,0,');
    const xlsx = await owner.get(`/admin/data/peak-plans/${planId}/plan.xlsx`);
    expect(xlsx.status).toBe(200);
  });

  it('takes a product with either a factor or a quantity, named for people', async () => {
    const add = (fields: Readonly<Record<string, string>>) =>
      operator.form('/admin/api/resources/PeakLine/actions/new', {
        planId,
        productId: otherId,
        ...fields,
      });
    const otherId = (await aProduct(admin.db)).id;
    await add({ factor: '2', quantity: '5' });
    await add({});
    const count = `SELECT count(*)::int AS count FROM peak_lines WHERE product_id = $1`;
    expect(await one(count, [otherId])).toEqual({ count: 0 });
    await admin.db.query(
      `INSERT INTO stock_runways (product_id, available, per_hour, hourly, measured_at) VALUES ($1, 9, 2.5, '{}', now())`,
      [otherId],
    );
    await add({ factor: '2' });
    expect(
      await one('SELECT label, factor, base_per_day FROM peak_lines WHERE product_id = $1', [
        otherId,
      ]),
    ).toMatchObject({ label: expect.stringMatching(/^春节 · CARD-/), factor: 2, base_per_day: 60 });
  });

  it('counts down on the first page', async () => {
    const { peak } = (await owner.get('/admin/data/dashboard')).json();
    expect(peak).toMatchObject({ id: planId, name: '春节', countdown: '距开始 60 天' });
  });
});
