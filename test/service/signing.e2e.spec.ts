import { connect } from 'node:net';
import {
  aCaller,
  exchange,
  startTestApi,
  type CallOptions,
  type TestApi,
  type TestPlatform,
} from '../support/api.js';
import { aTrade } from '../support/sold-order.js';

let api: TestApi;
let platform: TestPlatform;
let other: TestPlatform;

beforeAll(async () => {
  api = await startTestApi();
  const one = await aTrade(api.db, { cards: 0 });
  const two = await aTrade(api.db, { cards: 0 });
  platform = await aCaller(api, one.platformId);
  other = await aCaller(api, two.platformId);
}, 60_000);
afterAll(async () => {
  await api?.close();
});

const order = { merchantOrderNo: 'SIGNED-1', productCode: 'NONE', quantity: 1 };

/** Sends bytes as they are; resolves with all that comes back. */
function sendRaw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk.toString('utf8')));
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });
}

describe('a signed request', () => {
  it.each<[string, CallOptions]>([
    ['a body changed by one digit', { forge: (r) => (r.body = r.body.replace('1}', '2}')) }],
    ['a body with one more blank', { forge: (r) => (r.body = `${r.body} `) }],
    ['a query that was not signed', { forge: (r) => (r.target = `${r.target}?x=1`) }],
    ['another path', { forge: (r) => (r.target = '/open/v1/quotes') }],
    [
      'an upper-case signature',
      {
        forge: (r) =>
          (r.headers['Kagong-Signature'] = r.headers['Kagong-Signature']?.toUpperCase() ?? ''),
      },
    ],
    ['a short signature', { forge: (r) => (r.headers['Kagong-Signature'] = 'ab') }],
    ['an unknown key', { forge: (r) => (r.headers['Kagong-Key'] = 'nobody') }],
    ["another platform's key", { forge: (r) => (r.headers['Kagong-Key'] = other.key) }],
    ['a nonce that was not signed', { forge: (r) => (r.headers['Kagong-Nonce'] = 'a'.repeat(20)) }],
    ['a nonce of another shape', { nonce: 'short' }],
    ['a time that is no number', { timestamp: 'now' }],
  ])('is refused with one code for %s', async (_, options) => {
    const answer = await platform.submit(order, options);
    expect([answer.status, answer.json['code']]).toEqual([401, 'auth.refused']);
  });

  it.each([-301, 301])('is told the server time when its clock is %d s off', async (seconds) => {
    const timestamp = String(Math.floor(Date.now() / 1000) + seconds);
    const answer = await platform.submit(order, { timestamp });
    expect([answer.status, answer.json['code']]).toEqual([401, 'auth.clock-skew']);
    expect(Math.abs(Number(answer.json['serverTime']) - Date.now() / 1000)).toBeLessThan(5);
  });

  it.each([
    ['GET', '/open/v1/balance', undefined],
    ['POST', '/open/v1/orders', order],
    ['POST', '/open/v1/orders', { broken: true }],
  ] as const)('counts once, also when it was %s %s', async (method, target, payload) => {
    const options = { nonce: `replay-${Math.random().toString(36).slice(2)}-abcdefghij` };
    const first = await platform.call(method, target, payload, options);
    expect(first.status).not.toBe(401);
    const again = await platform.call(method, target, payload, options);
    expect([again.status, again.json['code']]).toEqual([401, 'auth.refused']);
  });

  it('counts once when its copies come in the same moment and share a batch', async () => {
    const options = { nonce: 'same-moment-abcdefghijkl' };
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        platform.submit({ ...order, merchantOrderNo: `MOMENT-${index}` }, options),
      ),
    );
    expect(answers.filter((one) => one.status !== 401)).toHaveLength(1);
  });

  it('may use a nonce that another key has used', async () => {
    const options = { nonce: 'shared-nonce-abcdefghij' };
    const answers = [
      await platform.call('GET', '/open/v1/balance', undefined, options),
      await other.call('GET', '/open/v1/balance', undefined, options),
    ];
    expect(answers.map((one) => one.status)).toEqual([200, 200]);
  });

  it('is refused a second after its key was revoked, and from an address outside its list', async () => {
    const { platformId } = await aTrade(api.db, { cards: 0 });
    const caller = await aCaller(api, platformId);
    const status = async (): Promise<number> =>
      (await caller.call('GET', '/open/v1/balance')).status;
    const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 1_100));
    expect(await status()).toBe(200);
    await api.db.query(
      `UPDATE api_credentials SET allowed_addresses = '{10.0.0.0/8}' WHERE key = $1`,
      [caller.key],
    );
    await settle();
    expect(await status()).toBe(401);
    await api.db.query(
      `UPDATE api_credentials SET allowed_addresses = '{127.0.0.0/8}' WHERE key = $1`,
      [caller.key],
    );
    await settle();
    expect(await status()).toBe(200);
    await api.db.query(`UPDATE api_credentials SET status = 'revoked' WHERE key = $1`, [
      caller.key,
    ]);
    await settle();
    expect(await status()).toBe(401);
  });
});

