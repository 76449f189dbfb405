import {
  asStaff,
  type PanelClient,
  type PanelJson,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { openSqlPool } from '#domain/database';
import { aLargeBuyer, LargeStory } from '../support/large-orders.js';
import { aProduct } from '../support/trade.js';

let admin: TestAdmin;
let pool: ReturnType<typeof openSqlPool>;
let finance: PanelClient;
let owner: PanelClient;
let service: PanelClient;
beforeAll(async () => {
  admin = await startTestAdmin();
  pool = openSqlPool(admin.databaseUrl, 2, 'test');
  finance = await asStaff(admin, 'finance');
  owner = await asStaff(admin, 'owner');
  service = await asStaff(admin, 'service');
});
afterAll(async () => {
  await pool.end();
  await admin.close();
});

let keys = 0;
const formKey = (): string => (++keys).toString(16).padStart(32, '0');

/** 100 cards: 9,850.00 yuan, 2,955.00 of it before anything. */
async function aStory(priceHao = 985_000): Promise<LargeStory> {
  const buyer = await aLargeBuyer(admin.db);
  const product = await aProduct(admin.db, { priceHao });
  await product.stock(100);
  return LargeStory.begin(pool, buyer, product, { quantity: 100 });
}
const pay = (client: PanelClient, orderId: string, amount: string, reference: string) =>
  client.post(`/admin/command/large-orders/${orderId}/payments`, {
    amount,
    reference,
    payer: '云海商贸',
    formKey: formKey(),
  });
const verbsOf = async (client: PanelClient, orderId: string): Promise<string[]> => {
  const { verbs } = (await client.get(`/admin/data/verbs/LargeOrder/${orderId}`)).json();
  return (verbs as readonly PanelJson[]).map(({ name }) => textIn(name));
};
const pageOf = async (client: PanelClient, orderId: string): Promise<string> =>
  JSON.stringify((await client.get(`/admin/data/related/LargeOrder/${orderId}`)).json());

describe('the page of a large order', () => {
  it('shows money and goods of each stage, what is due, and offers each role what it may do', async () => {
    const { orderId } = await aStory();
    expect(await verbsOf(finance, orderId)).toEqual([
      'recordLargePayment',
      'payFromBalance',
      'extendDeadline',
    ]);
    expect(await verbsOf(service, orderId)).toEqual(['cancelOrder']);
    const page = await pageOf(finance, orderId);
    expect(page).toContain('第 3 期');
    expect(page).toContain('0.00 / 3,940.00');
    expect(page).toContain('还没有收款');
    expect(await pageOf(service, orderId)).not.toContain('还没有收款');
  });

  it('takes a payment of the bank once, lets the stage go, and has it accepted with a reason in the audit', async () => {
    const story = await aStory();
    const { orderId } = story;
    expect((await pay(finance, orderId, '5713.00', 'B-1')).json()).toMatchObject({
      notice: 'largePaymentRecorded',
    });
    expect((await pay(finance, orderId, '5713.00', 'B-1')).json()).toMatchObject({
      notice: 'largePaymentRepeated',
    });
    expect(await story.view()).toMatchObject({ deliveredQuantity: 40 });
    expect(await verbsOf(service, orderId)).toEqual(['acceptStage', 'cancelOrder']);
    const accepted = await service.post(`/admin/command/large-orders/${orderId}/accept-stage`, {
      stageNo: '1',
      reason: '平台来电确认收货',
    });
    expect(accepted.json()).toMatchObject({ notice: 'stageAccepted' });
    expect((await story.view()).stages?.[0]?.status).toBe('accepted');
    const { rows } = await admin.db.query<{ action: string }>(
      `SELECT action FROM audit_entries WHERE resource = 'LargeOrder' AND record_id = $1 ORDER BY id`,
      [orderId],
    );
    expect(rows.map(({ action }) => action)).toContain('acceptStage');
  });

  it('asks for a second person above the limit, who carries it out by approving', async () => {
    const story = await aStory(98_500_000);
    const asked = (await pay(finance, story.orderId, '295500.00', 'B-2')).json();
    expect(asked).toMatchObject({ notice: 'approvalAsked' });
    expect((await story.view()).prepayment?.paidAmount).toBe('0.00');
    const id = textIn(asked['approvalId']);
    const approved = await owner.post(`/admin/command/approvals/${id}/approve`, {});
    expect(approved.status).toBe(200);
    expect((await story.view()).prepayment).toMatchObject({ status: 'paid' });
  });

  it('pays from the balance when the platform asks, and gives more time', async () => {
    const story = await aStory();
    const path = `/admin/command/large-orders/${story.orderId}`;
    const paid = await finance.post(`${path}/pay-from-balance`, {
      amount: '2,955.00',
      reason: '平台来函要求',
      formKey: formKey(),
    });
    expect(paid.json()).toMatchObject({ notice: 'largePaymentRecorded' });
    const extended = await finance.post(`${path}/extend-deadline`, {
      dueAt: '2027-01-31 18:00:00',
      reason: '春节前银行停业',
      formKey: formKey(),
    });
    // More time to pay thousands is credit: two people give it.
    expect(extended.json()).toMatchObject({ notice: 'approvalAsked' });
    const before = (await story.view()).stages?.[0]?.dueAt;
    expect(before).not.toBe('2027-01-31T10:00:00.000Z');
    const own = `/admin/command/approvals/${textIn(extended.json()['approvalId'])}/approve`;
    expect((await finance.post(own, {})).status).not.toBe(200);
    expect((await owner.post(own, {})).status).toBe(200);
    expect((await story.view()).stages?.[0]?.dueAt).toBe('2027-01-31T10:00:00.000Z');
  });

  it('refuses who may not, and amounts that are none', async () => {
    const { orderId } = await aStory();
    expect((await pay(service, orderId, '1.00', 'B-3')).status).toBe(403);
    expect((await pay(finance, orderId, 'much', 'B-4')).status).toBe(422);
    expect((await pay(finance, orderId, '9850.01', 'B-5')).status).toBe(422);
  });
});
