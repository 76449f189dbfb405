import { startTestApi, type TestApi } from '../support/api.js';
import { SupplyWorld } from '../support/supply-world.js';
import { until } from '../support/relay.js';

let api: TestApi;
let world: SupplyWorld;
beforeAll(async () => {
  api = await startTestApi();
  world = await SupplyWorld.open(api);
});
afterAll(async () => {
  await world?.close();
  await api?.close();
});

const QUANTITY = 2;

interface Kept {
  readonly id: string;
  readonly status: string;
  readonly remark: string | null;
  readonly times_received: number;
  readonly sealed: Buffer;
}

/** What a supplier has told, in the order it came. */
async function kept(code: string): Promise<Kept[]> {
  const { rows } = await world.pool.query<Kept>(
    `SELECT n.id, n.status, n.remark, n.times_received, n.sealed
     FROM supplier_notifications n JOIN suppliers s ON s.id = n.supplier_id WHERE s.code = $1 ORDER BY n.id`,
    [code],
  );
  return rows;
}

const attemptStatus = async (attemptId: string): Promise<unknown> =>
  (
    await world.pool.query<{ status: string }>('SELECT status FROM attempts WHERE id = $1', [
      attemptId,
    ])
  ).rows[0]?.status;

/** An order whose source notifies as told and is asked no more than it must be. */
async function anOrder(behaviour: string, notifications = 1) {
  const { orderId, sources } = await world.anOrder(QUANTITY, [[behaviour], []]);
  const [code = ''] = sources;
  const attemptId = await world.step(orderId);
  await until('the supplier has told us', async () => {
    const told = await kept(code);
    return told.reduce((sum, one) => sum + one.times_received, 0) >= notifications;
  });
  return { orderId, code, attemptId };
}

const post = (path: string, body: string) =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });

describe('what suppliers tell us', () => {
  it('is kept sealed before it is acknowledged, and delivers once it is understood', async () => {
    const { orderId, code, attemptId } = await anOrder('accept');
    const [told] = await kept(code);
    expect(told?.status).toBe('received');
    expect(await attemptStatus(attemptId)).toBe('accepted');
    expect(told?.sealed.toString('latin1')).not.toMatch(/usorderno|card_no|status/);
    await world.handleNotifications();
    expect(await attemptStatus(attemptId)).toBe('succeeded');
    expect(await world.cardsOf(orderId)).toBe(QUANTITY);
    expect((await kept(code))[0]?.status).toBe('applied');
  }, 30_000);

  it('changes nothing when it is said again, and is counted', async () => {
    const { orderId, code, attemptId } = await anOrder('notify-twice', 2);
    await world.handleNotifications();
    await world.handleNotifications();
    expect(await attemptStatus(attemptId)).toBe('succeeded');
    expect(await world.cardsOf(orderId)).toBe(QUANTITY);
    expect((await kept(code)).reduce((sum, one) => sum + one.times_received, 0)).toBe(2);
  }, 30_000);

  it.each(['notify-foreign', 'notify-unsigned'])(
    'is not believed without the secret of its supplier: %s',
    async (behaviour) => {
      const { code, attemptId } = await anOrder(behaviour);
      await world.handleNotifications();
      expect(await attemptStatus(attemptId)).toBe('accepted');
      expect((await kept(code)).map(({ status }) => status)).toEqual(['refused']);
    },
    30_000,
  );

  it('takes nothing back when it contradicts what is known: the supplier is asked', async () => {
    const { orderId, code, attemptId } = await anOrder('notify-contradicting', 2);
    await world.handleNotifications();
    await world.handleNotifications();
    expect(await attemptStatus(attemptId)).toBe('succeeded');
    expect(await world.cardsOf(orderId)).toBe(QUANTITY);
    expect((await kept(code)).map(({ status }) => status).toSorted()).toEqual(['applied', 'asked']);
  }, 30_000);

  it('is of no use for the orders of another supplier', async () => {
    const mine = await anOrder('notify-never', 0);
    const theirs = await anOrder('accept');
    const { rows } = await world.pool.query<{ attempt_no: string }>(
      'SELECT attempt_no FROM attempts WHERE id = $1',
      [mine.attemptId],
    );
    const forged = JSON.stringify({ usorderno: rows[0]?.attempt_no, status: 3, sign: 'x' });
    expect((await post(`/supply/notifications/${theirs.code}`, forged)).status).toBe(200);
    await world.handleNotifications();
    expect(await attemptStatus(mine.attemptId)).toBe('accepted');
  }, 30_000);

  it('is kept whatever it is, but understood only where it is a notification', async () => {
    const { code } = await anOrder('accept');
    for (const body of ['', 'garbage', '[1,2,3]', '{"a":', 'x=1&x=2', '\u0000\u0001'])
      expect((await post(`/supply/notifications/${code}`, body)).status).toBe(200);
    await world.handleNotifications();
    const statuses = (await kept(code)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'applied')).toHaveLength(1);
    expect(statuses).not.toContain('received');
  }, 30_000);

  it('is refused from somebody nobody knows, and where it is far too long', async () => {
    expect((await post('/supply/notifications/nobody', '{}')).status).toBe(404);
    const { code } = await anOrder('accept');
    const before = (await kept(code)).length;
    expect((await post(`/supply/notifications/${code}`, 'x'.repeat(6 * 1024 * 1024))).status).toBe(
      413,
    );
    expect((await kept(code)).length).toBe(before);
  }, 30_000);
});
