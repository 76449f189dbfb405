import pg from 'pg';
import { advanceComplaint, openComplaint } from '#domain/stores';
import {
  asStaff,
  emailOf,
  type PanelClient,
  type PanelJson,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder, type Trade } from '../support/sold-order.js';

const MINUTE = 60_000;
const REASON = '买家提供了截图';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let admin: TestAdmin;
let pool: pg.Pool;
let service: PanelClient;
let operator: PanelClient;
let auditor: PanelClient;
let trade: Trade;
let order: SoldOrder;
beforeAll(async () => {
  admin = await startTestAdmin();
  pool = new pg.Pool({ connectionString: admin.databaseUrl, max: 3 });
  [service, operator, auditor] = await Promise.all([
    asStaff(admin, 'service'),
    asStaff(admin, 'operator'),
    asStaff(admin, 'auditor'),
  ]);
  trade = await aTrade(admin.db, { cards: 8 });
  order = await anOrderWithRows(admin.db, trade, { quantity: 3, status: 'succeeded' });
}, 30_000);
afterAll(async () => {
  await pool?.end();
  await admin?.close();
});

async function complain(given: { readonly agoMs?: number; readonly unitNo?: number } = {}) {
  const nowMs = Date.now();
  const opened = await openComplaint(pool, {
    source: 'platform-api',
    platformId: trade.platformId,
    category: 'bad-card',
    subject: { orderId: order.orderId, unitNo: given.unitNo ?? 1 },
    text: '<b>卡密</b>无效\n提示已失效',
    images: [PNG],
    customerNo: 'buyer-7',
    receivedMs: nowMs - (given.agoMs ?? 0),
    nowMs,
  });
  return opened.complaintId;
}
const shown = async (id: string, client = service) =>
  (await client.get(`/admin/data/complaints/${id}`)).json();
const act = (id: string, name: string, body: object, client = service) =>
  client.post(`/admin/command/complaints/${id}/${name}`, body);
async function work(query = ''): Promise<PanelJson[]> {
  const answer = await service.get(`/admin/data/complaint-work?${query}`);
  return answer.json()['rows'] as unknown as PanelJson[];
}

describe('the work list', () => {
  it('stands by what is due first, overdue on top, with the server’s clock', async () => {
    const fresh = await complain();
    const late = await complain({ agoMs: 40 * MINUTE, unitNo: 2 });
    const rows = await work();
    expect(rows.slice(0, 2).map(({ id }) => id)).toEqual([late, fresh]);
    expect(rows[0]?.['clock']).toMatchObject({ kind: 'ack', targetMs: 30 * MINUTE });
    const answer = (await service.get('/admin/data/complaint-work?scope=overdue')).json();
    expect(answer).toMatchObject({ counts: { overdue: 1, unassigned: 2 }, rows: [{ id: late }] });
    expect(Math.abs(Number(answer['nowMs']) - Date.now())).toBeLessThan(30_000);
  });

  it('gives the most pressing that nobody has, one after the other, and says when none is left', async () => {
    const first = (await service.post('/admin/command/complaints/take-next', {})).json();
    const second = (await operator.post('/admin/command/complaints/take-next', {})).json();
    expect(first['complaintId']).not.toBe(second['complaintId']);
    const none = await service.post('/admin/command/complaints/take-next', {});
    expect(none.status).toBe(404);
    expect(none.text).toContain('没有等待接手的投诉');
    expect((await work('scope=mine')).map(({ id }) => id)).toEqual([first['complaintId']]);
    expect(await work('severity=P0')).toEqual([]);
    expect((await service.get('/admin/data/complaint-work?platform=x')).status).toBe(400);
  });
});

