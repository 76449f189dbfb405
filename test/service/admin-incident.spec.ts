import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { manyOrders } from '../support/incidents.js';
import { aTrade, type Trade } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let service: PanelClient;
let finance: PanelClient;
let trade: Trade;
let componentId: string;
beforeAll(async () => {
  admin = await startTestAdmin();
  [owner, service, finance] = [
    await asStaff(admin, 'owner'),
    await asStaff(admin, 'service'),
    await asStaff(admin, 'finance'),
  ];
  trade = await aTrade(admin.db, { cards: 0 });
  await manyOrders(admin.db, trade, 30);
  componentId = String(
    (
      await one(
        `INSERT INTO status_components (code, kind, name_zh, name_en, product_codes)
         VALUES ('LINE', 'product-line', '点卡', 'Cards', '{TEST}') RETURNING id`,
      )
    )['id'],
  );
}, 30_000);
afterAll(() => admin.close());

async function one(sql: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const { rows } = await admin.db.query<Record<string, unknown>>(sql, values);
  return rows[0] ?? {};
}

let keys = 0;
const formKey = (): string => (keys += 1).toString(16).padStart(16, '0');
const words = (more: object = {}) => ({
  componentId,
  impact: 'degraded',
  severity: 'major',
  status: 'investigating',
  visibility: 'public',
  titleZh: '点卡发货中断',
  titleEn: 'Cards are not delivered',
  bodyZh: '正在排查。',
  bodyEn: 'We are looking into it.',
  isSeparate: 'no',
  formKey: formKey(),
  ...more,
});
const declare = (client: PanelClient, more: object = {}) =>
  client.post('/admin/command/incidents', words(more));
const newest = () => one('SELECT id, incident_no FROM incidents ORDER BY id DESC LIMIT 1');

describe('an incident in the panel', () => {
  it('is declared with words of a template, and not twice', async () => {
    const form = await service.get('/admin/data/sections/Incident/declare?template=upstream-down');
    expect(form.text).toContain('上游渠道发货中断');
    expect((await declare(service)).json()).toEqual({ notice: 'incidentDeclared' });
    const again = await declare(service);
    expect(again.status).toBe(409);
    expect(again.text).toContain('这是另一起事件');
    expect((await declare(service, { isSeparate: 'yes', impact: 'outage' })).status).toBe(200);
  });

  it('is told further and corrected on its page, where both wordings can be read', async () => {
    const { id } = await newest();
    const path = `/admin/command/incidents/${String(id)}`;
    const told = await service.post(`${path}/updates`, {
      status: 'identified',
      bodyZh: '原因已找到',
      bodyEn: 'We know why',
    });
    expect(told.json()).toEqual({ notice: 'incidentUpdated' });
    const { id: updateId } = await one(
      'SELECT max(id) AS id FROM incident_updates WHERE incident_id = $1',
      [id],
    );
    await service.post(`${path}/corrections`, {
      updateId: String(updateId),
      bodyZh: '原因是上游',
      bodyEn: 'It is the upstream',
    });
    const page = await service.get(`/admin/data/related/Incident/${String(id)}`);
    for (const text of ['原因已找到', '原因是上游', '更正前', '持续时间', '持续中'])
      expect(page.text).toContain(text);
    const { action } = await one('SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1');
    expect(action).toBe('correctIncidentUpdate');
  });

  it('is changed by who may, and by nobody else', async () => {
    const { id } = await newest();
    const path = `/admin/command/incidents/${String(id)}`;
    const change = { severity: 'critical', visibility: 'internal' };
    expect((await finance.post(`${path}/change`, change)).status).toBe(403);
    expect((await service.post(`${path}/change`, change)).status).toBe(200);
    expect((await service.post(`${path}/impacts`, { componentId, impact: 'none' })).status).toBe(
      200,
    );
    const names = (await service.get(`/admin/data/verbs/Incident/${String(id)}`)).json() as {
      verbs: { name: string }[];
    };
    expect(names.verbs.map(({ name }) => name)).toEqual([
      'addIncidentUpdate',
      'setIncidentImpact',
      'correctIncidentUpdate',
      'changeIncident',
    ]);
  });
});

