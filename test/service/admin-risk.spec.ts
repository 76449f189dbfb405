import {
  asStaff,
  type PanelClient,
  type PanelJson,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { aTrade, type Trade } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let finance: PanelClient;
let compliance: PanelClient;
let operator: PanelClient;
let trade: Trade;
let lineId: string;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  finance = await asStaff(admin, 'finance');
  compliance = await asStaff(admin, 'compliance');
  operator = await asStaff(admin, 'operator');
  trade = await aTrade(admin.db, { cards: 1 });
  const { rows } = await admin.db.query<{ id: string }>(
    'INSERT INTO credit_lines (platform_id) VALUES ($1) RETURNING id',
    [trade.platformId],
  );
  lineId = rows[0]?.id ?? '';
}, 60_000);
afterAll(() => admin.close());

let keys = 0;
const formKey = (): string => (++keys).toString(16).padStart(32, '0');
const reason = '已核对材料与流水';

const lineOf = async (): Promise<Record<string, unknown>> => {
  const { rows } = await admin.db.query<Record<string, unknown>>(
    `SELECT l.agreed_hao::float8 AS agreed, l.limit_hao::float8 AS "limit", l.score, l.order_limit_hao::float8 AS order_limit,
       a.floor_hao::float8 AS floor
     FROM credit_lines l JOIN ledger_accounts a ON a.platform_id = l.platform_id AND a.kind = 'platform-balance' WHERE l.id = $1`,
    [lineId],
  );
  return rows[0] ?? {};
};
const setLimit = (client: PanelClient, amount: string) =>
  client.post(`/admin/command/credit-lines/${lineId}/limit`, {
    amount,
    reason,
    formKey: formKey(),
  });
const approve = (client: PanelClient, id: string) =>
  client.post(`/admin/command/approvals/${id}/approve`, {});
const verbsOf = async (client: PanelClient, entity: string, id: string): Promise<unknown[]> => {
  const { verbs } = (await client.get(`/admin/data/verbs/${entity}/${id}`)).json();
  return (verbs as readonly PanelJson[]).map(({ name }) => name);
};

/** A held order of one unit, as accepting would have left it. */
async function aHeldOrder(raisedBy = 'system'): Promise<{ caseId: string; orderId: string }> {
  const { rows } = await admin.db.query<{ id: string; case_id: string }>(
    `WITH o AS (
       INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, customer_no, quantity,
         unit_price_hao, amount_hao, status, created_at, updated_at)
       SELECT left(gen_random_uuid()::text, 30), $1, left(gen_random_uuid()::text, 30), '\\x00', $2,
         (SELECT code FROM products WHERE id = $2), 'C-1', 1, 0, 0, 'held', now(), now() RETURNING *
     ), u AS (
       INSERT INTO order_units (id, order_id, unit_no, status) SELECT id * 16384 + 1, id, 1, 'pending' FROM o
     ), c AS (
       INSERT INTO risk_cases (order_id, platform_id, customer_no, amount_hao, hold_reason, raised_by, opened_at, due_at)
       SELECT id, platform_id, customer_no, amount_hao, 'watched-customer', $3, now(), now() + interval '1 day' FROM o RETURNING id
     )
     SELECT o.id, c.id AS case_id FROM o, c`,
    [trade.platformId, trade.productId, raisedBy],
  );
  const [row] = rows;
  if (!row) throw new Error('no order');
  return { caseId: row.case_id, orderId: row.id };
}
const decide = (client: PanelClient, caseId: string, decision: string) =>
  client.post(`/admin/command/risk-cases/${caseId}/decide`, { decision, reason });
const statusOf = async (orderId: string): Promise<unknown> =>
  (await admin.db.query<{ status: string }>('SELECT status FROM orders WHERE id = $1', [orderId]))
    .rows[0]?.status;

describe('a credit limit', () => {
  it('is raised a little by one person, and more only when a second one agrees', async () => {
    expect((await setLimit(finance, '100')).json()).toMatchObject({ notice: 'creditLimitSet' });
    expect(await lineOf()).toMatchObject({
      agreed: 1_000_000,
      limit: 1_000_000,
      floor: -1_000_000,
    });
    const asked = (await setLimit(finance, '1900')).json();
    expect(asked).toMatchObject({ notice: 'approvalAsked' });
    expect(await lineOf()).toMatchObject({ agreed: 1_000_000 });
    expect((await approve(finance, textIn(asked['approvalId']))).status).toBe(403);
    expect((await approve(owner, textIn(asked['approvalId']))).status).toBe(200);
    expect(await lineOf()).toMatchObject({ agreed: 19_000_000 });
  });

  it('is cut at once by one person', async () => {
    expect((await setLimit(finance, '50')).json()).toMatchObject({ notice: 'creditLimitSet' });
    expect(await lineOf()).toMatchObject({ agreed: 500_000, limit: 500_000, floor: -500_000 });
  });

  it('is nothing that who delivers may touch', async () => {
    expect((await setLimit(operator, '1')).status).toBe(403);
    expect(await verbsOf(operator, 'CreditLine', lineId)).toEqual([]);
  });

  it('stands on a page with the score, its parts and the exposure', async () => {
    await finance.post(`/admin/command/credit-lines/${lineId}/score-now`, {});
    const { sections } = (await finance.get(`/admin/data/related/CreditLine/${lineId}`)).json();
    const titles = (sections as readonly PanelJson[]).map(({ title }) => title);
    expect(titles).toEqual(
      ['信用分', '敞口与额度', '历史', '欠款账龄'].map((one) =>
        one === '历史' ? '评分历史' : one,
      ),
    );
  });
});

