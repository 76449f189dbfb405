import fc from 'fast-check';
import { ADAPTERS, PROTOCOLS } from './index.js';
import type { Adapter, Connection, CreateRequest, Exchange } from './protocol.js';
import { REPLY_BYTES_MAX, signedYuan, yuan } from './wire-values.js';

const CONNECTION: Connection = { account: '10001', secret: 'demo-key-of-thirty-two-character' };
const requestTo = (adapter: Adapter): CreateRequest => ({
  attemptNo: 'M0001',
  kind: adapter.kinds[0] ?? 'card',
  supplierProductId: '555',
  quantity: 1,
  account: { account: '13800000000' },
  guard: { unitHao: 99_000, totalHao: 99_000 },
  callbackUrl: undefined,
});
const replied = (body: Uint8Array | string, status = 200): Exchange => ({
  result: 'reply',
  status,
  body: Buffer.from(body),
});

const BAD_REPLIES: readonly (readonly [string, Exchange])[] = [
  ['a time-out', { result: 'broken', reason: 'time-out' }],
  ['a reset', { result: 'broken', reason: 'ECONNRESET' }],
  ['nothing', replied('')],
  ['blanks', replied(' \n ')],
  ['an HTML page', replied('<html><body>502 Bad Gateway</body></html>')],
  ['HTML under status 502', replied('<html>', 502)],
  ['a redirect', replied('{"code":1}', 302)],
  ['half of a JSON text', replied('{"code":1,"data":{"ordern')],
  ['a list', replied('[1]')],
  ['a number', replied('1')],
  ['NaN', replied('{"code":NaN}')],
  ['an object without a code', replied('{"data":{}}')],
  ['a code that is an object', replied('{"code":{"toString":1}}')],
  ['bytes that are no text', replied(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
  ['a nest of lists', replied(`{"code":1,"data":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)],
  ['five megabytes', replied(`{"code":1,"x":"${'x'.repeat(REPLY_BYTES_MAX)}"}`)],
  ['a code named like a property of every object', replied('{"code":"constructor","msg":"x"}')],
  ['another one', replied('{"code":"__proto__","msg":"x"}')],
];

describe.each(Object.values(ADAPTERS))('$name', (adapter: Adapter) => {
  const REQUEST = requestTo(adapter);
  const KEY = { attemptNo: 'M0001', kind: REQUEST.kind, supplierOrderNo: undefined };

  it.each(BAD_REPLIES)('keeps a create unknown that is answered with %s', (_, exchange) => {
    expect(adapter.decodeCreate(exchange, REQUEST, CONNECTION).outcome).toBe('unknown');
  });

  it.each(BAD_REPLIES)('learns nothing from a query that is answered with %s', (_, exchange) => {
    expect(adapter.decodeQuery(exchange, KEY, CONNECTION).outcome).toBe('no-information');
  });

  it('repeats a create only where nothing of it was sent', () => {
    const notSent: Exchange = { result: 'not-sent', reason: 'ECONNREFUSED' };
    expect(adapter.decodeCreate(notSent, REQUEST, CONNECTION)).toEqual({
      outcome: 'not-sent',
      reason: 'ECONNREFUSED',
    });
  });

  it('never throws, and never takes noise for a refusal, an end or a genuine notification', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string()),
        fc.integer({ min: 100, max: 599 }),
        (body, status) => {
          const exchange = replied(body, status);
          expect(['unknown']).toContain(
            adapter.decodeCreate(exchange, REQUEST, CONNECTION).outcome,
          );
          expect(adapter.decodeQuery(exchange, KEY, CONNECTION).outcome).toBe('no-information');
          const input = { headers: {}, body: Buffer.from(body) };
          const { trust } = adapter.decodeNotification(input, CONNECTION, 'card');
          expect(['refused', 'hint']).toContain(trust);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('believes no notification where no secret is set', () => {
    const input = { headers: {}, body: Buffer.from('{"a":1}') };
    expect(adapter.decodeNotification(input, { ...CONNECTION, secret: '' }, 'card')).toEqual({
      trust: 'refused',
      reason: 'no-secret',
    });
  });

  it('puts the secret into no request', () => {
    const requests = [
      adapter.encodeCreate({ ...REQUEST, quantity: 1 }, CONNECTION, 0),
      adapter.encodeQuery(KEY, CONNECTION, 0),
      adapter.encodeBalance(CONNECTION, 0),
    ];
    expect(JSON.stringify(requests)).not.toContain(CONNECTION.secret);
  });

  it.each(['', 'a', 'M-1', 'M 1', 'x'.repeat(33), '订单'])(
    'refuses to send number %j',
    (attemptNo) => {
      const request = { ...REQUEST, attemptNo, quantity: 1 };
      expect(() => adapter.encodeCreate(request, CONNECTION, 0)).toThrow('Invariant broken');
    },
  );

  it('refuses to send a top-up without an account and a quantity that is none', () => {
    const nobody = { kind: 'top-up', account: {} } as const;
    for (const wrong of [nobody, { quantity: 0 }, { quantity: 1.5 }, { quantity: 10_001 }]) {
      const request = { ...REQUEST, ...wrong };
      expect(() => adapter.encodeCreate(request, CONNECTION, 0)).toThrow('Invariant broken');
    }
  });

  it('names only limits that are stricter than nothing', () => {
    const { limits } = PROTOCOLS[adapter.name] ?? adapter;
    expect(limits.notFoundGraceMs).toBeGreaterThanOrEqual(180_000);
    expect(limits.attemptNoMax).toBeLessThanOrEqual(50);
  });
});

describe('amounts from outside', () => {
  it.each([
    ['19.8', 198_000],
    [19.8, 198_000],
    ['0.00005', 1],
    ['0.00004', 0],
    ['-1', undefined],
    ['NaN', undefined],
    ['1e3', undefined],
    ['١', undefined],
    ['12345678901', undefined],
    [' 5 ', 50_000],
    ['', undefined],
    [true, undefined],
    [{}, undefined],
  ])('read %j as %j hao', (value, hao) => {
    expect(yuan(value)).toBe(hao);
  });

  it('may be owed in a balance', () => {
    expect(signedYuan('-12.5')).toBe(-125_000);
  });
});
