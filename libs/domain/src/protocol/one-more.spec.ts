import { MINUTE_MS } from '../shared/business-time.js';
import { guardOf } from '../supply/price-guard.js';
import { REFUND_UNSTATED } from '../supply/supply-report.js';
import { adapterOf } from './adapter.js';
import type { CreateRequest, Exchange, ProtocolSpec } from './protocol.js';
import { md5, signedQuery } from './signatures.js';
import { textAt } from './wire-values.js';

const PACE = { perSecond: 5, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS };

/** A made-up vendor, as docs/supplier-protocols.md says that one is added: data, and nothing else. */
const newone: ProtocolSpec = {
  name: 'newone',
  title: '新供应商',
  kinds: ['card'],
  guard: { meaning: 'total', currency: 'yuan', digits: 2, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 100, 'top-up': 0 },
    createsPerSecond: 10,
    query: { card: PACE, 'top-up': PACE },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: [],
  },
  seal(fields, { account, secret }, nowMs) {
    const named = { ...fields, appid: account, time: String(Math.floor(nowMs / 1_000)) };
    const body = JSON.stringify({ ...named, sign: md5(signedQuery(named) + secret) });
    return { headers: { 'content-type': 'application/json' }, body };
  },
  calls: {
    create: {
      path: '/order/create',
      fields: (request, guard) => ({
        no: request.attemptNo,
        goods: request.supplierProductId,
        num: request.quantity,
        max: guard ?? '',
      }),
    },
    query: { path: '/order/query', fields: ({ attemptNo }) => ({ no: attemptNo }) },
    balance: { path: '/account', fields: () => ({}) },
  },
  reply: {
    code: ['code'],
    message: ['msg'],
    createCodes: {
      listed: { '0': 'accepted', '9': 'system-code', '5': 'duplicate-number', '7': 'balance' },
    },
    createOrder: ['data'],
    queryOk: '0',
    queryNotFound: ['4'],
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'no',
      supplierNo: 'id',
      status: 'status',
      cost: undefined,
      message: 'msg',
    },
    statuses: { '1': 'processing', '2': 'succeeded', '3': 'failed' },
    refund: () => REFUND_UNSTATED,
    cards: (order) => [
      { cardNo: textAt(order, 'card') ?? '', cardPassword: '', expiresAtMs: undefined },
    ],
  },
  balance: { balance: ['data', 'money'], credit: undefined },
  notification: {
    verify: () => 'unsigned',
    acknowledgement: { contentType: 'text/plain', body: 'ok' },
  },
};

const adapter = adapterOf(newone);
const connection = { account: '10001', secret: 'demo-key-0001' };
const request: CreateRequest = {
  attemptNo: 'A0001',
  kind: 'card',
  supplierProductId: '555',
  quantity: 1,
  account: {},
  guard: guardOf(99_000, 1),
  callbackUrl: undefined,
};
const reply = (body: object): Exchange => ({
  result: 'reply',
  status: 200,
  body: Buffer.from(JSON.stringify(body)),
});
const created = (body: object) => adapter.decodeCreate(reply(body), request, connection);

describe('a protocol that is one file of data', () => {
  it('is signed and written from its data alone', () => {
    const { path, body } = adapter.encodeCreate(request, connection, 1_735_689_600_000);
    expect([path, JSON.parse(body)]).toEqual([
      '/order/create',
      {
        no: 'A0001',
        goods: '555',
        num: 1,
        max: '9.90',
        appid: '10001',
        time: '1735689600',
        sign: md5('appid=10001&goods=555&max=9.90&no=A0001&num=1&time=1735689600demo-key-0001'),
      },
    ]);
  });

  it('is believed where its table says so, and only asked about where it says nothing', () => {
    expect(created({ code: 0, data: { no: 'A0001', id: 'S1' } })).toMatchObject({
      outcome: 'accepted',
      supplierOrderNo: 'S1',
    });
    expect(created({ code: 7, msg: 'no money' })).toMatchObject({
      outcome: 'rejected',
      refusal: 'balance',
    });
    expect(created({ code: 5 })).toMatchObject({ outcome: 'unknown', cause: 'duplicate-number' });
    expect(created({ code: 42 })).toMatchObject({ outcome: 'unknown', isNewCode: true });
    expect(created({ code: 0, data: { no: 'SOMEONEELSES' } })).toMatchObject({
      outcome: 'unknown',
      cause: 'wrong-order',
    });
  });

  it('delivers what its query tells', () => {
    const key = { ...request, supplierOrderNo: undefined };
    const told = adapter.decodeQuery(
      reply({ code: 0, data: { no: 'A0001', status: 2, card: 'CARD-1' } }),
      key,
      connection,
    );
    expect(told).toMatchObject({
      outcome: 'report',
      report: { said: 'succeeded', cards: [{ cardNo: 'CARD-1' }] },
    });
  });
});
