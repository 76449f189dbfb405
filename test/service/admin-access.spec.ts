import { MINUTE_MS } from '#domain';
import {
  asStaff,
  emailOf,
  PanelClient,
  STAFF_PASSWORD,
  startTestAdmin,
  type TestAdmin,
} from '../support/admin.js';

let admin: TestAdmin;
beforeAll(async () => {
  admin = await startTestAdmin();
});
afterAll(() => admin.close());

const BUNDLES = ['global', 'design-system', 'app', 'components'];

describe('who may enter the panel', () => {
  it('shows the log-in to strangers and nothing else', async () => {
    const stranger = new PanelClient(admin.url);
    expect((await stranger.get('/admin')).headers.get('location')).toBe('/admin/login');
    const list = await stranger.get('/admin/api/resources/Order/actions/list');
    expect(list.headers.get('location')).toBe('/admin/login');
    expect((await stranger.get('/admin/data/dashboard')).status).toBe(401);
    expect((await stranger.post('/admin/command/orders/1/cancel', { reason: 'none' })).status).toBe(
      401,
    );
  });

  it('keeps the language that was chosen at the log-in', async () => {
    const client = new PanelClient(admin.url);
    await client.logIn(emailOf('auditor'), STAFF_PASSWORD, '?lang=en');
    expect((await client.get('/admin', { Accept: 'text/html' })).text).toContain('Log out');
    await client.post('/admin/command/me/language', { language: 'zh-CN' });
  });

  it('refuses a wrong password and an unknown person with the same words', async () => {
    const wrong = await new PanelClient(admin.url).logIn(emailOf('auditor'), 'not this one');
    const unknown = await new PanelClient(admin.url).logIn('nobody@panel.example.test');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.text).toContain('邮箱或密码不正确');
    expect(wrong.text.replace(/nonce-[^']*/g, '')).toBe(unknown.text.replace(/nonce-[^']*/g, ''));
  });

  it('writes down who was refused, but nothing that is no address', async () => {
    await new PanelClient(admin.url).logIn(emailOf('auditor'), 'not this one');
    await new PanelClient(admin.url).logIn('my secret password', 'oops');
    const refused = await admin.db.query<{ staff_email: string; address: string }>(
      `SELECT staff_email, address FROM audit_entries WHERE action = 'loginRefused' ORDER BY id DESC LIMIT 2`,
    );
    expect(refused.rows).toEqual([
      { staff_email: '?', address: expect.stringContaining('127.0.0.1') },
      { staff_email: emailOf('auditor'), address: expect.stringContaining('127.0.0.1') },
    ]);
    await admin.db.query('DELETE FROM staff_login_tries');
  });

  it('never shows what was typed into the log-in again', async () => {
    const answer = await new PanelClient(admin.url).logIn('<script>alert(1)</script>@x.test', 'x');
    expect(answer.text).not.toContain('alert(1)');
  });

  it('gives a session of a new id at log-in, so that a planted one is worth nothing', async () => {
    const client = new PanelClient(admin.url);
    await client.logIn(emailOf('service'));
    const first = client.cookie;
    await client.logIn(emailOf('service'));
    expect(client.cookie).not.toBe(first);
    const planted = new PanelClient(admin.url);
    planted.cookie = first;
    expect((await planted.get('/admin/data/dashboard')).status).toBe(401);
  });

  it('sets a cookie that scripts and other sites cannot use', async () => {
    const answer = await new PanelClient(admin.url).logIn(emailOf('finance'));
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Path=\/admin/);
  });

  it('throttles by account, also with the right password, and tells how long', async () => {
    const email = emailOf('compliance');
    for (let tries = 0; tries < 5; tries += 1)
      await new PanelClient(admin.url).logIn(email, 'wrong wrong wrong');
    const right = await new PanelClient(admin.url).logIn(email, STAFF_PASSWORD);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(right.text).toContain('分钟后再试');
    await admin.db.query(`DELETE FROM staff_login_tries WHERE key LIKE 'account:%'`);
  });

  it('lets an address that must wait spend no account’s tries', async () => {
    for (let tries = 0; tries < 30; tries += 1)
      await new PanelClient(admin.url).logIn(`nobody-${tries}@panel.example.test`, 'wrong');
    const email = emailOf('compliance');
    for (let tries = 0; tries < 6; tries += 1)
      expect((await new PanelClient(admin.url).logIn(email, 'wrong')).status).toBe(429);
    await admin.db.query(`DELETE FROM staff_login_tries WHERE key LIKE 'address:%'`);
    expect((await new PanelClient(admin.url).logIn(email)).status).toBe(303);
    await admin.db.query('DELETE FROM staff_login_tries');
  });

  it('shuts out a person who is disabled at once', async () => {
    const client = await asStaff(admin, 'operator');
    expect((await client.get('/admin/data/dashboard')).status).toBe(200);
    await admin.db.query(`UPDATE staff SET status = 'disabled' WHERE role = 'operator'`);
    expect((await client.get('/admin/data/dashboard')).status).toBe(401);
    await admin.db.query(`UPDATE staff SET status = 'active' WHERE role = 'operator'`);
    expect((await client.get('/admin/data/dashboard')).status).toBe(401);
  });

  it('lets a changed role act at once', async () => {
    const client = await asStaff(admin, 'ops');
    const path = '/admin/api/resources/LedgerAccount/actions/list';
    expect((await client.get(path)).status).toBe(403);
    await admin.db.query(`UPDATE staff SET role = 'finance' WHERE email = $1`, [emailOf('ops')]);
    expect((await client.get(path)).status).toBe(200);
    await admin.db.query(`UPDATE staff SET role = 'ops' WHERE email = $1`, [emailOf('ops')]);
  });

  it('ends a session after twelve hours, however busy', async () => {
    const client = await asStaff(admin, 'auditor');
    await admin.db.query(
      `UPDATE staff_sessions SET sess = jsonb_set(sess::jsonb, '{loginAtMs}', to_jsonb($1::bigint))::json`,
      [Date.now() - 12 * 60 * MINUTE_MS - 1],
    );
    expect((await client.get('/admin/data/dashboard')).status).toBe(401);
  });

  it('ends a session after half an hour of silence', async () => {
    const client = await asStaff(admin, 'auditor');
    await admin.db.query(`UPDATE staff_sessions SET expire = now() - interval '1 second'`);
    expect((await client.get('/admin/data/dashboard')).status).toBe(401);
  });

  it('logs out by POST only', async () => {
    const client = await asStaff(admin, 'auditor');
    await client.get('/admin/logout');
    expect((await client.get('/admin/data/dashboard')).status).toBe(200);
    await client.send('/admin/logout', { method: 'POST', headers: { Origin: admin.url } });
    expect((await client.get('/admin/data/dashboard')).status).toBe(401);
  });
});