describe('bad requests', () => {
  it.each([
    ['not JSON', '{"a":', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['deep nesting', `${'{"account":'.repeat(3_000)}1${'}'.repeat(3_000)}`, 400],
  ])('are told as such: %s', async (_, raw, status) => {
    const answer = await platform.call('POST', '/open/v1/orders', undefined, { raw });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('are cut off at 64 kB before they are read', async () => {
    const raw = JSON.stringify({ ...order, remark: 'x'.repeat(70_000) });
    const answer = await platform.call('POST', '/open/v1/orders', undefined, { raw });
    expect([answer.status, answer.json['code']]).toEqual([413, 'request.too-large']);
  });

  it('are answered, and not cut off, while ten megabytes are still being sent', async () => {
    const raw = 'x'.repeat(10 * 1024 * 1024);
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const answer = await platform.call('POST', '/open/v1/orders', undefined, { raw });
        return answer.status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([413]));
  });

  it.each([
    ['a URL that cannot be decoded', '/open/v1/orders/%zz', 400, 'request.invalid'],
    ['a number far too long', `/open/v1/orders/${'9'.repeat(5_000)}`, 404, 'order.not-found'],
    ['an unknown address', '/open/v1/nothing', 404, 'request.not-found'],
  ])('are answered as problems before any handler: %s', async (_, target, status, code) => {
    const answer = await platform.call('GET', target);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json['requestId']).toBe(answer.headers['x-request-id']);
  });

  it.each([
    ['no HTTP', 'nonsense\r\n\r\n', 400, 'request.invalid'],
    [
      'a head of 20 kB',
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      413,
      'request.too-large',
    ],
  ])(
    'are answered as problems where there is no request to read: %s',
    async (_, bytes, status, code) => {
      const answer = await sendRaw(api.url, bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).toContain('application/problem+json');
      const problem = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as Record<string, unknown>;
      expect(problem).toMatchObject({ code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    },
  );

  it('speak the language asked for, with one request id in head and body', async () => {
    const english = await platform.call('GET', '/open/v1/orders/NOPE-1', undefined, {
      headers: { 'Accept-Language': 'en' },
    });
    const chinese = await platform.call('GET', '/open/v1/orders/NOPE-1');
    expect(english.json['detail']).not.toMatch(/\p{Script=Han}/u);
    expect(chinese.json['detail']).toMatch(/\p{Script=Han}/u);
    expect(english.json['requestId']).toBe(english.headers['x-request-id']);
  });

  it('never show another platform an order', async () => {
    expect((await other.order('SIGNED-1')).json['code']).toBe('order.not-found');
    expect((await other.cancel('SIGNED-1')).json['code']).toBe('order.not-found');
  });
});

it('tells whoever types the bare address where the description is', async () => {
  const home = await exchange(api.url, 'GET', '/');
  expect([home.status, home.json['docs']]).toEqual([200, '/open/docs']);
  expect((await exchange(api.url, 'GET', String(home.json['openapi']))).status).toBe(200);
});

it('serves health and an OpenAPI 3.1 document without a signature', async () => {
  for (const target of ['/health/live', '/health/ready'])
    expect((await exchange(api.url, 'GET', target)).status).toBe(200);
  const document = await exchange(api.url, 'GET', '/open/openapi.json');
  expect(document.json['openapi']).toMatch(/^3\.1/);
  expect(Object.keys(document.json['paths'] ?? {})).toEqual(
    expect.arrayContaining([
      '/open/v1/orders',
      '/open/v1/orders/{merchantOrderNo}/cancel',
      '/open/v1/quotes',
      '/open/v1/balance',
    ]),
  );
});