describe('a complaint’s page', () => {
  it('tells clocks, what was said as text alone, and the evidence without a code', async () => {
    const id = await complain();
    const page = await service.get(`/admin/data/complaints/${id}`);
    const view = page.json();
    expect(view['clocks']).toMatchObject([{ kind: 'ack' }, { kind: 'resolve' }]);
    expect(view['trail']).toMatchObject([
      { text: '<b>卡密</b>无效\n提示已失效', author: 'customer' },
    ]);
    expect(page.text).toContain(order.orderNo);
    expect(page.text).toContain('件与卡密状态');
    expect(page.text).toContain('客户历史');
    expect(page.text).not.toMatch(/NO-[0-9a-f]{8}-\d/);
  });

  it('shows a picture as a picture and as nothing else', async () => {
    const id = await complain();
    const trail = (await shown(id))['trail'] as unknown as { images: string[] }[];
    const image = await service.get(`/admin/data/complaint-images/${trail[0]?.images[0] ?? ''}`);
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(image.headers.get('x-content-type-options')).toBe('nosniff');
    expect(image.headers.get('content-security-policy')).toContain('sandbox');
    expect((await service.get('/admin/data/complaint-images/999999')).status).toBe(404);
  });

  it('is answered, asked, noted and solved, and what is internal stays among staff', async () => {
    const id = await complain();
    const say = (type: string, text: string) => act(id, 'say', { type, text });
    expect((await say('internal-note', '怀疑是同一批卡')).json()).toEqual({
      notice: 'noteWritten',
    });
    expect((await shown(id))['status']).toBe('received');
    expect((await say('staff-message', '已收到，正在核实')).json()).toEqual({
      notice: 'answerSent',
    });
    await say('staff-question', '请提供截图');
    const asked = await shown(id);
    expect(asked).toMatchObject({ status: 'waiting-customer', pauses: [{ isOpen: true }] });
    await act(id, 'customer-said', { act: 'message', text: '截图已发' });
    expect((await shown(id))['pauses']).toMatchObject([{ isOpen: false }]);
    await act(id, 'offer', { resolutionCode: 'explained', text: '卡密有效，请重试' });
    await act(id, 'customer-said', { act: 'confirm' });
    const solved = await shown(id);
    expect(solved).toMatchObject({ status: 'solved', may: { write: false, reopen: true } });
    expect(solved['notes']).toMatchObject([{ text: '怀疑是同一批卡' }]);
    const late = await act(id, 'say', { type: 'staff-message', text: '补充' });
    expect(late.status).toBe(409);
    await act(id, 'move', { move: 'reopened', reason: '客户来电说仍不可用' });
    expect(await shown(id)).toMatchObject({ status: 'received' });
  });

  it('is made good by the rules in one step, which answers the complainant', async () => {
    const id = await complain({ unitNo: 3 });
    expect(await shown(id)).toMatchObject({
      remedy: { cause: 'bad-card', isOffered: true },
      may: { remedy: true },
    });
    const remedy = { cause: 'bad-card', units: '3', remedy: 'refund', reason: REASON };
    expect((await act(id, 'remedy', { ...remedy, reason: '' })).status).toBe(400);
    expect((await act(id, 'remedy', remedy)).json()).toEqual({ notice: 'compensationGiven' });
    const { rows } = await admin.db.query<{ status: string; complaint_id: string }>(
      'SELECT status, complaint_id FROM compensations WHERE complaint_id = $1',
      [id],
    );
    expect(rows).toEqual([{ status: 'done', complaint_id: id }]);
    const view = await shown(id);
    expect(view['clocks']).toMatchObject([{ kind: 'ack', outcome: 'met' }, {}, {}]);
    expect(view['trail']).toContainEqual(expect.objectContaining({ title: '给予赔付' }));
    expect((await act(id, 'remedy', remedy)).status).toBe(409);
  });

  it('is noted at the supplier with a clock of its own, and only where one brought it', async () => {
    const id = await complain();
    const text = { text: '这批卡无效，请核实' };
    expect((await act(id, 'upstream', text)).status).toBe(422);
    await admin.db.query(
      `WITH s AS (INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ('up-1', '上游', 'kasushou', 'https://up.example.test', 'us') RETURNING id)
       UPDATE complaints SET supplier_id = s.id FROM s WHERE complaints.id = $1`,
      [id],
    );
    expect((await act(id, 'upstream', text)).json()).toEqual({ notice: 'upstreamFiled' });
    const [filed] = (await shown(id))['upstream'] as unknown as { id: string }[];
    const path = `/admin/command/upstream-complaints/${filed?.id ?? ''}/answer`;
    expect((await service.post(path, { text: '已补发' })).json()).toEqual({
      notice: 'upstreamAnswered',
    });
    expect((await service.post(path, { text: '再答' })).status).toBe(409);
    expect(await shown(id)).toMatchObject({ upstream: [{ answer: '已补发', isOpen: false }] });
  });

  it('presses less only by a lead, goes only to who may handle it, and is read-only for others', async () => {
    const id = await complain();
    const lower = { severity: 'P3', reason: '只是咨询' };
    expect((await act(id, 'severity', lower)).status).toBe(403);
    expect((await act(id, 'severity', lower, operator)).status).toBe(200);
    expect((await act(id, 'assign', { assignee: emailOf('auditor') })).status).toBe(400);
    expect((await act(id, 'assign', { assignee: emailOf('operator') })).status).toBe(200);
    expect(await shown(id, auditor)).toMatchObject({
      assignee: emailOf('operator'),
      may: { write: false, remedy: false, reveal: false },
    });
    expect((await act(id, 'say', { type: 'staff-message', text: 'x' }, auditor)).status).toBe(403);
    expect((await service.get('/admin/data/complaints/999999')).status).toBe(404);
  });
});