describe('the compensation of affected orders', () => {
  const query = { from: '2026-01-01', to: '2099-01-01', remedy: 'service-days', measure: '30' };
  const period = async () => {
    const { from, until } = await one(
      `SELECT to_char(now() - interval '1 day', 'YYYY-MM-DD HH24:MI:SS') AS from,
         to_char(now() + interval '1 day', 'YYYY-MM-DD HH24:MI:SS') AS until`,
    );
    return { ...query, from: String(from), to: String(until), dayCost: '0.10' };
  };

  it('is previewed with count and cost before anything happens', async () => {
    const { incident_no: incident } = await newest();
    const asked = new URLSearchParams({ incident: String(incident), ...(await period()) });
    const page = await service.get(`/admin/data/sections/Incident/affected?${asked.toString()}`);
    expect(page.text).toContain('每件延长 30 天，每天成本 0.10 元');
    expect(page.text).toContain('90.00');
    expect(page.json()).toMatchObject({ verbs: [{ name: 'compensateAffected' }] });
    expect(await one('SELECT count(*)::int AS count FROM incident_compensations')).toEqual({
      count: 0,
    });
    const wrong = new URLSearchParams({
      incident: String(incident),
      from: 'x',
      to: '',
      measure: '',
    });
    const told = await service.get(`/admin/data/sections/Incident/affected?${wrong.toString()}`);
    expect(told.text).toContain('请把条件填完整');
  });

  it('begins at once within the limit, and waits for a second person above it', async () => {
    const { id } = await newest();
    const path = `/admin/command/incidents/${String(id)}/compensate`;
    const about = { ...(await period()), reason: '上游中断' };
    const dear = { ...about, remedy: 'credit', measure: '5.00', cost: '150.00' };
    const asked = await service.post(path, { ...dear, formKey: formKey() });
    const { approvalId } = asked.json() as { approvalId: string };
    expect(asked.json()).toMatchObject({ notice: 'approvalAsked' });
    const seen = await finance.get(`/admin/data/related/Approval/${approvalId}`);
    for (const text of ['150.00', '30', '补贴 · 每单 5.00 元']) expect(seen.text).toContain(text);
    const approve = `/admin/command/approvals/${approvalId}/approve`;
    expect((await service.post(approve, {})).status).toBe(403);
    expect((await owner.post(approve, {})).json()).toMatchObject({
      notice: 'approvalDone',
    });
    const { id: runId } = await one('SELECT max(id) AS id FROM incident_compensations');
    expect(
      await one(
        `SELECT count(*)::int AS count FROM outbox_messages WHERE kind = 'compensate-incident'`,
      ),
    ).toEqual({ count: 1 });
    const run = await service.get(`/admin/data/related/IncidentCompensation/${String(runId)}`);
    expect(run.text).toContain('0 / 30 单');
    const stop = `/admin/command/incident-compensations/${String(runId)}/stop`;
    expect((await service.post(stop, { reason: '金额有误' })).status).toBe(200);
    expect((await service.post(stop, { reason: '金额有误' })).status).toBe(409);
    const none = await service.post(path, { ...about, cost: '90.00', formKey: formKey() });
    expect(none.status).toBe(422);
  });

  it('is refused where the cost is more than the person saw, or the value is none', async () => {
    await manyOrders(admin.db, trade, 2);
    const { id } = await newest();
    const path = `/admin/command/incidents/${String(id)}/compensate`;
    const about = { ...(await period()), reason: '上游中断' };
    const less = await service.post(path, { ...about, cost: '1.00', formKey: formKey() });
    expect(less.status).toBe(409);
    expect(less.text).toContain('成本高于您看到的金额');
    const bad = { ...about, remedy: 'credit', measure: '0.001', cost: '9.00', formKey: formKey() };
    expect((await service.post(path, bad)).status).toBe(422);
    const alone = await service.post(path, { ...about, cost: '6.00', formKey: formKey() });
    expect(alone.json()).toEqual({ notice: 'incidentCompensationStarted' });
  });
});