describe('a score by a person', () => {
  it('counts only when a second person agrees', async () => {
    const asked = (
      await finance.post(`/admin/command/credit-lines/${lineId}/score`, {
        score: '930',
        reason,
        formKey: formKey(),
      })
    ).json();
    expect(asked).toMatchObject({ notice: 'approvalAsked' });
    await approve(owner, textIn(asked['approvalId']));
    expect(await lineOf()).toMatchObject({ score: 930 });
  });
});

describe('a held order', () => {
  it('is released by who may decide, and by nobody else', async () => {
    const { caseId, orderId } = await aHeldOrder();
    expect(await verbsOf(finance, 'RiskCase', caseId)).toEqual(['releaseOrder', 'refuseOrder']);
    expect(await verbsOf(compliance, 'RiskCase', caseId)).toEqual([]);
    expect((await decide(compliance, caseId, 'released')).status).toBe(403);
    expect((await decide(operator, caseId, 'released')).status).toBe(403);
    expect((await decide(finance, caseId, 'released')).json()).toEqual({ notice: 'orderReleased' });
    expect(await statusOf(orderId)).toBe('processing');
    expect((await decide(owner, caseId, 'refused')).status).toBe(409);
  });

  it('is refused with an audit entry, and the reason is not in its timeline', async () => {
    const { caseId, orderId } = await aHeldOrder();
    expect((await decide(finance, caseId, 'refused')).json()).toEqual({ notice: 'orderRefused' });
    expect(await statusOf(orderId)).toBe('failed');
    const { rows } = await admin.db.query<{ told: boolean; audited: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM order_events WHERE order_id = $1 AND detail::text LIKE '%' || $2 || '%') AS told,
         EXISTS (SELECT 1 FROM audit_entries WHERE action = 'refuseOrder' AND record_id = $3 AND reason = $2) AS audited`,
      [orderId, reason, caseId],
    );
    expect(rows[0]).toEqual({ told: false, audited: true });
  });

  it('offers nothing to who raised it', async () => {
    const { rows } = await admin.db.query<{ email: string }>(
      `SELECT email FROM staff WHERE role = 'finance' LIMIT 1`,
    );
    const { caseId } = await aHeldOrder(rows[0]?.email);
    expect(await verbsOf(finance, 'RiskCase', caseId)).toEqual([]);
    expect((await decide(finance, caseId, 'released')).status).toBe(403);
    expect((await decide(owner, caseId, 'released')).status).toBe(200);
  });

  it('is read with its evidence by compliance, and not by who delivers', async () => {
    const { caseId } = await aHeldOrder();
    const page = (await compliance.get(`/admin/data/related/RiskCase/${caseId}`)).json();
    expect((page['sections'] as readonly PanelJson[]).map(({ title }) => title)).toEqual([
      '审核依据',
      '待审核的订单',
      '同一买家的前后订单',
    ]);
    expect((await operator.get(`/admin/data/related/RiskCase/${caseId}`)).json()).toEqual({
      sections: [],
    });
  });
});

describe('a rule', () => {
  const current = async (): Promise<{ id: string; revision: number; orders: number }> => {
    const { rows } = await admin.db.query<{ id: string; revision: number; orders: number }>(
      `SELECT id, revision, (params ->> 'customerOrders')::int AS orders FROM risk_rules WHERE kind = 'velocity' AND is_current`,
    );
    const [row] = rows;
    if (!row) throw new Error('no rule');
    return row;
  };

  it('is changed as a new revision when a second person agrees; what is left empty stays', async () => {
    const before = await current();
    const sent = await finance.post(`/admin/command/risk-rules/${before.id}/change`, {
      customerOrders: '80',
      windowMinutes: '',
      reason,
      formKey: formKey(),
    });
    expect(await current()).toEqual(before);
    await approve(owner, textIn(sent.json()['approvalId']));
    expect(await current()).toMatchObject({ revision: before.revision + 1, orders: 80 });
  });

  it('is refused with a number out of its range', async () => {
    const { id } = await current();
    const sent = await finance.post(`/admin/command/risk-rules/${id}/change`, {
      customerOrders: '0',
      reason,
      formKey: formKey(),
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('单个客户订单数');
  });
});