describe('a broken promise', () => {
  it('is acknowledged step by step, gets a cause, and is excused by a second person alone', async () => {
    const id = await complain({ agoMs: 35 * MINUTE });
    await advanceComplaint(pool, { complaintId: id, nowMs: Date.now() });
    const before = await shown(id);
    const steps = before['steps'] as unknown as { id: string; isOpen: boolean }[];
    const step = steps.find(({ isOpen }) => isOpen)?.id ?? '';
    expect(
      (await service.post(`/admin/command/escalations/${step}/acknowledge`, {})).json(),
    ).toEqual({ notice: 'stepAcknowledged' });
    const [breach] = before['breaches'] as unknown as { id: string }[];
    const path = `/admin/command/breaches/${breach?.id ?? ''}`;
    const cause = { cause: 'staffing', reason: '夜班只有一人' };
    expect((await service.post(`${path}/cause`, cause)).json()).toEqual({ notice: 'causeNamed' });
    const form = { reason: '机房断电，见公告', formKey: 'a'.repeat(32) };
    const asked = (await operator.post(`${path}/excuse`, form)).json();
    expect(asked['notice']).toBe('approvalAsked');
    const approve = `/admin/command/approvals/${textIn(asked['approvalId'])}/approve`;
    expect((await operator.post(approve, {})).status).toBe(403);
    const owner = await asStaff(admin, 'owner');
    expect((await owner.post(approve, {})).status).toBe(200);
    expect(await shown(id)).toMatchObject({
      isBreached: true,
      breaches: [{ cause: '人手不足', isExcused: true }],
    });
  });
});

describe('a complaint by phone', () => {
  it('counts from when the customer called, is theirs who took it, and one however often the form is sent', async () => {
    const look = await service.get(`/admin/data/complaint-intake?order=${order.orderNo}`);
    expect(look.json()).toMatchObject({ order: { orderNo: order.orderNo } });
    const form = {
      order: order.orderNo,
      unitNo: '2',
      category: 'not-received',
      severity: '',
      text: '客户来电：没有到账',
      customerNo: '',
      contact: '138****0000',
      isVip: false,
      receivedAt: '2026-01-31 08:00:00',
      deadline: '',
      formKey: 'b'.repeat(32),
    };
    const [one, two] = await Promise.all([
      service.post('/admin/command/complaints', form),
      service.post('/admin/command/complaints', form),
    ]);
    expect(one.json()).toEqual(two.json());
    const id = textIn(one.json()['complaintId']);
    expect(await shown(id)).toMatchObject({ assignee: emailOf('service'), severity: 'P1' });
    const { rows } = await admin.db.query<{ received_at: Date }>(
      'SELECT received_at FROM complaints WHERE id = $1',
      [id],
    );
    expect(rows[0]?.received_at).toEqual(new Date('2026-01-31T00:00:00Z'));
    const wrong = { ...form, order: 'NO-SUCH-ORDER', formKey: 'c'.repeat(32) };
    expect((await service.post('/admin/command/complaints', wrong)).status).toBe(422);
    expect((await auditor.post('/admin/command/complaints', form)).status).toBe(403);
  });
});

describe('the reports', () => {
  it('tell attainment raw and adjusted, what is late and open, causes, and the rate', async () => {
    const report = await service.get('/admin/data/sections/Complaint/complaintReport');
    expect(report.status).toBe(200);
    expect(report.text).toContain('调整后达标率');
    expect(report.text).toContain('人手不足');
    expect(report.text).toContain('暂停核查');
    const finance = await asStaff(admin, 'finance');
    const refused = await finance.get('/admin/data/sections/Complaint/complaintReport');
    expect(refused.status).toBe(403);
    const dashboard = (await service.get('/admin/data/dashboard')).json();
    expect(dashboard).toMatchObject({ complaints: { rate: expect.any(String), isHigh: true } });
  });

  it('are a table for a spreadsheet that shows formulas and never runs them', async () => {
    await admin.db.query(`UPDATE products SET name = '=1+1' WHERE id = $1`, [trade.productId]);
    const csv = await service.get('/admin/data/complaint-report.csv');
    expect(csv.text).toContain('卡密无效');
    expect(csv.text).not.toMatch(/(^|,)=1\+1/m);
    const xlsx = await service.get('/admin/data/complaint-report.xlsx');
    expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
  });
});
