import { afterCreate, ATTEMPT_MOVES, canMove, judgeQuery, type QueryFacts } from '#domain';
import { adapterFor, type Exchange, type NotificationInput } from '#domain/protocol';
import type { Simulator } from '../../tools/simulator/simulator.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import {
  connectionOf,
  MINUTE_MS,
  numbers,
  pause,
  startSimulator,
  SupplierBench,
} from '../support/conformance.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const replied = (body: object, status = 200): Exchange => ({
  result: 'reply',
  status,
  body: Buffer.from(JSON.stringify(body)),
});

const CARDS = {
  attemptNo: 'M0001',
  kind: 'card',
  supplierProductId: '555',
  quantity: 2,
  account: {},
  guard: { unitHao: 99_000, totalHao: 198_000 },
  callbackUrl: undefined,
} as const;

const facts = (given: Partial<QueryFacts> = {}): QueryFacts => ({
  kind: 'card',
  quantity: 2,
  sentAtMs: 0,
  nowMs: 10 * MINUTE_MS,
  graceMs: 5 * MINUTE_MS,
  firstNotFoundAtMs: undefined,
  historyEndsAtMs: undefined,
  giveUpAtMs: 24 * 60 * MINUTE_MS,
  ...given,
});

const queried = (protocol: string, reply: object, given: Partial<QueryFacts> = {}) => {
  const about = facts(given);
  const key = { attemptNo: 'M0001', kind: about.kind, supplierOrderNo: undefined };
  const adapter = adapterFor(protocol);
  return judgeQuery(adapter.decodeQuery(replied(reply), key, connectionOf(protocol)), about);
};

const created = (protocol: string, exchange: Exchange) =>
  adapterFor(protocol).decodeCreate(exchange, CARDS, connectionOf(protocol));