describe('where a change may come from', () => {
  it.each([
    ['another site', { Origin: 'https://evil.example.test' }],
    ['a page without an origin', { Origin: 'null' }],
    ['another site that a browser names', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('refuses a change from %s', async (_, headers) => {
    const client = await asStaff(admin, 'owner');
    const answer = await client.post('/admin/command/me/language', { language: 'en' }, headers);
    expect(answer.status).toBe(403);
  });

  it('refuses a change that names no origin', async () => {
    const client = await asStaff(admin, 'owner');
    const answer = await client.send('/admin/command/me/language', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"language":"en"}',
    });
    expect(answer.status).toBe(403);
  });

  it('reads no upload of a stranger', async () => {
    const stranger = new PanelClient(admin.url);
    const answer = await stranger.form('/admin/api/resources/Product/actions/new', {
      code: 'x'.repeat(2_000_000),
    });
    expect(answer.headers.get('location') ?? answer.status).toBe('/admin/login');
  });

  it('refuses a form beyond its limit', async () => {
    const client = await asStaff(admin, 'owner');
    const answer = await client.form('/admin/api/resources/Product/actions/new', {
      code: 'x'.repeat(2_000_000),
    });
    expect(answer.status).toBe(413);
  });
});

describe('what every answer carries', () => {
  it.each(BUNDLES)(
    'serves the %s bundle in production mode, for ever under its version',
    async (name) => {
      const client = await asStaff(admin, 'owner');
      const page = (await client.get('/admin', { Accept: 'text/html' })).text;
      const versioned = new RegExp(
        `/admin/frontend/assets/${name}\\.bundle\\.js\\?v=[0-9a-f]+`,
      ).exec(page)?.[0];
      const bundle = await client.get(versioned ?? '/nowhere');
      expect(bundle.status).toBe(200);
      expect(bundle.headers.get('cache-control')).toContain('immutable');
      expect(bundle.headers.get('content-encoding')).toMatch(/gzip|br/);
      expect(bundle.text.length).toBeGreaterThan(1_000);
    },
  );

  it('has all of our components in the bundle', async () => {
    const bundle = (
      await new PanelClient(admin.url).get('/admin/frontend/assets/components.bundle.js')
    ).text;
    for (const name of ['Dashboard', 'OrderPage', 'ImportPage', 'FormField', 'TopBar'])
      expect(bundle).toContain(`AdminJS.UserComponents.${name}=`);
  });

  it('loads nothing from outside and lets no foreign script run', async () => {
    const client = await asStaff(admin, 'owner');
    const answer = await client.get('/admin', { Accept: 'text/html' });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(answer.text).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)[a-z]+\.[a-z]+[^"']*\.(css|js)/);
    expect(answer.text).not.toContain('googleapis');
    for (const [, attributes] of answer.text.matchAll(/<script([^>]*)>/g))
      expect(attributes).toContain(`nonce="${nonce}"`);
  });

  it('keeps the name of a person from ending the script it stands in', async () => {
    await admin.db.query(
      `UPDATE staff SET name = '</script><script>alert(1)</script>' WHERE role = 'auditor'`,
    );
    const client = await asStaff(admin, 'auditor');
    const { text } = await client.get('/admin', { Accept: 'text/html' });
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('\\u003c/script');
  });

  it('tells no stack, no SQL and no name of a resource when something is wrong', async () => {
    const client = await asStaff(admin, 'owner');
    for (const path of [
      '/admin/api/resources/Nothing/actions/list',
      '/admin/api/resources/Order/records/not-a-number/show',
      '/admin/api/resources/Product/records/not-a-uuid/show',
      '/admin/api/resources/Order/actions/list?filters.passwordHash=x',
      '/admin/api/resources/Order/actions/list?filters.status=nonsense',
      '/admin/api/resources/Product/actions/list?sortBy=passwordHash&direction=x',
      '/admin/api/dashboard',
      '/admin/api/pages/x',
      '/admin/data/orders/x',
    ]) {
      const answer = await client.get(path);
      expect([path, answer.status < 500]).toEqual([path, true]);
      expect(answer.text).not.toMatch(/ at |select |There are no resources/i);
    }
  });

  it('answers health and metrics without a log-in, metrics on a port of their own', async () => {
    const stranger = new PanelClient(admin.url);
    expect((await stranger.get('/health/live')).json()).toEqual({ status: 'live' });
    expect((await stranger.get('/metrics')).status).not.toBe(200);
    const metrics = await (await fetch(admin.metricsUrl)).text();
    expect(metrics).toContain('kagong_admin_request_seconds');
  });

  it('writes no query and no password into its log', () => {
    expect(admin.output()).not.toContain(STAFF_PASSWORD);
    expect(admin.output()).not.toContain('passwordHash=x');
  });
});
