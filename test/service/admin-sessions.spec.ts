import {
  asStaff,
  emailOf,
  PanelClient,
  STAFF_PASSWORD,
  startTestAdmin,
  textIn,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';

let admin: TestAdmin;
beforeAll(async () => {
  admin = await startTestAdmin();
});
afterAll(() => admin.close());
beforeEach(async () => {
  await admin.db.query('DELETE FROM staff_sessions');
  await admin.db.query('DELETE FROM staff_login_tries');
});

const AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const account = async (client: PanelClient) => (await client.get('/admin/data/account')).json();
const mine = async (client: PanelClient) => (await account(client))['mine'] as readonly PanelJson[];
const others = async (client: PanelClient) =>
  (await account(client))['others'] as readonly PanelJson[] | null;
const isIn = async (client: PanelClient) =>
  (await client.get('/admin/data/account')).status === 200;

describe('open sessions', () => {
  it('are listed with device, address and when they were seen, never with their own id', async () => {
    const phone = new PanelClient(admin.url);
    await phone.send('/admin/login', {
      method: 'POST',
      headers: {
        Origin: admin.url,
        'Content-Type': 'application/x-www-form-urlencoded',
        'User-Agent': AGENT,
      },
      body: new URLSearchParams({
        email: emailOf('service'),
        password: STAFF_PASSWORD,
      }).toString(),
    });
    const here = await asStaff(admin, 'service');
    const sessions = await mine(here);
    expect(sessions.map((one) => one['isThis'])).toEqual([true, false]);
    expect(sessions[1]).toMatchObject({
      device: 'Safari · iOS',
      address: expect.stringContaining('127.0.0.1'),
      loginAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      lastSeenAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
    const { rows } = await admin.db.query<{ sid: string }>('SELECT sid FROM staff_sessions');
    const { text } = await here.get('/admin/data/account');
    for (const { sid } of rows) expect(text).not.toContain(sid);
  });

  it('of others are seen by the owner alone', async () => {
    await asStaff(admin, 'finance');
    expect(await others(await asStaff(admin, 'service'))).toBeNull();
    const seen = (await others(await asStaff(admin, 'owner'))) ?? [];
    expect(new Set(seen.map((one) => one['email']))).toEqual(
      new Set([emailOf('finance'), emailOf('service')]),
    );
  });

  it('are ended one at a time, or all but this one', async () => {
    const [here, one, other] = [
      await asStaff(admin, 'service'),
      await asStaff(admin, 'service'),
      await asStaff(admin, 'service'),
    ];
    const key = textIn((await mine(one)).find((session) => session['isThis'])?.['key']);
    expect((await here.post(`/admin/command/me/sessions/${key}/end`, {})).status).toBe(200);
    expect([await isIn(here), await isIn(one), await isIn(other)]).toEqual([true, false, true]);
    expect((await here.post('/admin/command/me/sessions/end-others', {})).json()).toEqual({
      ended: 1,
    });
    expect([await isIn(here), await isIn(other)]).toEqual([true, false]);
  });

  it('of others are ended by the owner, with an entry in the audit log, and by nobody else', async () => {
    const finance = await asStaff(admin, 'finance');
    const key = textIn((await mine(finance))[0]?.['key']);
    const service = await asStaff(admin, 'service');
    expect((await service.post(`/admin/command/me/sessions/${key}/end`, {})).status).toBe(404);
    expect((await service.post(`/admin/command/sessions/${key}/end`, {})).status).toBe(403);
    const owner = await asStaff(admin, 'owner');
    expect((await owner.post(`/admin/command/sessions/${key}/end`, {})).status).toBe(200);
    expect(await isIn(finance)).toBe(false);
    const audit = await admin.db.query(
      `SELECT a.staff_email, s.email FROM audit_entries a JOIN staff s ON s.id::text = a.record_id
       WHERE a.action = 'sessionsEnded' ORDER BY a.id DESC LIMIT 1`,
    );
    expect(audit.rows).toEqual([{ staff_email: emailOf('owner'), email: emailOf('finance') }]);
  });

  it('of one person are all ended by a verb on their page', async () => {
    const [one, other, owner] = [
      await asStaff(admin, 'ops'),
      await asStaff(admin, 'ops'),
      await asStaff(admin, 'owner'),
    ];
    const { rows } = await admin.db.query<{ id: string }>(
      `SELECT id FROM staff WHERE role = 'ops'`,
    );
    const id = rows[0]?.id ?? '';
    const verbs = (await owner.get(`/admin/data/verbs/Staff/${id}`)).json();
    expect((verbs['verbs'] as readonly PanelJson[]).map((verb) => verb['name'])).toEqual([
      'endSessions',
    ]);
    const ended = await owner.post(`/admin/command/staff/${id}/sessions/end`, {
      reason: 'has left the company',
    });
    expect(ended.json()).toEqual({ ended: 2 });
    expect([await isIn(one), await isIn(other), await isIn(owner)]).toEqual([false, false, true]);
  });

  it('end elsewhere when people change their own password, which needs ten characters', async () => {
    const [here, elsewhere] = [await asStaff(admin, 'auditor'), await asStaff(admin, 'auditor')];
    const change = (password: string) => here.post('/admin/command/me/password', { password });
    expect((await change('short')).status).toBe(422);
    expect((await change('quite another phrase')).status).toBe(200);
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false]);
    const old = await new PanelClient(admin.url).logIn(emailOf('auditor'));
    expect(old.status).toBe(401);
    const fresh = await new PanelClient(admin.url).logIn(
      emailOf('auditor'),
      'quite another phrase',
    );
    expect(fresh.status).toBe(303);
  });

  it('refuse an id that a stranger planted before the log-in', async () => {
    const planted = new PanelClient(admin.url);
    planted.cookie = 'kagong.sid=s%3Aplanted-by-somebody.signature';
    await planted.logIn(emailOf('service'));
    expect(planted.cookie).not.toContain('planted');
    const thief = new PanelClient(admin.url);
    thief.cookie = 'kagong.sid=s%3Aplanted-by-somebody.signature';
    expect(await isIn(thief)).toBe(false);
  });
});
