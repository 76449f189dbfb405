import { openSqlPool } from '#domain/database';
import { MasterKeys, offerSolution, secretContext, staffWrites } from '#domain/stores';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { CallbackSender } from '../../apps/worker/src/platform/callback-sender.js';
import { aCaller, startTestApi, type TestApi, type TestPlatform } from '../support/api.js';
import { CallbackReceiver } from '../support/callback-receiver.js';
import { CALLBACK_SECRET } from '../support/owed-callback.js';
import { nothing, STAFF } from '../support/complaint-world.js';
import { TEST_MASTER_KEYS, testVault } from '../support/sold-order.js';
import { aBuyer } from '../support/accepting.js';
import { aProduct } from '../support/trade.js';

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

let api: TestApi;
let pool: ReturnType<typeof openSqlPool>;
let platform: TestPlatform;
let stranger: TestPlatform;
const receiver = new CallbackReceiver();
beforeAll(async () => {
  api = await startTestApi();
  pool = openSqlPool(api.databaseUrl, 4, 'test');
  platform = await aShop();
  stranger = await aShop();
  await receiver.listen();
});
afterAll(async () => {
  await receiver?.close();
  await pool?.end();
  await api?.close();
});

/** A platform with money that is called back on this machine. */
async function aShop(): Promise<TestPlatform> {
  const { platformId, platformCode } = await aBuyer(api.db);
  const shop = await aCaller(api, platformId, { isSandbox: true, callbackHosts: ['127.0.0.1'] });
  const sealed = MasterKeys.parse(TEST_MASTER_KEYS).seal(
    Buffer.from(CALLBACK_SECRET),
    secretContext.platformCallback(platformCode),
  );
  await api.db.query('UPDATE platforms SET callback_secret_sealed = $2 WHERE id = $1', [
    platformId,
    sealed,
  ]);
  return shop;
}

let lastNo = 0;
const complain = (given: object = {}) => {
  lastNo += 1;
  const body = { merchantComplaintNo: `K${lastNo}`, category: 'bad-card', text: '卡密无效' };
  return platform.call('POST', '/open/v1/complaints', { ...body, ...given });
};
const pathOf = (complaintNo: unknown): string => `/open/v1/complaints/${String(complaintNo)}`;
const idOf = async (complaintNo: unknown): Promise<string> =>
  (
    await pool.query<{ id: string }>('SELECT id FROM complaints WHERE complaint_no = $1', [
      complaintNo,
    ])
  ).rows[0]?.id ?? '';

describe('a complaint of a platform', () => {
  it('is taken in about an order, with both due times, and is the same when it is sent again', async () => {
    const product = await aProduct(api.db);
    await product.stock(2);
    const order = { merchantOrderNo: 'M-1', productCode: product.code, quantity: 2 };
    const bought = await platform.submit(order);
    const given = {
      merchantComplaintNo: 'AGAIN',
      merchantOrderNo: 'M-1',
      unitNo: 2,
      images: [PNG.toString('base64')],
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
      contact: '13800000000',
    };
    const first = await complain(given);
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      merchantComplaintNo: 'AGAIN',
      merchantOrderNo: 'M-1',
      unitNo: 2,
      severity: 'P1',
      status: 'received',
      receivedAt: given.occurredAt,
      answerDueAt: new Date(Date.parse(given.occurredAt) + 1_800_000).toISOString(),
      solutionDueAt: new Date(Date.parse(given.occurredAt) + 8 * 3_600_000).toISOString(),
      answeredAt: null,
      trail: [{ type: 'opened', by: 'customer', text: '卡密无效', images: [{ bytes: 10 }] }],
    });
    expect(first.text).not.toContain('13800000000');
    const again = await complain(given);
    expect([again.status, again.json['complaintNo']]).toEqual([200, first.json['complaintNo']]);
    expect((await complain({ ...given, text: '另一件事' })).status).toBe(409);
    const card = (bought.json['cards'] as unknown as { cardNo: string }[])[0];
    const byCard = await complain({ cardNo: card?.cardNo });
    expect(byCard.json).toMatchObject({ merchantOrderNo: 'M-1', unitNo: 1 });
  });

  it('belongs to its platform alone', async () => {
    const { json } = await complain();
    const foreign = await stranger.call('GET', pathOf(json['complaintNo']));
    expect([foreign.status, foreign.json['code']]).toEqual([404, 'complaint.not-found']);
    const written = await stranger.call('POST', `${pathOf(json['complaintNo'])}/messages`, {
      text: 'x',
    });
    expect(written.status).toBe(404);
    const product = await aProduct(api.db);
    await product.stock(1);
    await stranger.submit({ merchantOrderNo: 'S-1', productCode: product.code, quantity: 1 });
    const about = await complain({ merchantOrderNo: 'S-1' });
    expect([about.status, about.json['code']]).toEqual([422, 'complaint.order-unknown']);
  });

  it.each([
    [{ category: 'rude' }, 400, 'request.invalid'],
    [{ text: '' }, 400, 'request.invalid'],
    [{ odd: 1 }, 400, 'request.invalid'],
    [{ unitNo: 1 }, 400, 'request.invalid'],
    [{ occurredAt: '2020-01-01T00:00:00Z' }, 400, 'request.invalid'],
    [{ occurredAt: 'yesterday' }, 400, 'request.invalid'],
    [{ images: ['PHN2Zz4='] }, 422, 'complaint.image-invalid'],
    [{ images: ['not base64!'] }, 400, 'request.invalid'],
    [{ merchantOrderNo: 'NONE' }, 422, 'complaint.order-unknown'],
    [{ callbackUrl: 'https://evil.example.test/' }, 422, 'callback.url-not-allowed'],
  ])('that is wrong by %j is refused with %i %s', async (given, status, code) => {
    const answer = await complain(given);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });

  it('that is larger than 64 kB is refused', async () => {
    const answer = await complain({ images: [Buffer.alloc(60_000).toString('base64')] });
    expect([answer.status, answer.json['code']]).toEqual([413, 'request.too-large']);
  });
});

