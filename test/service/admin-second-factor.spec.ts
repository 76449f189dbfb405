import { MINUTE_MS } from '#domain';
import { totpCode } from '../../apps/admin/src/auth/totp.js';
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
  admin = await startTestAdmin({ secondFactor: 'required' });
});
afterAll(() => admin.close());

const SETUP = '/admin/second-factor/setup';
const SECOND = '/admin/second-factor';
const DATA = '/admin/data/account';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Buffer {
  const bits = text
    .split('')
    .map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The secret as the page shows it to who cannot scan. */
function secretOn(html: string): Buffer {
  const shown = /<code>([A-Z2-7 ]+)<\/code>/.exec(html)?.[1] ?? '';
  return fromBase32(shown.replaceAll(' ', ''));
}
/** Codes of steps that come one after the other, so that none is used twice. */
const codeOf = (secret: Buffer, ahead = 0): string =>
  totpCode(secret, Math.floor(Date.now() / 30_000) + ahead);
const codesOn = (html: string): string[] =>
  [...html.matchAll(/<code>((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})<\/code>/g)].map(
    ([, code]) => code ?? '',
  );

async function enrol(client: PanelClient): Promise<{ secret: Buffer; codes: string[] }> {
  const secret = secretOn((await client.get(SETUP)).text);
  const done = await client.door(SETUP, { code: codeOf(secret, -1) });
  expect(done.status).toBe(200);
  return { secret, codes: codesOn(done.text) };
}
const forget = () =>
  admin.db.query(
    `UPDATE staff SET second_factor_at = NULL, totp_sealed = NULL, totp_step = 0, recovery_hashes = '{}'`,
  );
const forgetTries = () => admin.db.query('DELETE FROM staff_login_tries');
beforeEach(async () => {
  await forget();
  await forgetTries();
});

describe('a second factor', () => {
  it.each(['owner', 'finance'] as const)('is demanded of %s before anything else', async (role) => {
    const client = await asStaff(admin, role);
    expect((await client.get('/admin')).headers.get('location')).toBe(SETUP);
    expect((await client.get('/admin/api/resources/Order/actions/list')).status).toBe(303);
    const refused = await client.get('/admin/data/dashboard');
    expect([refused.status, refused.json()['code']]).toEqual([422, 'staff.second-factor-required']);
    await enrol(client);
    expect((await client.get('/admin/data/dashboard')).status).toBe(200);
  });

  it('is left to the others', async () => {
    const client = await asStaff(admin, 'service');
    expect((await client.get(DATA)).json()['secondFactor']).toEqual({
      since: null,
      codesLeft: 0,
      isRequired: false,
    });
  });

  it('is set up with a picture of our own, ten codes, and no secret in database, log or outside', async () => {
    const client = await asStaff(admin, 'owner');
    const page = await client.get(SETUP);
    expect(page.text).toMatch(/<svg [^>]*role="img"/);
    expect(page.text).not.toMatch(/<script|https?:\/\//);
    const { secret, codes } = await enrol(client);
    expect(new Set(codes).size).toBe(10);
    const { rows } = await admin.db.query<{ row: string; sealed: Buffer }>(
      `SELECT s::text AS row, totp_sealed AS sealed FROM staff s WHERE role = 'owner'`,
    );
    expect(rows[0]?.sealed.includes(secret)).toBe(false);
    for (const code of codes) expect(rows[0]?.row).not.toContain(code);
    expect(admin.output()).not.toContain(codes[0]);
  });

  it('keeps its picture until the first code is right, and refuses a wrong one', async () => {
    const client = await asStaff(admin, 'owner');
    const first = secretOn((await client.get(SETUP)).text);
    const wrong = await client.door(SETUP, { code: '000000' });
    expect(wrong.status).toBe(401);
    expect(secretOn(wrong.text)).toEqual(first);
  });

  it('is asked for after the password, and the password alone opens nothing', async () => {
    const { secret } = await enrol(await asStaff(admin, 'owner'));
    const client = new PanelClient(admin.url);
    const entered = await client.logIn(emailOf('owner'));
    expect(entered.headers.get('location')).toBe(SECOND);
    expect((await client.get('/admin')).headers.get('location')).toBe('/admin/login');
    expect((await client.get(DATA)).status).toBe(401);
    expect((await client.door(SECOND, { code: '000000' })).status).toBe(401);
    const half = client.cookie;
    const open = await client.door(SECOND, { code: codeOf(secret) });
    expect(open.headers.get('location')).toBe('/admin');
    expect(client.cookie).not.toBe(half);
    expect((await client.get(DATA)).status).toBe(200);
  });

  it('takes a code once', async () => {
    const { secret } = await enrol(await asStaff(admin, 'owner'));
    const code = codeOf(secret);
    const [one, other] = [new PanelClient(admin.url), new PanelClient(admin.url)];
    await one.logIn(emailOf('owner'));
    await other.logIn(emailOf('owner'));
    const answers = await Promise.all([one, other].map((client) => client.door(SECOND, { code })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 401]));
  });

  it('takes each recovery code once and writes it down', async () => {
    const { codes } = await enrol(await asStaff(admin, 'owner'));
    const typed = (codes[3] ?? '').toLowerCase().replaceAll('-', ' ');
    const attempt = async () => {
      const client = new PanelClient(admin.url);
      await client.logIn(emailOf('owner'));
      return (await client.door(SECOND, { code: typed })).status;
    };
    expect(await attempt()).toBe(303);
    expect(await attempt()).toBe(401);
    const audit = await admin.db.query(
      `SELECT after FROM audit_entries WHERE action = 'recoveryCodeUsed'`,
    );
    expect(audit.rows).toEqual([{ after: { left: 9 } }]);
  });

  it('is not guessed: five tries, and a right password in between forgives none', async () => {
    const { secret } = await enrol(await asStaff(admin, 'owner'));
    for (let tries = 0; tries < 5; tries += 1) {
      const client = new PanelClient(admin.url);
      await client.logIn(emailOf('owner'));
      expect((await client.door(SECOND, { code: '000000' })).status).toBe(401);
    }
    const client = new PanelClient(admin.url);
    await client.logIn(emailOf('owner'));
    const late = await client.door(SECOND, { code: codeOf(secret) });
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('waits for five minutes after the password', async () => {
    const { secret } = await enrol(await asStaff(admin, 'owner'));
    const client = new PanelClient(admin.url);
    await client.logIn(emailOf('owner'));
    await admin.db.query(
      `UPDATE staff_sessions SET sess = jsonb_set(sess::jsonb, '{pendingAtMs}', to_jsonb($1::bigint))::json WHERE sess->>'pendingAtMs' IS NOT NULL`,
      [Date.now() - 5 * MINUTE_MS],
    );
    const late = await client.door(SECOND, { code: codeOf(secret) });
    expect(late.headers.get('location')).toBe('/admin/login');
  });

  it('is set up by a stolen session only with the password, too', async () => {
    const client = await asStaff(admin, 'service');
    await longAgo();
    const secret = secretOn((await client.get(SETUP)).text);
    expect((await client.door(SETUP, { code: codeOf(secret, -1) })).status).toBe(401);
    const sure = { code: codeOf(secret, -1), password: STAFF_PASSWORD };
    expect((await client.door(SETUP, sure)).status).toBe(200);
  });

  it('ends the other sessions of a person when it is turned on', async () => {
    const elsewhere = await asStaff(admin, 'service');
    await enrol(await asStaff(admin, 'service'));
    expect((await elsewhere.get(DATA)).status).toBe(401);
  });

  it('is turned off by oneself where the role may, and never by who must have it', async () => {
    const [service, owner] = [await asStaff(admin, 'service'), await asStaff(admin, 'owner')];
    await enrol(service);
    await enrol(owner);
    expect((await service.post('/admin/command/me/second-factor/off', {})).status).toBe(200);
    expect((await owner.post('/admin/command/me/second-factor/off', {})).status).toBe(422);
  });

  it('is reset by another owner with a reason, never by oneself, and ends what is open', async () => {
    const [service, owner] = [await asStaff(admin, 'service'), await asStaff(admin, 'owner')];
    await enrol(service);
    await enrol(owner);
    const idOf = async (role: string) =>
      (await admin.db.query<{ id: string }>('SELECT id FROM staff WHERE role = $1', [role])).rows[0]
        ?.id ?? '';
    const path = async (role: string) =>
      `/admin/command/staff/${await idOf(role)}/second-factor/reset`;
    expect((await owner.post(await path('service'), {})).status).toBe(400);
    const reason = 'lost the telephone';
    expect((await owner.post(await path('owner'), { reason })).status).toBe(403);
    expect((await service.post(await path('owner'), { reason })).status).toBe(403);
    expect((await owner.post(await path('service'), { reason })).status).toBe(200);
    expect((await service.get(DATA)).status).toBe(401);
    const audit = await admin.db.query(
      `SELECT staff_email, reason FROM audit_entries WHERE action = 'secondFactorReset'`,
    );
    expect(audit.rows).toEqual([{ staff_email: emailOf('owner'), reason }]);
    const again = await new PanelClient(admin.url).logIn(emailOf('service'));
    expect(again.headers.get('location')).toBe('/admin');
  });
});

/** As if everybody had logged in six minutes ago. */
const longAgo = () =>
  admin.db.query(
    `UPDATE staff_sessions SET sess = jsonb_set(sess::jsonb, '{confirmedAtMs}', to_jsonb($1::bigint))::json`,
    [Date.now() - 6 * MINUTE_MS],
  );

describe('a confirmation', () => {
  const reveal = (client: PanelClient) =>
    client.post('/admin/command/orders/1/reveal', { unitNo: 0, reason: 'to see it' });
  const confirm = (client: PanelClient, proof: string) =>
    client.post('/admin/command/me/confirm', { proof });

  it('is not asked for right after the log-in', async () => {
    expect((await reveal(await asStaff(admin, 'service'))).status).toBe(404);
  });

  it.each([
    ['operator', 'orders/1/reveal'],
    ['owner', 'platforms/x/credentials'],
    ['owner', 'platforms/x/callback-secret'],
    ['owner', 'platforms/x/payout'],
    ['owner', 'platforms/x/deposit-returned'],
    ['owner', 'ledger/entries/manual'],
    ['owner', 'ledger/entries/1/reverse'],
    ['owner', 'holds/1/post'],
    ['owner', 'statements/x/write-off'],
    ['owner', 'approvals/1/approve'],
    ['owner', 'compensations/1/approve'],
    ['owner', 'staff/x/second-factor/reset'],
    ['service', 'me/password'],
    ['service', 'me/recovery-codes'],
    ['service', 'me/second-factor/off'],
  ] as const)('is asked of %s before %s when the last is old', async (role, path) => {
    const client = await asStaff(admin, role);
    if (role === 'owner') await enrol(client);
    await longAgo();
    const answer = await client.post(`/admin/command/${path}`, {});
    expect([answer.status, answer.json()['code']]).toEqual([403, 'staff.confirm-required']);
  });

  it('is given by the password and opens the act for five minutes', async () => {
    const client = await asStaff(admin, 'service');
    await longAgo();
    expect((await reveal(client)).status).toBe(403);
    expect((await confirm(client, 'not this one')).status).toBe(403);
    expect((await reveal(client)).status).toBe(403);
    expect((await confirm(client, STAFF_PASSWORD)).status).toBe(200);
    expect((await reveal(client)).status).toBe(404);
  });

  it('is given by a code of the app, too, which is then used up', async () => {
    const client = await asStaff(admin, 'service');
    const { secret } = await enrol(client);
    const code = codeOf(secret);
    expect((await confirm(client, code)).status).toBe(200);
    expect((await confirm(client, code)).status).toBe(403);
  });

  it('is not guessed', async () => {
    const client = await asStaff(admin, 'service');
    for (let tries = 0; tries < 5; tries += 1) await confirm(client, 'wrong');
    expect((await confirm(client, STAFF_PASSWORD)).status).toBe(429);
  });
});