describe('bugs of other systems that must not come back', () => {
  it.each([400, 500])('myjob: julangyun %i taken for a failure', (code) => {
    const outcome = created('julangyun', replied({ code, message: '异常' }));
    expect(afterCreate(outcome, 1)).toBe('query-only');
  });

  it('myjob: kasushou 500 taken for a failure', () => {
    const outcome = created('kasushou', replied({ code: 500, msg: '未知错误' }));
    expect(afterCreate(outcome, 1)).toBe('query-only');
  });

  it.each([
    [
      'kayixin',
      {
        code: 1000,
        data: {
          outerNumber: 'M0001',
          status: 5,
          money: 19.8,
          retMoney: 9.9,
          cards: [{ cardId: '1', cardNo: 'A', cardPwd: 'B', status: 0 }],
        },
      },
    ],
    [
      'kasushou',
      {
        code: 200,
        data: [
          {
            external_orderno: 'M0001',
            status: 5,
            total_price: '19.80',
            has_back_money: '9.90',
            card_list: [{ card_no: 'A', card_password: 'B' }],
          },
        ],
      },
    ],
  ])('myjob: a part refund of %s (status 5) taken for a full failure', (protocol, reply) => {
    expect(queried(protocol, reply)).toMatchObject({ verdict: 'partial', deliveredUnits: 1 });
  });

  it('myjob: xinghai status 4 not known, so that the order hangs', () => {
    const reply = { code: '00', orderStatus: '4' };
    expect(queried('xinghai', reply)).toMatchObject({ verdict: 'still-unknown' });
    expect(queried('xinghai', reply, { firstNotFoundAtMs: 8 * MINUTE_MS })).toEqual({
      verdict: 'not-received',
    });
  });

  it('myjob: create posted again, to the backup address, after a network error', async () => {
    const bench = await SupplierBench.open(simulator, 'kakayun', 'regress-backup');
    await bench.script('reset-after');
    const request = bench.request();
    const outcome = await bench.create(request);
    expect([1, 2, 3].map((tries) => afterCreate(outcome, tries))).toEqual(
      Array(3).fill('query-only'),
    );
    expect(await bench.submissions(request.attemptNo)).toBe(1);
  });

  it('myjob: the whole quantity ordered again after a part of it was delivered', async () => {
    const bench = await SupplierBench.open(simulator, 'kakayun', 'regress-part');
    await bench.script('part-success');
    const request = bench.request({ quantity: 5 });
    await bench.create(request);
    await pause(60);
    const verdict = await bench.verdictOf(request, 'partial');
    if (verdict.verdict !== 'partial') throw new Error('a part success is a normal end');
    expect(request.quantity - verdict.deliveredUnits).toBe(3);
    expect(numbers(verdict.report.cards)).toHaveLength(2);
  });

  it.each(['ECONNRESET', 'read time-out', 'socket hang up', 'certificate expired midway'])(
    '喜易云: any exception (%s) taken for a failure and given to the next supplier',
    (reason) => {
      for (const protocol of ['kakayun', 'kayixin', 'kasushou', 'xinghai']) {
        const outcome = created(protocol, { result: 'broken', reason });
        expect(afterCreate(outcome, 1)).toBe('query-only');
      }
    },
  );

  it('喜易云: a failure that becomes a success is dropped, or completes the order again', () => {
    expect(ATTEMPT_MOVES.failed).toEqual(['late-success']);
    expect(canMove(ATTEMPT_MOVES, 'failed', 'succeeded')).toBe(false);
  });

  it("LinLinQi: create sent again because the supplier's number was empty", () => {
    const outcome = created('kayixin', replied({ code: 1000, msg: '', data: {} }));
    expect(outcome).toMatchObject({ outcome: 'accepted', supplierOrderNo: undefined });
    expect(afterCreate(outcome, 1)).toBe('await-and-query');
    const key = { attemptNo: 'M0001', kind: 'card', supplierOrderNo: undefined } as const;
    const query = adapterFor('kayixin').encodeQuery(key, connectionOf('kayixin'), 0);
    expect(query.body).toContain('M0001');
  });

  it('dujiao-next #295: another upstream completes the order by its own callback', async () => {
    const receiver = new CallbackReceiver();
    await receiver.listen();
    receiver.answer = answers.text(200, 'ok');
    const bench = await SupplierBench.open(simulator, 'kakayun', 'regress-upstream');
    await bench.create(bench.request({ callbackUrl: receiver.url() }));
    while (receiver.received.length === 0) await pause(10);
    await receiver.close();
    const [notice] = receiver.received;
    const input = {
      headers: (notice?.headers ?? {}) as NotificationInput['headers'],
      body: Buffer.from(notice?.body ?? ''),
    };
    const taken = (secret: string) =>
      bench.adapter.decodeNotification(input, { ...bench.connection, secret }, 'card').trust;
    expect(taken(bench.connection.secret)).toBe('verified');
    expect(taken('the secret of another upstream')).toBe('refused');
  });

  it('xianyu-auto-reply #265: HTTP 201 taken for a failure, codes issued twice', async () => {
    const bench = await SupplierBench.open(simulator, 'kasushou', 'regress-201');
    await bench.script('created-201');
    expect(await bench.create(bench.request())).toMatchObject({ outcome: 'accepted' });
  });

  it('dujiaoka #328: a repeated notification delivers again', async () => {
    const receiver = new CallbackReceiver();
    await receiver.listen();
    receiver.answer = answers.text(200, 'ok');
    const bench = await SupplierBench.open(simulator, 'kayixin', 'regress-repeat');
    await bench.script('notify-twice');
    await bench.create(bench.request({ callbackUrl: receiver.url() }));
    while (receiver.received.length < 2) await pause(10);
    await receiver.close();
    const cards = receiver.received.flatMap(({ headers, body }) => {
      const input = { headers: headers as NotificationInput['headers'], body: Buffer.from(body) };
      const taken = bench.adapter.decodeNotification(input, bench.connection, 'card');
      return taken.trust === 'verified' ? numbers(taken.report.cards) : [];
    });
    expect(cards).toHaveLength(4);
    expect(new Set(cards).size).toBe(2);
  });

  it("the vendor's own words: kakayun 1205 taken for a failure after a lost reply", async () => {
    const bench = await SupplierBench.open(simulator, 'kakayun', 'regress-1205');
    const request = bench.request();
    await bench.create(request);
    const again = await bench.create(request);
    expect(again).toMatchObject({ outcome: 'unknown', cause: 'duplicate-number' });
    expect(afterCreate(again, 1)).toBe('query-only');
  });
});