describe('the trail', () => {
  it('grows by what is public, shows no note of ours and no name, and pictures come as pictures', async () => {
    const { json } = await complain({ images: [PNG.toString('base64')] });
    const complaintId = await idOf(json['complaintNo']);
    const staff = { complaintId, staffEmail: STAFF, nowMs: Date.now() };
    const note = { ...staff, type: 'internal-note', text: '老客户，从快' } as const;
    await staffWrites(pool, note, nothing);
    await staffWrites(pool, { ...staff, type: 'staff-question', text: '请发截图' }, nothing);
    const path = pathOf(json['complaintNo']);
    const waiting = await platform.call('GET', path);
    expect(waiting.json['status']).toBe('waiting-customer');
    expect(waiting.text).not.toContain('老客户');
    expect(waiting.text).not.toContain(STAFF);

    const said = { merchantMessageNo: 'MSG-1', text: '见图\n谢谢' };
    const first = await platform.call('POST', `${path}/messages`, said);
    expect([first.status, first.json['status']]).toEqual([200, 'handling']);
    const again = await platform.call('POST', `${path}/messages`, said);
    expect(again.json['trail']).toEqual(first.json['trail']);

    const early = await platform.call('POST', `${path}/messages`, { action: 'confirm' });
    expect([early.status, early.json['code']]).toEqual([409, 'complaint.nothing-offered']);
    const offer = { ...staff, resolutionCode: 'replaced', text: '已补发' } as const;
    await offerSolution(pool, { ...offer, nowMs: Date.now() }, nothing);
    const solved = await platform.call('POST', `${path}/messages`, { action: 'confirm' });
    expect(solved.json).toMatchObject({ status: 'solved', resolution: 'replaced' });
    const trail = solved.json['trail'] as unknown as { type: string; images: object[] }[];
    expect(trail.map(({ type }) => type)).toEqual([
      'opened',
      'staff-question',
      'customer-message',
      'solution-offered',
      'confirmed',
    ]);
    const again2 = await platform.call('POST', `${path}/messages`, { text: '又不能用了' });
    expect(again2.json['status']).toBe('received');

    const image = (trail[0]?.images[0] ?? {}) as { imageNo: string };
    const picture = await platform.call('GET', `${path}/images/${image.imageNo}`);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(picture.headers['x-content-type-options']).toBe('nosniff');
    expect((await stranger.call('GET', `${path}/images/${image.imageNo}`)).status).toBe(404);
  });

  it('is listed a page at a time, the newest first', async () => {
    await complain();
    const newest = await complain();
    const page = await platform.call('GET', '/open/v1/complaints?limit=1');
    const items = page.json['items'] as unknown as Record<string, unknown>[];
    expect(items.map(({ complaintNo }) => complaintNo)).toEqual([newest.json['complaintNo']]);
    expect(items[0]).not.toHaveProperty('trail');
    const next = `/open/v1/complaints?limit=1&cursor=${String(page.json['nextCursor'])}`;
    const more = await platform.call('GET', next);
    expect(more.json['items']).toHaveLength(1);
    expect(more.json['items']).not.toEqual(page.json['items']);
  });
});

describe('the callback', () => {
  it('tells of what we did, with the complaint as it stands', async () => {
    const { json } = await complain({ callbackUrl: receiver.url() });
    expect(json['code']).toBeUndefined();
    const complaintId = await idOf(json['complaintNo']);
    const staff = { complaintId, staffEmail: STAFF, nowMs: Date.now() };
    await staffWrites(pool, { ...staff, type: 'internal-note', text: '查一下' }, nothing);
    await staffWrites(pool, { ...staff, type: 'staff-message', text: '正在处理' }, nothing);
    const owed = await pool.query<{ id: string }>(
      'SELECT id FROM callback_deliveries WHERE complaint_id = $1',
      [complaintId],
    );
    expect(owed.rows).toHaveLength(1);
    const masterKeys = MasterKeys.parse(TEST_MASTER_KEYS);
    const metrics = new WorkerMetrics();
    const sender = new CallbackSender({ pool, vault: testVault(), masterKeys, metrics });
    const callbackId = owed.rows[0]?.id ?? '';
    expect(await sender.step({ callbackId })).toMatchObject({ end: 'acknowledged' });
    const [received] = receiver.received;
    const body = JSON.parse(received?.body ?? '{}') as Record<string, Record<string, unknown>>;
    expect(body['type']).toBe('complaint.updated');
    expect(body['data']).toMatchObject({ complaintNo: json['complaintNo'], status: 'handling' });
  });
});
